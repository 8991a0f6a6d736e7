import { allBankAccounts, bankAccountById } from '../../../db/queries/setup.ts'
import { write } from '../request/commands.ts'
import { os } from '../request/guard.ts'
import { refuseStale } from '../request/saving.ts'
import { bankAccountToSave } from '../request/setup-checks.ts'

export const bankAccounts = os.setup.bankAccounts.handler(({ context }) =>
  allBankAccounts(context.backend.ledger.reader),
)

export const saveBankAccount = os.setup.saveBankAccount.handler(
  write({
    decide({ tx, input: { before, bankAccount }, errors, settings, backend }) {
      const { bankAccountId } = bankAccount
      if (backend.keptAtCentral('bankAccounts', bankAccountId)) throw errors.KEPT_AT_CENTRAL()
      refuseStale(before, bankAccountById(tx, bankAccountId))
      tx.append('bank-account.saved', bankAccountToSave(tx, bankAccount, settings))
    },
    answer: () => ({}),
  }),
)

import type { BankAccount } from '../../../../shared/ledger/setup.ts'
import { isRoutingNumber } from '../../../../shared/rules/deposit/aba.ts'
import { banksText } from '../../../text/setup/admin.ts'
import { TextField } from '../../forms/field.tsx'

interface BankFieldsProps {
  draft: BankAccount
  change: (draft: BankAccount) => void
  errorAt: (field: string) => string | null
}

/** The routing number is tested as soon as nine digits stand there, not only when the form is sent. */
function routingError(routingNumber: string): string | null {
  if (routingNumber.length < 9) return null
  return isRoutingNumber(routingNumber) ? null : banksText.problems.routing
}

/** A bank account as the wizard and the administration ask for it. */
export function BankFields({ draft, change, errorAt }: BankFieldsProps) {
  const { routingNumber } = draft
  const right = isRoutingNumber(routingNumber)
  return (
    <>
      <TextField
        name="name"
        label={banksText.name}
        hint={banksText.nameHint}
        value={draft.name}
        onChange={name => change({ ...draft, name })}
        error={errorAt('name')}
        start
      />
      <TextField
        name="bankName"
        label={banksText.bankName}
        value={draft.bankName}
        onChange={bankName => change({ ...draft, bankName })}
        error={errorAt('bankName')}
      />
      <TextField
        name="routingNumber"
        label={banksText.routing}
        hint={right ? `✓ ${banksText.routingRight}` : banksText.routingHint}
        value={routingNumber}
        onChange={typed => change({ ...draft, routingNumber: typed.replace(/\D/g, '').slice(0, 9) })}
        error={routingError(routingNumber) ?? errorAt('routingNumber')}
        maxLength={20}
        digits
      />
      <TextField
        name="accountNumber"
        label={banksText.account}
        hint={banksText.accountHint}
        value={draft.accountNumber}
        onChange={accountNumber => change({ ...draft, accountNumber: accountNumber.trim() })}
        error={errorAt('accountNumber')}
        maxLength={20}
        digits
      />
    </>
  )
}

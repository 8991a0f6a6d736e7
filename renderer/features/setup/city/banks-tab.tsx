import { useQuery } from '@tanstack/react-query'
import { newId } from '../../../../shared/id.ts'
import type { BankAccount } from '../../../../shared/ledger/setup.ts'
import { client, orpc } from '../../../client.ts'
import { adminText, banksText } from '../../../text/setup/admin.ts'
import type { AdminPlace } from '../../forms/admin-frame.tsx'
import { SwitchField } from '../../forms/field.tsx'
import { InUse } from '../../forms/in-use.tsx'
import { RecordTab } from '../../forms/record-tab.tsx'
import { bankProblem, newBankAccount } from '../drafts.ts'
import { BankFields } from './bank-fields.tsx'

const { columns } = banksText

/** The accounts that deposits go to. */
export function BanksTab(place: AdminPlace) {
  const banks = useQuery(orpc.setup.bankAccounts.queryOptions())
  return (
    <RecordTab<BankAccount, BankAccount>
      {...place}
      title={adminText.tabs.banks}
      asked={banks}
      keyOf={bank => bank.bankAccountId}
      nameOf={bank => bank.name}
      columns={[
        { title: columns.name, cell: bank => bank.name },
        { title: columns.bank, wideOnly: true, cell: bank => bank.bankName },
        { title: columns.routing, cell: bank => bank.routingNumber },
        { title: columns.account, wideOnly: true, cell: bank => bank.accountNumber },
        { title: columns.state, cell: bank => <InUse active={bank.active} /> },
      ]}
      edit={{
        draftOf: bank => bank,
        blank: () => newBankAccount(newId()),
        newTitle: banksText.newTitle,
        problemOf: bankProblem,
        save: (commandId, bank, before) =>
          client.setup.saveBankAccount({
            commandId,
            before,
            bankAccount: { ...bank, name: bank.name.trim(), bankName: bank.bankName.trim() },
          }),
        fields: props => (
          <>
            <BankFields {...props} />
            <SwitchField
              label={adminText.active}
              checked={props.draft.active}
              onChange={active => props.change({ ...props.draft, active })}
            />
          </>
        ),
      }}
    />
  )
}

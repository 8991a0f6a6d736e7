import type { DepositView } from '../../../shared/contract/deposit.ts'
import { formatCents } from '../../../shared/money.ts'
import { type Denomination, denominationKey } from '../../../shared/rules/cash/denominations.ts'
import { formatBusinessDate } from '../../../shared/time.ts'
import { depositText } from '../../text/custody/deposit.ts'
import { Facts } from '../../ui/facts.tsx'
import { Panel } from '../../ui/parts.tsx'
import { RecordTable } from '../../ui/table/record-table.tsx'

interface DepositContentsProps {
  deposit: DepositView
  denominations: readonly Denomination[]
}

/** What names a deposit: bank account, date, bag, seal, code. */
export function DepositFacts({ deposit }: { deposit: DepositView }) {
  const { bankAccount } = deposit
  return (
    <Facts
      facts={[
        [depositText.bank, `${bankAccount.name} · ${bankAccount.bankName}`],
        [depositText.columns.date, formatBusinessDate(deposit.businessDate, 'long')],
        [depositText.bagNumber, deposit.bagNumber],
        [depositText.seal, deposit.sealNumber ?? depositText.notSealed],
        [depositText.code, deposit.verificationCode],
      ]}
    />
  )
}

/** What is in a deposit: as the verifier counted it, as it was made up before. */
export function DepositContents({ deposit, denominations }: DepositContentsProps) {
  return (
    <div className="stack">
      <Cash deposit={deposit} denominations={denominations} />
      <Items deposit={deposit} />
      <Sessions deposit={deposit} />
    </div>
  )
}

function Cash({ deposit, denominations }: DepositContentsProps) {
  const { pieces: counted, cashCents } = deposit.verified ?? deposit
  const labels = new Map(denominations.map(of => [denominationKey(of), of.label]))
  const rows = [...counted]
    .sort((a, b) => b.valueCents - a.valueCents)
    .map(piece => ({
      label: labels.get(denominationKey(piece)) ?? formatCents(piece.valueCents),
      pieces: Math.trunc(piece.cents / piece.valueCents),
      cents: piece.cents,
    }))
  return (
    <Panel title={`${depositText.cash} ${formatCents(cashCents)}`} className="stack">
      <RecordTable
        label={depositText.cash}
        rows={rows}
        keyOf={row => row.label}
        columns={[
          { title: depositText.columns.denomination, cell: row => row.label },
          { title: depositText.columns.pieces, number: true, cell: row => row.pieces },
          { title: depositText.columns.amount, number: true, cell: row => formatCents(row.cents) },
        ]}
      />
    </Panel>
  )
}

function Items({ deposit }: { deposit: DepositView }) {
  const { columns } = depositText
  const title = `${depositText.itemsTitle(deposit.items.length)} ${formatCents(deposit.itemsCents)}`
  if (deposit.items.length === 0) return <Panel title={depositText.noItems}>{null}</Panel>
  return (
    <Panel title={title} className="stack">
      <RecordTable
        label={title}
        rows={deposit.items}
        keyOf={item => `${item.receiptId} ${item.tenderNo} ${item.reference}`}
        columns={[
          { title: columns.kind, cell: item => item.tenderName },
          { title: columns.reference, cell: item => item.reference },
          { title: columns.routing, cell: item => item.routingNumber ?? '', wideOnly: true },
          { title: columns.receipt, cell: item => item.receiptNumber },
          { title: columns.amount, number: true, cell: item => formatCents(item.cents) },
        ]}
      />
    </Panel>
  )
}

function Sessions({ deposit }: { deposit: DepositView }) {
  const { columns } = depositText
  return (
    <Panel title={depositText.sessionsTitle} className="stack">
      <RecordTable
        label={depositText.sessionsTitle}
        rows={deposit.sessions}
        keyOf={session => `${session.sessionId}/${session.partNo}`}
        columns={[
          { title: columns.session, cell: session => session.zNumber ?? session.number },
          { title: columns.drawer, cell: session => session.drawerName, wideOnly: true },
          { title: columns.cashier, cell: session => session.cashierName },
          { title: columns.date, cell: session => formatBusinessDate(session.businessDate, 'short') },
          { title: columns.cash, number: true, cell: session => formatCents(session.cashCents) },
          { title: columns.items, number: true, cell: session => formatCents(session.itemsCents) },
        ]}
      />
    </Panel>
  )
}

import type { DepositView } from '../../../shared/contract/deposit.ts'
import { formatCents, times } from '../../../shared/money.ts'
import { type Denomination, denominationKey, piecesIn } from '../../../shared/rules/denominations.ts'
import { formatBusinessDate, formatInstant } from '../../../shared/time.ts'
import { depositText } from '../../text/deposit.ts'
import { TENDER_NAMES } from '../../text/tenders.ts'
import { Facts } from '../../ui/facts.tsx'
import { Panel } from '../../ui/parts.tsx'
import { RecordTable } from '../../ui/record-table.tsx'

interface DepositDetailsProps {
  deposit: DepositView
  denominations: readonly Denomination[]
  timeZone: string
}

/** Everything that stands on a deposit's slip. */
export function DepositDetails({ deposit, denominations, timeZone }: DepositDetailsProps) {
  const { bankAccount, verifiedAtMs } = deposit
  const at = (ms: number) => formatInstant(ms, timeZone, 'date-time')
  const verified = verifiedAtMs === null ? '' : ` · ${at(verifiedAtMs)}`
  return (
    <>
      <Facts
        facts={[
          [depositText.bank, `${bankAccount.name} · ${bankAccount.bankName}`],
          [depositText.columns.routing, bankAccount.routingNumber],
          [depositText.columns.date, formatBusinessDate(deposit.businessDate, 'long')],
          [depositText.bagNumber, deposit.bagNumber],
          [depositText.prepared, `${deposit.preparerName} · ${at(deposit.madeUpAtMs)}`],
          [depositText.verifiedBy, `${deposit.verifierName ?? depositText.notVerified}${verified}`],
          [depositText.code, deposit.verificationCode],
        ]}
      />
      <div className="deposit-columns">
        <Cash deposit={deposit} denominations={denominations} />
        <Items deposit={deposit} />
      </div>
      <Sessions deposit={deposit} />
    </>
  )
}

function Cash({ deposit, denominations }: Pick<DepositDetailsProps, 'deposit' | 'denominations'>) {
  const rows = denominations.flatMap(denomination => {
    const row = deposit.pieces.find(piece => denominationKey(piece) === denominationKey(denomination))
    if (row === undefined) return []
    const pieces = piecesIn(row, denomination)
    return [{ label: denomination.label, pieces, cents: times(denomination.valueCents, pieces) }]
  })
  return (
    <Panel title={`${depositText.cash} ${formatCents(deposit.cashCents)}`} className="stack">
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
        keyOf={item => `${item.receiptId} ${item.tenderNo}`}
        columns={[
          { title: columns.kind, cell: item => TENDER_NAMES[item.tender] },
          { title: columns.reference, cell: item => item.reference },
          { title: columns.routing, cell: item => item.routingNumber ?? '' },
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
        keyOf={session => session.sessionId}
        columns={[
          { title: columns.session, cell: session => session.zNumber ?? session.number },
          { title: columns.drawer, cell: session => session.drawerName },
          { title: columns.cashier, cell: session => session.cashierName },
          { title: columns.date, cell: session => formatBusinessDate(session.businessDate, 'short') },
          { title: columns.cash, number: true, cell: session => formatCents(session.cashCents) },
          { title: columns.items, number: true, cell: session => formatCents(session.itemsCents) },
        ]}
      />
    </Panel>
  )
}

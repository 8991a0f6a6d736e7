import type { Reading } from '../../../../shared/contract/session-fields.ts'
import { type Cents, formatCents } from '../../../../shared/money.ts'
import { formatBusinessDate, formatInstant } from '../../../../shared/time.ts'
import { readingText } from '../../../text/session/drawer.ts'
import { useTenderTypes } from '../../../till.ts'
import { Facts } from '../../../ui/facts.tsx'
import { RecordTable } from '../../../ui/table/record-table.tsx'
import { inOrder, verdictOf } from '../../count/difference.ts'
import '../../count/verdict.css'
import { isParted, PartingView } from './parting-view.tsx'
import { movedOtherwise, sayDifference } from './reading.ts'

interface ReadingViewProps {
  reading: Reading
  timeZone: string
  /** False where the screen shows apart what stays in the drawer. */
  parted?: boolean
}

/** An X or Z report on the screen; the paper holds the same figures. */
export function ReadingView({ reading, timeZone, parted = true }: ReadingViewProps) {
  const { columns } = readingText
  return (
    <div className="stack">
      {reading.kind === 'x' && <p className="muted small">{readingText.xNote}</p>}
      <ReadingFacts reading={reading} timeZone={timeZone} />
      <Balances reading={reading} />
      {parted && isParted(reading) && <PartingView reading={reading} />}
      {reading.counts.length > 0 && (
        <section className="stack" aria-label={readingText.countsTitle}>
          <h3>{readingText.countsTitle}</h3>
          <RecordTable
            label={readingText.countsTitle}
            rows={reading.counts}
            keyOf={count => `${count.purpose} ${count.atMs}`}
            columns={[
              { title: columns.count, cell: count => readingText.purposes[count.purpose] },
              { title: columns.at, cell: count => formatInstant(count.atMs, timeZone, 'time') },
              { title: columns.by, cell: count => countedBy(count) },
              { title: columns.cash, number: true, cell: count => formatCents(count.cashCents) },
              {
                title: columns.differences,
                cell: count =>
                  count.purpose === 'opening' ? '' : sayDifferences(reading, count.differences),
              },
            ]}
          />
        </section>
      )}
      <MovementsOf reading={reading} timeZone={timeZone} />
      <Voids reading={reading} />
      <ByGlAccount reading={reading} />
    </div>
  )
}

/** Who counted; both where two did. */
function countedBy({ personName, secondPersonName }: Reading['counts'][number]): string {
  return secondPersonName === null ? personName : readingText.both(personName, secondPersonName)
}

/** Turn-ins, paid-in and paid-out, change orders: each by its slip. */
function MovementsOf({ reading, timeZone }: ReadingViewProps) {
  const { columns, movementsTitle, movementKinds } = readingText
  if (reading.movements.length === 0) return null
  return (
    <section className="stack" aria-label={movementsTitle}>
      <h3>{movementsTitle}</h3>
      <RecordTable
        label={movementsTitle}
        rows={reading.movements}
        keyOf={movement => movement.number}
        columns={[
          { title: columns.slip, cell: movement => movement.number },
          { title: columns.movement, cell: movement => movementKinds[movement.kind] },
          { title: columns.at, cell: movement => formatInstant(movement.atMs, timeZone, 'time') },
          { title: columns.what, cell: movement => movement.what },
          { title: columns.second, cell: movement => movement.secondPersonName ?? '' },
          { title: columns.cash, number: true, cell: movement => formatCents(movement.cashCents) },
          { title: columns.checks, number: true, cell: movement => formatCents(movement.itemsCents) },
        ]}
      />
    </section>
  )
}

type Differences = Reading['counts'][number]['differences']

function sayDifferences({ balances }: Reading, differences: Differences): string {
  const differing = differences.filter(difference => difference.overShortCents !== 0)
  if (differing.length === 0) return readingText.agrees
  return differing
    .map(({ tender, overShortCents }) => {
      const name = balances.find(balance => balance.tender === tender)?.name ?? tender
      return `${name} ${sayDifference(overShortCents)}`
    })
    .join(', ')
}

function Difference({ cents }: { cents: Cents }) {
  return <strong className={`verdict-${verdictOf(cents)}`}>{sayDifference(cents)}</strong>
}

function ReadingFacts({ reading, timeZone }: ReadingViewProps) {
  const { facts } = readingText
  const at = (ms: number) => formatInstant(ms, timeZone, 'date-time')
  const { firstReceipt, lastReceipt, closedAtMs } = reading
  return (
    <Facts
      facts={[
        [facts.drawer, reading.drawerName],
        [facts.session, reading.sessionNumber],
        [facts.cashier, reading.cashierName],
        [facts.date, formatBusinessDate(reading.businessDate, 'long')],
        [facts.opened, at(reading.openedAtMs)],
        closedAtMs === null ? [facts.read, at(reading.readAtMs)] : [facts.closed, at(closedAtMs)],
        [facts.receipts, String(reading.receiptCount)],
        [facts.voids, String(reading.voidCount)],
        [facts.first, firstReceipt],
        [facts.last, lastReceipt],
        [facts.total, formatCents(reading.totalCents)],
        ...openingFacts(reading),
        ...handing(reading),
        [facts.reason, reading.reason === '' ? null : reading.reason],
        [facts.approvedBy, reading.approvedByName],
        [facts.code, reading.verificationCode],
      ]}
    />
  )
}

/** What was found at the opening beside what the session before left. */
function openingFacts({ openingDifference: of }: Reading): (readonly [name: string, value: string | null])[] {
  const { facts } = readingText
  if (of === null) return []
  return [
    [facts.leftBefore, formatCents(of.leftCents)],
    [facts.openingOverShort, sayDifference(of.overShortCents)],
    [facts.fundChange, of.fundChangeCents === 0 ? null : formatCents(of.fundChangeCents)],
    [facts.openingReason, of.reason],
    [facts.openingApprovedBy, of.approvedByName],
  ]
}

/** Where the drawer's cash came from and went to, as far as there is something to say. */
function handing(reading: Reading): (readonly [name: string, value: string | null])[] {
  const { facts } = readingText
  const { handedFromNumber, handedTo, closedInAbsenceBy, leftCents, toSafeCents, noSaleCount } = reading
  return [
    [facts.handedFrom, handedFromNumber],
    [facts.handedTo, handedTo && readingText.taker(handedTo.name, handedTo.sessionNumber)],
    [
      facts.inAbsence,
      closedInAbsenceBy && readingText.both(closedInAbsenceBy.name, closedInAbsenceBy.secondName),
    ],
    [facts.left, leftCents === null ? null : formatCents(leftCents)],
    [facts.toSafe, toSafeCents === null ? null : formatCents(toSafeCents)],
    [facts.noSales, noSaleCount === 0 ? null : String(noSaleCount)],
  ]
}

function Balances({ reading }: { reading: Reading }) {
  const types = useTenderTypes()
  const { columns } = readingText
  const counted = reading.kind === 'z'
  return (
    <section className="stack" aria-label={readingText.byTender}>
      <h3>{readingText.byTender}</h3>
      <RecordTable
        label={readingText.byTender}
        rows={inOrder(reading.balances, types)}
        keyOf={balance => balance.tender}
        columns={[
          { title: columns.tender, cell: balance => <strong>{balance.name}</strong> },
          { title: columns.items, number: true, cell: balance => balance.itemCount },
          { title: columns.opening, number: true, cell: balance => formatCents(balance.openingCents) },
          { title: columns.taken, number: true, cell: balance => formatCents(balance.tenderedCents) },
          { title: columns.change, number: true, cell: balance => formatCents(balance.changeCents) },
          ...movedOtherwise(reading.balances).map(({ kind, centsOf }) => ({
            title: columns[kind],
            number: true,
            cell: (balance: Reading['balances'][number]) => formatCents(centsOf(balance)),
          })),
          { title: columns.expected, number: true, cell: balance => formatCents(balance.expectedCents) },
          ...(counted
            ? [
                {
                  title: columns.counted,
                  number: true,
                  cell: (balance: Reading['balances'][number]) =>
                    balance.countedCents === null ? '' : formatCents(balance.countedCents),
                },
                {
                  title: columns.difference,
                  number: true,
                  cell: (balance: Reading['balances'][number]) =>
                    balance.overShortCents === null ? '' : <Difference cents={balance.overShortCents} />,
                },
              ]
            : []),
        ]}
      />
    </section>
  )
}

function Voids({ reading }: { reading: Reading }) {
  const { columns } = readingText
  if (reading.voids.length === 0) return null
  return (
    <section className="stack" aria-label={readingText.voidsTitle}>
      <h3>{readingText.voidsTitle}</h3>
      <RecordTable
        label={readingText.voidsTitle}
        rows={reading.voids}
        keyOf={entry => entry.number}
        columns={[
          { title: columns.receipt, cell: entry => entry.number },
          { title: columns.reason, cell: entry => entry.reason },
          { title: columns.approvedBy, cell: entry => entry.approvedByName },
          { title: columns.amount, number: true, cell: entry => formatCents(entry.cents) },
        ]}
      />
    </section>
  )
}

function ByGlAccount({ reading }: { reading: Reading }) {
  const { columns } = readingText
  if (reading.byGlAccount.length === 0) return null
  return (
    <section className="stack" aria-label={readingText.glTitle}>
      <h3>{readingText.glTitle}</h3>
      <RecordTable
        label={readingText.glTitle}
        rows={reading.byGlAccount}
        keyOf={entry => entry.glAccount}
        columns={[
          { title: columns.gl, cell: entry => entry.glAccount },
          { title: columns.amount, number: true, cell: entry => formatCents(entry.cents) },
        ]}
      />
    </section>
  )
}

import type { MovementView } from '../../../shared/contract/movement.ts'
import { formatCents } from '../../../shared/money.ts'
import { type CountedPiece, denominationKey } from '../../../shared/rules/cash/denominations.ts'
import { formatBusinessDate, formatInstant } from '../../../shared/time.ts'
import { movementText, slipsText } from '../../text/custody/movement.ts'
import { useSettings } from '../../till.ts'
import { Facts } from '../../ui/facts.tsx'
import { RecordTable } from '../../ui/table/record-table.tsx'

const orNull = (text: string) => (text === '' ? null : text)

/** A slip on the screen; the paper says the same. */
export function SlipView({ movement, timeZone }: { movement: MovementView; timeZone: string }) {
  const { facts } = slipsText
  const exchange = movement.kind === 'change-order'
  return (
    <div className="stack">
      <Facts
        facts={[
          [facts.kind, movementText.kinds[movement.kind]],
          [facts.cash, formatCents(movement.cashCents)],
          [facts.items, movement.items.length === 0 ? null : formatCents(movement.itemsCents)],
          [facts.category, orNull(movement.category)],
          [facts.reason, orNull(movement.reason)],
          [facts.documentNumber, orNull(movement.documentNumber)],
          [facts.gl, orNull(movement.glAccount)],
          [facts.person, movement.personName],
          [facts.second, movement.secondPersonName],
          [facts.at, formatInstant(movement.atMs, timeZone, 'date-time')],
          [facts.date, formatBusinessDate(movement.businessDate, 'long')],
          [facts.drawer, movement.drawerName],
          [facts.session, movement.sessionNumber],
          [facts.code, movement.verificationCode],
        ]}
      />
      <div className="slip-pieces">
        <Pieces title={exchange ? slipsText.out : slipsText.moved} pieces={movement.piecesOut} />
        <Pieces title={exchange ? slipsText.in : slipsText.moved} pieces={movement.piecesIn} />
      </div>
      <Papers items={movement.items} />
    </div>
  )
}

function Pieces({ title, pieces }: { title: string; pieces: readonly CountedPiece[] }) {
  const denominations = useSettings()?.denominations ?? []
  if (pieces.length === 0) return null
  const { pieces: columns } = slipsText
  const labelOf = (piece: CountedPiece) =>
    denominations.find(of => denominationKey(of) === denominationKey(piece))?.label ??
    formatCents(piece.valueCents)
  return (
    <section className="stack" aria-label={title}>
      <h3>{title}</h3>
      <RecordTable
        label={title}
        rows={pieces}
        keyOf={denominationKey}
        columns={[
          { title: columns.denomination, cell: labelOf },
          { title: columns.pieces, number: true, cell: piece => Math.trunc(piece.cents / piece.valueCents) },
          { title: columns.amount, number: true, cell: piece => formatCents(piece.cents) },
        ]}
      />
    </section>
  )
}

function Papers({ items }: Pick<MovementView, 'items'>) {
  if (items.length === 0) return null
  const { instrumentColumns } = slipsText
  return (
    <section className="stack" aria-label={slipsText.instruments}>
      <h3>{slipsText.instruments}</h3>
      <RecordTable
        label={slipsText.instruments}
        rows={items}
        keyOf={item => `${item.receiptId} ${item.tenderNo}`}
        columns={[
          { title: instrumentColumns.kind, cell: item => item.tenderName },
          { title: instrumentColumns.reference, cell: item => item.reference },
          { title: instrumentColumns.receipt, cell: item => item.receiptNumber },
          { title: instrumentColumns.amount, number: true, cell: item => formatCents(item.cents) },
        ]}
      />
    </section>
  )
}

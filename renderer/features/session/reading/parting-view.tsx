import type { Reading } from '../../../../shared/contract/session-fields.ts'
import { type Cents, formatCents, subtract } from '../../../../shared/money.ts'
import {
  type Denomination,
  denominationKey,
  type PieceCount,
} from '../../../../shared/rules/cash/denominations.ts'
import { pileCents, pileRows } from '../../../../shared/rules/cash/pile-rows.ts'
import { partingText } from '../../../text/custody/parting.ts'
import { useSettings } from '../../../till.ts'
import './parting.css'

/** Whether a session's close took something out of its drawer; a drawer that was handed over keeps everything. */
export function isParted({ parting, toSafeCents }: Reading): boolean {
  return parting !== null && toSafeCents !== null && toSafeCents > 0
}

/** What stays in the drawer beside what goes to the safe; where no mix leaves the change fund, what to change first. */
export function PartingView({ reading: { parting, leftCents } }: { reading: Reading }) {
  const denominations = useSettings()?.denominations ?? []
  if (parting === null || leftCents === null) return null
  const { left, leaving, changeFirst } = parting
  if (changeFirst !== null)
    return <ChangeFirst {...changeFirst} left={leftCents} denominations={denominations} />
  return (
    <div className="parting">
      <Pile title={partingText.stays} pieces={left} denominations={denominations} />
      <Pile title={partingText.leaves} pieces={leaving} denominations={denominations} />
    </div>
  )
}

interface PileProps {
  title: string
  pieces: readonly PieceCount[]
  denominations: readonly Denomination[]
}

function Pile({ title, pieces, denominations }: PileProps) {
  const { columns, total, nothing } = partingText
  const rows = pileRows(pieces, denominations)
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      {rows.length === 0 ? (
        <p className="muted">{nothing}</p>
      ) : (
        <table className="list">
          <thead>
            <tr>
              <th scope="col">{columns.denomination}</th>
              <th scope="col" className="number">
                {columns.bundles}
              </th>
              <th scope="col" className="number">
                {columns.pieces}
              </th>
              <th scope="col" className="number">
                {columns.amount}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(row => (
              <tr key={row.label}>
                <th scope="row">{row.label}</th>
                <td className="number">{row.bundles === 0 ? '' : row.bundles}</td>
                <td className="number">{row.pieces === 0 ? '' : row.pieces}</td>
                <td className="number">{formatCents(row.cents)}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row" colSpan={3}>
                {total}
              </th>
              <td className="number">
                <strong>{formatCents(pileCents(rows))}</strong>
              </td>
            </tr>
          </tfoot>
        </table>
      )}
    </section>
  )
}

interface ChangeFirstProps extends NonNullable<NonNullable<Reading['parting']>['changeFirst']> {
  left: Cents
  denominations: readonly Denomination[]
}

function ChangeFirst({ valueCents, kind, staysCents, left, denominations }: ChangeFirstProps) {
  const key = denominationKey({ valueCents, kind })
  const label = denominations.find(of => denominationKey(of) === key)?.label ?? formatCents(valueCents)
  return (
    <div className="change-first">
      <p>
        <strong>{partingText.noMix(left)}</strong>
      </p>
      <p>{partingText.changeFirst(label, staysCents, subtract(valueCents, staysCents))}</p>
    </div>
  )
}

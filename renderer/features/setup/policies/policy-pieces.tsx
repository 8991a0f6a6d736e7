import { TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { formatCents } from '../../../../shared/money.ts'
import { denominationKey } from '../../../../shared/rules/cash/denominations.ts'
import { orpc } from '../../../client.ts'
import { policyText } from '../../../text/setup/policies.ts'
import { ErrorNote, Panel } from '../../../ui/parts.tsx'
import { Field } from '../../forms/field.tsx'
import type { FieldsProps } from '../../forms/record-form.tsx'
import { type PieceRow, type PolicyDraft, readPieces, sayFit, wantedCents } from './policy-draft.ts'

/** The mix that the change fund is rebuilt to, and the marks below which a denomination runs low. */
export function PiecesSection({ draft, change, errorAt }: FieldsProps<PolicyDraft>) {
  const { sections, piecesHint, denomination, wanted, low, wantedOf, lowOf } = policyText
  const put = (row: PieceRow) => {
    const key = denominationKey(row.denomination)
    const pieces = draft.pieces.map(other => (denominationKey(other.denomination) === key ? row : other))
    change({ ...draft, pieces })
  }
  return (
    <Panel title={sections.pieces} hint={piecesHint} className="stack">
      <Field name="pieces">
        <table className="policy-rows">
          <thead>
            <tr>
              <th scope="col">{denomination}</th>
              <th scope="col" className="pieces">
                {wanted}
              </th>
              <th scope="col" className="pieces">
                {low}
              </th>
            </tr>
          </thead>
          <tbody>
            {draft.pieces.map(row => {
              const { label } = row.denomination
              return (
                <tr key={denominationKey(row.denomination)}>
                  <th scope="row">{label}</th>
                  <PieceCell
                    label={wantedOf(label)}
                    value={row.wanted}
                    onChange={to => put({ ...row, wanted: to })}
                  />
                  <PieceCell label={lowOf(label)} value={row.low} onChange={to => put({ ...row, low: to })} />
                </tr>
              )
            })}
          </tbody>
        </table>
      </Field>
      <ErrorNote>{errorAt('pieces')}</ErrorNote>
      <Fit rows={draft.pieces} />
    </Panel>
  )
}

interface PieceCellProps {
  label: string
  value: string
  onChange: (value: string) => void
}

function PieceCell({ label, value, onChange }: PieceCellProps) {
  return (
    <td>
      <TextInput
        aria-label={label}
        value={value}
        onChange={event => onChange(event.currentTarget.value)}
        error={readPieces(value) === null}
        inputMode="numeric"
        maxLength={6}
        size="sm"
        classNames={{ input: 'number' }}
      />
    </td>
  )
}

/** What the wanted pieces come to, beside the change funds that they are for. */
function Fit({ rows }: { rows: readonly PieceRow[] }) {
  const drawers = useQuery(orpc.setup.drawers.queryOptions())
  const worth = wantedCents(rows)
  if (worth === null) return null
  if (worth === 0) return <p className="muted">{policyText.noWish}</p>
  return (
    <div role="status">
      <p>
        {policyText.wantedWorth} <strong>{formatCents(worth)}</strong>
      </p>
      <ul className="policy-fit muted">
        {(drawers.data ?? [])
          .filter(drawer => drawer.active)
          .map(drawer => (
            <li key={drawer.drawerId}>{sayFit(worth, drawer, formatCents)}</li>
          ))}
      </ul>
    </div>
  )
}

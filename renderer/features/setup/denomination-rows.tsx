import { Checkbox, TextInput } from '@mantine/core'
import { denominationKey } from '../../../shared/rules/cash/denominations.ts'
import { cityText } from '../../text/setup/admin.ts'
import { ErrorNote } from '../../ui/parts.tsx'
import { Field } from '../forms/field.tsx'
import { bundleOf, type DenominationRow, rowsProblem, withDenomination } from './denomination-form.ts'
import './denomination-rows.css'

interface DenominationRowsProps {
  rows: readonly DenominationRow[]
  onChange: (rows: DenominationRow[]) => void
}

const KINDS = ['note', 'coin'] as const

/** The denominations, notes beside coins: counted or not, and the size of a strap or roll. */
export function DenominationRows({ rows, onChange }: DenominationRowsProps) {
  const put = (row: DenominationRow) => onChange(withDenomination(rows, row))
  return (
    <Field name="denominations">
      <div className="denomination-rows">
        {KINDS.map(kind => (
          <KindTable
            key={kind}
            kind={kind}
            rows={rows.filter(row => row.denomination.kind === kind)}
            onChange={put}
          />
        ))}
      </div>
      <ErrorNote>{wordsOf(rows)}</ErrorNote>
    </Field>
  )
}

interface KindTableProps {
  kind: (typeof KINDS)[number]
  rows: readonly DenominationRow[]
  onChange: (row: DenominationRow) => void
}

function KindTable({ kind, rows, onChange }: KindTableProps) {
  return (
    <table className="list">
      <thead>
        <tr>
          <th scope="col">{cityText.kinds[kind]}</th>
          <th scope="col" className="number">
            {cityText.bundles[kind]}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row, at) => {
          const { label } = row.denomination
          return (
            <tr key={denominationKey(row.denomination)}>
              <td>
                <Checkbox
                  label={label}
                  checked={row.used}
                  data-autofocus={(kind === 'note' && at === 0) || undefined}
                  onChange={event => onChange({ ...row, used: event.currentTarget.checked })}
                />
              </td>
              <td>
                <TextInput
                  aria-label={cityText.bundleOf(label)}
                  value={row.bundle}
                  onChange={event => onChange({ ...row, bundle: event.currentTarget.value })}
                  error={row.used && bundleOf(row) === null}
                  disabled={!row.used}
                  inputMode="numeric"
                  maxLength={5}
                  size="sm"
                  classNames={{ input: 'number' }}
                />
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

function wordsOf(rows: readonly DenominationRow[]): string | null {
  const problem = rowsProblem(rows)
  if (problem === null) return null
  return problem === 'none' ? cityText.problems.denominations : cityText.problems.bundle
}

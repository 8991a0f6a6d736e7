import { type KeyboardEvent, type Ref, useId, useRef, useState } from 'react'
import { cents, formatCents, times } from '../../../shared/money.ts'
import {
  type Denomination,
  denominationKey,
  type PieceCount,
} from '../../../shared/rules/cash/denominations.ts'
import { UI } from '../../text/ui.ts'
import type { KeyDeclaration } from '../keys/keys.ts'
import { ErrorNote } from '../parts.tsx'
import { type CountColumn, countWhileTyping, readCell, rowCents, rowOf, totalOf, withRow } from './count.ts'
import './denomination-grid.css'

/** For the sheet of keys of a screen with a grid in it. */
export const COUNT_KEYS: readonly KeyDeclaration[] = [
  { key: 'Enter', label: UI.nextRow, quiet: true },
  { key: '↑ ↓ ← →', label: UI.otherCell, quiet: true },
  { key: '.', label: UI.gridHint, quiet: true },
]

interface DenominationGridProps {
  denominations: readonly Denomination[]
  value: readonly PieceCount[]
  onChange: (count: PieceCount[]) => void
  totalLabel: string
  /** Enter in the last row. */
  onDone?: () => void
  autoFocus?: boolean
}

interface Draft {
  cell: string
  text: string
}

const STEPS: Record<string, { rows: number; columns: number }> = {
  Enter: { rows: 1, columns: 0 },
  '+': { rows: 1, columns: 0 },
  ArrowDown: { rows: 1, columns: 0 },
  ArrowUp: { rows: -1, columns: 0 },
  ArrowLeft: { rows: 0, columns: -1 },
  ArrowRight: { rows: 0, columns: 1 },
}
const COLUMNS: readonly CountColumn[] = ['bundles', 'pieces']

/** What one unit of a column is worth: a piece, or a full strap or roll. */
function unitOf(denomination: Denomination, column: CountColumn) {
  return column === 'pieces'
    ? denomination.valueCents
    : times(denomination.valueCents, denomination.bundleSize)
}

interface CellProps {
  name: string
  text: string
  wrong: boolean
  errorId: string
  /** The first cell for pieces: where a count begins. */
  first: boolean
  start: boolean
  onText: (text: string) => void
  onLeave: () => void
  onKey: (event: KeyboardEvent<HTMLInputElement>) => void
  ref: Ref<HTMLInputElement>
}

function Cell(props: CellProps) {
  return (
    <td className="cell">
      <input
        ref={props.ref}
        aria-label={props.name}
        aria-invalid={props.wrong || undefined}
        aria-describedby={props.wrong ? props.errorId : undefined}
        value={props.text}
        onChange={event => props.onText(event.currentTarget.value)}
        onFocus={event => event.currentTarget.select()}
        onBlur={props.onLeave}
        onKeyDown={props.onKey}
        data-autofocus={props.start || undefined}
        data-count-start={props.first || undefined}
        inputMode="decimal"
        maxLength={14}
        autoComplete="off"
      />
    </td>
  )
}

/** The draft of the cell being typed in; every other cell shows its count. */
function useDraft({ value, onChange }: Pick<DenominationGridProps, 'value' | 'onChange'>) {
  const [draft, setDraft] = useState<Draft | null>(null)
  const [problem, setProblem] = useState<{ cell: string; text: string } | null>(null)

  const put = (of: Denomination, column: CountColumn, text: string): boolean => {
    const label = column === 'pieces' ? of.label : UI.bundlesOf(of.label)
    const reading = readCell(text, unitOf(of, column), label)
    if (reading.kind === 'wrong') {
      setProblem({ cell: cellKey(of, column), text: reading.problem })
      return false
    }
    setProblem(null)
    // Leaving a cell is no change where its count is what it was: what is told of the count stays.
    const row = rowOf(value, of)
    if (row[column] !== reading.count) onChange(withRow(value, { ...row, [column]: reading.count }))
    return true
  }
  const type = (of: Denomination, column: CountColumn, text: string) => {
    const typed = text.trim()
    setDraft({ cell: cellKey(of, column), text: typed })
    if (/^\d*$/.test(typed)) put(of, column, typed)
    // An amount counts as far as it has come; that it does not fit is told when it is finished.
    else
      onChange(withRow(value, { ...rowOf(value, of), [column]: countWhileTyping(typed, unitOf(of, column)) }))
  }
  /** Takes what stands in the cell; false where it means nothing. */
  const finish = (of: Denomination, column: CountColumn): boolean => {
    if (draft?.cell !== cellKey(of, column)) return true
    if (!put(of, column, draft.text)) return false
    setDraft(null)
    return true
  }
  const shown = (of: Denomination, column: CountColumn): string => {
    if (draft?.cell === cellKey(of, column)) return draft.text
    const count = rowOf(value, of)[column]
    return count === 0 ? '' : String(count)
  }
  return { type, finish, shown, problem }
}

function cellKey(of: Denomination, column: CountColumn): string {
  return `${denominationKey(of)}:${column}`
}

function GridHead() {
  return (
    <thead>
      <tr>
        {[UI.denomination, UI.bundles, UI.pieces, UI.amount].map(name => (
          <th scope="col" key={name}>
            {name}
          </th>
        ))}
      </tr>
    </thead>
  )
}

/**
 * The count by denomination: pieces, straps and rolls; amounts and the total grow while typing. Enter, `+` and
 * the arrows move; an amount with a point becomes pieces.
 */
export function DenominationGrid(props: DenominationGridProps) {
  const { denominations, value, totalLabel, onDone, autoFocus = false } = props
  const { type, finish, shown, problem } = useDraft(props)
  const cells = useRef(new Map<string, HTMLInputElement>())
  const errorId = useId()
  const total = totalOf(value, denominations)

  const move = (row: number, column: CountColumn, event: KeyboardEvent<HTMLInputElement>) => {
    const step = STEPS[event.key]
    const of = denominations[row]
    if (step === undefined || of === undefined) return
    event.preventDefault()
    if (!finish(of, column) || (event.repeat && event.key === 'Enter')) return
    const next = denominations[row + step.rows]
    const nextColumn = COLUMNS[COLUMNS.indexOf(column) + step.columns]
    if (next === undefined) {
      if (event.key === 'Enter') onDone?.()
      return
    }
    if (nextColumn !== undefined) cells.current.get(cellKey(next, nextColumn))?.focus()
  }

  return (
    <div className="count-grid">
      <div className="count-rows">
        <table>
          <GridHead />
          <tbody>
            {denominations.map((of, row) => (
              <tr key={denominationKey(of)}>
                <th scope="row">{of.label}</th>
                {COLUMNS.map(column => (
                  <Cell
                    key={column}
                    name={column === 'pieces' ? UI.piecesOf(of.label) : UI.bundlesOf(of.label)}
                    text={shown(of, column)}
                    wrong={problem?.cell === cellKey(of, column)}
                    errorId={errorId}
                    first={row === 0 && column === 'pieces'}
                    start={autoFocus && row === 0 && column === 'pieces'}
                    onText={text => type(of, column, text)}
                    onLeave={() => finish(of, column)}
                    onKey={event => move(row, column, event)}
                    ref={element => {
                      if (element === null) cells.current.delete(cellKey(of, column))
                      else cells.current.set(cellKey(of, column), element)
                    }}
                  />
                ))}
                <td className="number">{amountText(of, value)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div id={errorId}>
        <ErrorNote>{problem?.text ?? null}</ErrorNote>
      </div>
      <div className="count-total" role="status">
        <span>{totalLabel}</span>
        <strong>{formatCents(total ?? cents(0))}</strong>
      </div>
    </div>
  )
}

function amountText(of: Denomination, value: readonly PieceCount[]): string {
  const worth = rowCents(rowOf(value, of), of)
  return worth === 0 ? '–' : formatCents(worth)
}

import { type KeyboardEvent, type ReactNode, useState } from 'react'
import './record-table.css'

export interface Column<T> {
  title: string
  cell: (row: T) => ReactNode
  /** Figures stand to the right. */
  number?: boolean
  /** Left out where the table is narrow: the opened record tells it too. */
  wideOnly?: boolean
  /** Numbers and times that read as one: they stay on one line. */
  fixed?: boolean
}

function classesOf<T>({ number, wideOnly, fixed }: Column<T>): string | undefined {
  const classes = [number ? 'number' : '', wideOnly ? 'wide-only' : '', fixed ? 'fixed' : ''].filter(
    name => name !== '',
  )
  return classes.length === 0 ? undefined : classes.join(' ')
}

interface RecordTableProps<T> {
  /** What the table lists, for a screen reader. */
  label: string
  columns: readonly Column<T>[]
  rows: readonly T[]
  keyOf: (row: T) => string
  /** What Enter does on a row; rows without it can only be read. */
  open?: (row: T) => void
  openedKey?: string | null
}

const STEPS: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowDown: (at, count) => Math.min(at + 1, count - 1),
  ArrowUp: at => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_, count) => count - 1,
  PageDown: (at, count) => Math.min(at + 10, count - 1),
  PageUp: at => Math.max(at - 10, 0),
}

/** Moves the focus to another row by arrows, Home, End and page keys; one Tab stop leads in, the next out. */
function moveRow(event: KeyboardEvent<HTMLTableElement>): void {
  const step = STEPS[event.key]
  if (step === undefined || event.ctrlKey || event.altKey || event.metaKey) return
  const buttons = [...event.currentTarget.querySelectorAll<HTMLButtonElement>('button.row-button')]
  const focused = document.activeElement
  if (!(focused instanceof HTMLButtonElement) || !buttons.includes(focused)) return
  const at = buttons.indexOf(focused)
  event.preventDefault()
  buttons[step(at, buttons.length)]?.focus()
}

/** Rows that can be opened: the first cell is the button, the arrow keys go from row to row. */
export function RecordTable<T>({ label, columns, rows, keyOf, open, openedKey }: RecordTableProps<T>) {
  const [reached, setReached] = useState<string | null>(null)
  const keys = rows.map(keyOf)
  const tabStop = [reached, openedKey].find(key => key != null && keys.includes(key)) ?? keys[0]
  return (
    <div className="records-box">
      <table className="list records" aria-label={label} onKeyDown={moveRow}>
        <thead>
          <tr>
            {columns.map(column => (
              <th key={column.title} scope="col" className={classesOf(column)}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <RecordRow
              key={keyOf(row)}
              {...{ row, columns, open }}
              opened={keyOf(row) === openedKey}
              tabStop={keyOf(row) === tabStop}
              onReached={() => setReached(keyOf(row))}
            />
          ))}
        </tbody>
      </table>
    </div>
  )
}

interface RecordRowProps<T> {
  row: T
  columns: readonly Column<T>[]
  open: ((row: T) => void) | undefined
  opened: boolean
  tabStop: boolean
  onReached: () => void
}

function RecordRow<T>({ row, columns, open, opened, tabStop, onReached }: RecordRowProps<T>) {
  return (
    <tr aria-selected={opened || undefined} className={open === undefined ? undefined : 'opens'}>
      {columns.map((column, at) => (
        <td key={column.title} className={classesOf(column)}>
          {at === 0 && open !== undefined ? (
            <button
              type="button"
              className="row-button"
              tabIndex={tabStop ? 0 : -1}
              onFocus={onReached}
              onClick={() => open(row)}
            >
              {column.cell(row)}
            </button>
          ) : (
            column.cell(row)
          )}
        </td>
      ))}
    </tr>
  )
}

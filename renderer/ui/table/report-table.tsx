import {
  alignmentOf,
  cellText,
  type ReportCell,
  type ReportColumn,
  type ReportSection,
  type ReportTable,
} from '../../../shared/rules/report/report-table.ts'
import { reportTableText } from '../../text/report/report-table.ts'
import { ScrollRegion } from './scroll-region.tsx'
import './report-table.css'

/** More rows than this make the page slow, and nobody reads them on a screen. */
const MOST_ROWS = 1_000

interface ReportTableViewProps {
  table: ReportTable
  /** The city's time zone, for instants. */
  timeZone: string
}

/** A report on screen: what it is, each section as a table that scrolls by itself, its notes and its code. */
export function ReportTableView({ table, timeZone }: ReportTableViewProps) {
  const { title, subtitle, sections, notes, verificationCode } = table
  return (
    <article className="report stack" aria-label={title}>
      <header>
        <h2>{title}</h2>
        {numbered(subtitle).map(({ no, of }) => (
          <p key={no} className="muted small">
            {of}
          </p>
        ))}
      </header>
      {sections.length === 0 && <p className="muted">{reportTableText.empty}</p>}
      {numbered(sections).map(({ no, of }) => (
        <Section key={no} section={of} name={of.heading ?? title} timeZone={timeZone} />
      ))}
      {notes.length > 0 && <Notes notes={notes} />}
      {verificationCode !== null && (
        <p className="small">
          <span className="muted">{reportTableText.verification}</span> <strong>{verificationCode}</strong>
        </p>
      )}
    </article>
  )
}

/** Rows have no names of their own; a report is made once and its rows never move. */
function numbered<T>(list: readonly T[]): { no: number; of: T }[] {
  return list.map((of, i) => ({ no: i + 1, of }))
}

function Notes({ notes }: { notes: readonly string[] }) {
  return (
    <section aria-label={reportTableText.notes} className="report-notes small">
      {numbered(notes).map(({ no, of }) => (
        <p key={no}>{of}</p>
      ))}
    </section>
  )
}

interface SectionProps {
  section: ReportSection
  name: string
  timeZone: string
}

function Section({ section, name, timeZone }: SectionProps) {
  const { columns, rows, totals } = section
  if (rows.length === 0 && totals === null) {
    return (
      <section aria-label={name}>
        <h3>{name}</h3>
        <p className="muted">{reportTableText.empty}</p>
      </section>
    )
  }
  const count = (n: number) => n.toLocaleString('en-US')
  return (
    <div>
      <ScrollRegion label={name} className="report-scroll">
        <table className="list report-table">
          <caption>{name}</caption>
          <Head columns={columns} />
          <tbody>
            {numbered(rows.slice(0, MOST_ROWS)).map(({ no, of }) => (
              <Row key={no} columns={columns} row={of} timeZone={timeZone} />
            ))}
          </tbody>
          {totals !== null && (
            <tfoot>
              <Row columns={columns} row={totals} timeZone={timeZone} />
            </tfoot>
          )}
        </table>
      </ScrollRegion>
      {rows.length > MOST_ROWS && (
        <p className="muted small">{reportTableText.cut(count(MOST_ROWS), count(rows.length))}</p>
      )}
    </div>
  )
}

function Head({ columns }: { columns: readonly ReportColumn[] }) {
  return (
    <thead>
      <tr>
        {columns.map(column => (
          <Heading key={column.key} scope="col" className={classOf(column)}>
            {column.label}
          </Heading>
        ))}
      </tr>
    </thead>
  )
}

/** Figures stand to the right; figures, days and instants stay on one line. */
function classOf({ kind }: ReportColumn): string | undefined {
  if (alignmentOf(kind) === 'right') return 'number'
  return kind === 'text' ? undefined : 'report-fixed'
}

interface RowProps {
  columns: readonly ReportColumn[]
  row: readonly ReportCell[]
  timeZone: string
}

/** The first cell says what the row is about. */
function Row({ columns, row, timeZone }: RowProps) {
  return (
    <tr>
      {columns.map((column, i) => {
        const text = cellText(column.kind, row[i] ?? null, timeZone)
        if (i > 0) {
          return (
            <td key={column.key} className={classOf(column)}>
              {text}
            </td>
          )
        }
        return (
          <Heading key={column.key} scope="row" className={classOf(column)}>
            {text}
          </Heading>
        )
      })}
    </tr>
  )
}

interface HeadingProps {
  scope: 'col' | 'row'
  className: string | undefined
  children: string
}

/** A cell that heads a row or column; without words it heads nothing, and a screen reader must not announce it. */
function Heading({ scope, className, children }: HeadingProps) {
  if (children === '') return <td className={className} />
  return (
    <th scope={scope} className={className}>
      {children}
    </th>
  )
}

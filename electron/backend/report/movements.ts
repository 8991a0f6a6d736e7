/** Money that moved without a receipt, and openings of the drawer for nothing. */
import type { MovementRows, ReportedMovement } from '../../../db/queries/report/report-money.ts'
import { add } from '../../../shared/money.ts'
import { HEADINGS } from './labels.ts'
import type { ReportContent, ReportContext } from './naming.ts'
import { columnsOf, section } from './section.ts'

export function movements(
  { movements: all, noSales }: MovementRows,
  { naming }: ReportContext,
): ReportContent {
  const of = (...kinds: ReportedMovement['kind'][]) => all.filter(row => kinds.includes(row.kind))
  const { text, instant } = columnsOf<ReportedMovement>()
  const number = text('number', row => row.number)
  const time = instant('time', row => row.at)
  const session = text('session', row => row.sessionNumber)
  const drawer = text('drawer', row => naming.drawer(row.drawerId))
  const person = text('who', row => naming.person(row.person_id))
  const second = (key: 'taker' | 'approvedBy' | 'with') =>
    text(key, row => naming.person(row.second_person_id))
  return {
    sections: [
      section({
        heading: HEADINGS.turnIns,
        rows: of('turn-in'),
        columns: column => [
          ...[number, time, session, drawer, person, second('taker')],
          column.money('cash', row => row.cash_cents),
          column.money('instruments', row => row.items_cents),
          column.money('total', row => add(row.cash_cents, row.items_cents)),
        ],
      }),
      section({
        heading: HEADINGS.paid,
        rows: of('paid-in', 'paid-out'),
        columns: column => [
          ...[number, time, session, person, second('approvedBy')],
          column.text('category', row => row.category),
          column.text('glAccount', row => row.gl_account),
          column.text('reason', row => row.reason),
          column.text('documentNumber', row => row.document_number),
          column.money('paidIn', row => (row.kind === 'paid-in' ? row.cash_cents : null)),
          column.money('paidOut', row => (row.kind === 'paid-out' ? row.cash_cents : null)),
        ],
      }),
      section({
        heading: HEADINGS.exchanges,
        rows: of('change-order'),
        columns: column => [
          ...[number, time, session, drawer, person, second('with')],
          column.money('amount', row => row.cash_cents),
        ],
      }),
      section({
        heading: HEADINGS.noSales,
        rows: noSales,
        columns: column => [
          column.instant('time', row => row.at),
          column.text('session', row => row.sessionNumber),
          column.text('drawer', row => naming.drawer(row.drawerId)),
          column.text('who', row => naming.person(row.person_id)),
          column.text('reason', row => row.reason),
        ],
      }),
    ],
    notes: [],
  }
}

/** The journal of some days: every event in its order. */
import { factOf } from '../../../db/journal.ts'
import type { JournalTableRow } from '../../../shared/ledger/tables.ts'
import { summarize } from '../journal-words.ts'
import type { Making, ReportParts } from './naming.ts'
import { section } from './section.ts'
import { NOTES, TITLES } from './words.ts'

/** Which session a fact is about; undefined where it is about none, or names it only by its receipt. */
function sessionOf(row: JournalTableRow): string | undefined {
  const { body } = factOf(row)
  return 'sessionId' in body ? body.sessionId : undefined
}

/** Every fact, without those about sessions whose figures must not be seen. */
export function journal(
  rows: readonly JournalTableRow[],
  { naming, hiddenIds }: Making & { hiddenIds: readonly string[] },
): ReportParts {
  const hidden = new Set(hiddenIds)
  const shown = hidden.size === 0 ? rows : rows.filter(row => !hidden.has(sessionOf(row) ?? ''))
  const list = section({
    heading: TITLES.journal,
    rows: shown,
    columns: column => [
      column.ordinal('seq', row => row.seq),
      column.instant('time', row => row.at),
      column.text('who', row => naming.person(row.actor_id)),
      column.text('what', row => summarize(row, naming.person)),
    ],
  })
  return { sections: [list], notes: [NOTES.journal] }
}

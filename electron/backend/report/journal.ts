/** The journal of some days: every event in its order. */

import type { Reader } from '../../../db/ledger/reader.ts'
import type { JournalTableRow } from '../../../db/ledger/schema.ts'
import { REPORTS } from '../../../shared/contract/report.ts'
import { factNames, saidOf } from '../request/fact-words.ts'
import { NOTES } from './labels.ts'
import type { ReportContent, ReportContext } from './naming.ts'
import { section } from './section.ts'

/** Every fact, without those about sessions whose figures must not be seen. */
export function journal(
  reader: Reader,
  rows: readonly JournalTableRow[],
  { naming, hiddenIds }: ReportContext & { hiddenIds: readonly string[] },
): ReportContent {
  const hidden = new Set(hiddenIds)
  const nameOf = factNames(reader)
  const all = rows.map(row => ({ row, ...saidOf(reader, row, nameOf) }))
  const list = section({
    heading: REPORTS.journal.title,
    rows: all.filter(({ sessionId }) => !hidden.has(sessionId ?? '')),
    columns: column => [
      column.ordinal('seq', ({ row }) => row.seq),
      column.instant('time', ({ row }) => row.at),
      column.text('who', ({ row }) => naming.person(row.actor_id)),
      column.text('what', ({ summary }) => summary),
    ],
  })
  return { sections: [list], notes: [NOTES.journal] }
}

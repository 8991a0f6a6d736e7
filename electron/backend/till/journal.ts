/** The journal as an auditor reads it: what each fact says, and where it leads. */
import type { Reader } from '../../../db/ledger/reader.ts'
import type { JournalTableRow } from '../../../db/ledger/schema.ts'
import { aboutNumber, journalPage } from '../../../db/queries/journal.ts'
import { FACT_KINDS, kindOf } from '../../../shared/ledger/facts.ts'
import type { NameOf } from '../../../shared/ledger/kind.ts'
import { signedIn } from '../request/commands.ts'
import { factNames, saidOf } from '../request/fact-words.ts'
import { os } from '../request/guard.ts'
import { hiddenFrom } from '../request/hidden-sessions.ts'

const ENTRIES_PER_PAGE = 100

export const factKinds = os.till.factKinds.handler(() =>
  FACT_KINDS.map(kind => ({ kind, label: kindOf(kind).label })),
)

export const journal = os.till.journal.handler(({ input, context }) => {
  const { reader } = context.backend.ledger
  const nameOf = factNames(reader)
  const hidden = new Set(hiddenFrom(reader, signedIn(context).personId).map(row => row.session_id))
  // One more is asked for than is shown: whether there is anything older is known, and not guessed.
  const rows = journalPage(reader, { ...input, limit: ENTRIES_PER_PAGE + 1 })
  const entries = rows.slice(0, ENTRIES_PER_PAGE).map(row => ({
    epoch: row.epoch,
    seq: row.seq,
    kind: row.kind,
    atMs: row.at,
    businessDate: row.business_date,
    actorName: nameOf(row.actor_id),
    hash: row.hash,
    ...shown(reader, row, { nameOf, hidden }),
  }))
  return { entries, hasOlder: rows.length > ENTRIES_PER_PAGE }
})

const NOTHING_TOLD = 'Told once the drawer is closed.'

function shown(
  reader: Reader,
  row: JournalTableRow,
  { nameOf, hidden }: { nameOf: NameOf; hidden: ReadonlySet<string> },
) {
  const { label, summary, fact, sessionId } = saidOf(reader, row, nameOf)
  const about = fact && kindOf(fact.kind).about(fact.body)
  return {
    label,
    // What a drawer should hold is known to nobody who counts it, or may not read it, before it is closed.
    summary: hidden.has(sessionId ?? '') ? NOTHING_TOLD : summary,
    about: about && { ...about, number: aboutNumber(reader, about) },
  }
}

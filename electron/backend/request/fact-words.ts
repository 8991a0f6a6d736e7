/** What a row of the journal says, for whoever reads a list of them. */
import { factOf } from '../../../db/ledger/journal.ts'
import type { Reader } from '../../../db/ledger/reader.ts'
import type { JournalTableRow } from '../../../db/ledger/schema.ts'
import { personNames } from '../../../db/queries/person.ts'
import { sessionOfFact } from '../../../db/queries/session/fact-session.ts'
import { allBankAccounts, allDrawers } from '../../../db/queries/setup.ts'
import { type Fact, isKnown, kindOf, summarize } from '../../../shared/ledger/facts.ts'
import type { NameOf } from '../../../shared/ledger/kind.ts'

export interface Said {
  label: string
  summary: string
  /** Null for a fact of a later program, which is a row all the same. */
  fact: Fact | null
  /** The drawer session that it is about. */
  sessionId: string | undefined
}

/** Names of whoever and whatever facts name by an id: people, drawers, bank accounts; the id itself where it is none. */
export function factNames(reader: Reader): NameOf {
  const person = personNames(reader)
  const banks = allBankAccounts(reader).map(({ bankAccountId, name }) => [bankAccountId, name] as const)
  const drawers = allDrawers(reader).map(({ drawerId, name }) => [drawerId, name] as const)
  const names = new Map([...banks, ...drawers])
  return id => names.get(id) ?? person(id)
}

export function saidOf(reader: Reader, row: JournalTableRow, nameOf: NameOf): Said {
  if (!isKnown(row.kind, row.version))
    return {
      label: 'Of a later program',
      summary: 'This program does not know what it says.',
      fact: null,
      sessionId: undefined,
    }
  const fact = factOf(row)
  const { label } = kindOf(fact.kind)
  return { label, summary: summarize(fact, nameOf), fact, sessionId: sessionOfFact(reader, fact) }
}

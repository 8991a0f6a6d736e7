/** What must hold at every moment of the random days, read off the till and set against the notebook. */
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { LEDGER_FILE } from '../../../db/ledger/folder.ts'
import type { BoardDrawer } from '../../../shared/contract/session.ts'
import { type Life, same } from './life.ts'
import { type Held, total } from './money.ts'

/** Of one open drawer: cash, instruments and slips, as the ledger expects them; together what it holds of the city's money. */
function drawerHolds({ drawerName, session }: BoardDrawer, held: Held | undefined): number {
  same(`session of ${drawerName}`, session?.sessionId, held?.sessionId)
  if (!session || !held) return 0
  const told = new Map<string, number>(session.tenders.map(row => [row.tender, row.expectedCents]))
  const instruments = (tender: string) =>
    total(held.instruments.filter(instrument => instrument.tender === tender))
  const noted = {
    cash: held.said,
    check: instruments('check'),
    'money-order': instruments('money-order'),
    card: held.slips.get('card') ?? 0,
    ach: held.slips.get('ach') ?? 0,
  }
  for (const [tender, cents] of Object.entries(noted))
    same(`${tender} expected in ${drawerName}`, told.get(tender) ?? 0, cents)
  same(`level of ${drawerName}`, session.level?.cashCents, held.said)
  return noted.cash + noted.check + noted['money-order']
}

/** After every step: each drawer and the safe hold what was noted, and all of it together is all that came. */
export async function checkMoney(life: Life): Promise<void> {
  const { book } = life
  const { drawers, safeCents } = await life.as('auditor').session.board()
  const open = drawers.map(row => drawerHolds(row, book.held.get(row.drawerName)))
  same('the safe', safeCents, book.safe)
  const closed = [...book.lying.values()].map(({ said }) => ({ cents: said }))
  const inHouse = total(open.map(cents => ({ cents }))) + total(closed) + safeCents + book.safeInstruments
  same('all money together', inHouse + book.banked, book.came)
}

/** After every step that touches the safe: the instruments in it. */
export async function checkSafe(life: Life): Promise<void> {
  const { book } = life
  const { instrumentsCents } = await life.as('auditor').safe.content()
  same('instruments in the safe', instrumentsCents, book.safeInstruments)
}

/** After every step that touches a session's parts for the bank: those that wait, with all of their money. */
export async function checkWaiting(life: Life): Promise<void> {
  const { book } = life
  const waiting = await life.as('lead').deposit.waiting()
  const told = waiting.map(part => `${part.sessionId}/${part.partNo}:${part.cashCents}+${part.itemsCents}`)
  const noted = book.parts
    .filter(({ depositId }) => depositId === null)
    .map(part => `${part.sessionId}/${part.partNo}:${part.cash}+${part.items}`)
  same('parts that wait', told.sort().join(' '), noted.sort().join(' '))
}

const TWICE = `
SELECT count(*) FROM (
  SELECT 1 FROM deposit_session s JOIN deposit d ON d.deposit_id = s.deposit_id WHERE d.state <> 'reopened'
  GROUP BY s.session_id, s.part_no HAVING count(*) > 1)`

const STRAY = `
SELECT count(*) FROM session_part p WHERE p.deposit_id IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM deposit_session s JOIN deposit d ON d.deposit_id = s.deposit_id
  WHERE s.deposit_id = p.deposit_id AND s.session_id = p.session_id AND s.part_no = p.part_no
    AND s.cash_cents = p.cash_cents AND s.items_cents = p.items_cents AND d.state <> 'reopened')`

/** At the end of a day: no part is in two live deposits, and each that is in one is in it with all of its money. */
export function checkParts({ till }: Life): void {
  const ledger = new Database(join(till.dataDir, LEDGER_FILE), { readonly: true })
  try {
    same('parts in two deposits', ledger.prepare(TWICE).pluck().get(), 0)
    same('parts that went astray', ledger.prepare(STRAY).pluck().get(), 0)
  } finally {
    ledger.close()
  }
}

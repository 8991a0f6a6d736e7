/** What a session's close states: its Z number, what stays in the drawer, and whose bank account gets the rest. */
import { bankedReceipts, countedItems, turnedInItems } from '../../db/queries/session-money.ts'
import { type Session, sessionTenders } from '../../db/queries/sessions.ts'
import { allBankAccounts, bankedPaperTenders, tillNow } from '../../db/queries/setup.ts'
import type { Reader } from '../../db/reader.ts'
import type { Writer } from '../../db/writer.ts'
import type { BankPaper, BankPart, Tender, TenderBalance } from '../../shared/ledger/facts.ts'
import { add, type Cents, negate, subtract, sum, ZERO } from '../../shared/money.ts'
import { paperKey } from '../../shared/rules/check-count.ts'
import { asLoose, type CountedPiece, countedPieces } from '../../shared/rules/denominations.ts'
import { depositableCash } from '../../shared/rules/deposit-cash.ts'
import { rebuildFloat } from '../../shared/rules/float-rebuild.ts'
import { humanNumber } from '../../shared/rules/human-number.ts'
import { splitByBank } from '../../shared/rules/split-by-bank.ts'
import type { Settings } from '../../shared/settings.ts'

export interface Closing {
  session: Session
  settings: Settings
  countId: string
  /** What the last count found. */
  found: { pieces: CountedPiece[]; balances: TenderBalance[] }
  /** Who takes the drawer over; null where it is closed for good. */
  handToId: string | null
  reason: string
  approvedBy: string | null
}

/** Closes a counted session. All of its money is either left in the drawer or in one of its parts for the bank. */
export function appendClosed(tx: Writer, closing: Closing): void {
  const { session, settings, handToId } = closing
  const { balances } = closing.found
  const till = tillNow(tx)
  const cash = sessionTenders(tx, session.sessionId).find(row => row.tender === 'cash')
  if (!cash) throw new Error(`Session ${session.sessionId} has no cash row`)
  const countedCents = balances.find(balance => balance.tender === 'cash')?.countedCents ?? ZERO
  const stays = whatStays(closing, countedCents)
  const leavingCents = subtract(countedCents, stays.leftCents)
  const zNo = till.last_z_no + 1
  tx.append(
    'drawer.closed',
    {
      sessionId: session.sessionId,
      drawerId: session.drawerId,
      countId: closing.countId,
      zNo,
      zNumber: humanNumber(till, zNo, 'Z'),
      floatCents: cash.floatCents,
      balances,
      reason: closing.reason,
      approvedBy: closing.approvedBy,
      overShortGlAccount: settings.overShortGlAccount,
      ...stays,
      handToId,
      banks: bankParts(tx, closing, add(leavingCents, cash.turnedInCents)),
    },
    session.businessDate,
  )
}

/** The float stays, in the city's mix; a drawer that is handed over keeps all of its cash. */
function whatStays({ session, settings, found: { pieces }, handToId }: Closing, countedCents: Cents) {
  const everything = { leftCents: countedCents, leftPieces: pieces, leavingPieces: [] }
  if (handToId !== null) return everything
  const leavingCents = depositableCash(countedCents, session.fundCents)
  if (leavingCents === ZERO) return everything
  const { denominations, drawerControl } = settings
  const mix = rebuildFloat({
    counted: asLoose(pieces),
    floatCents: session.fundCents,
    wanted: drawerControl.wantedPieces,
    denominations,
  })
  return {
    leftCents: session.fundCents,
    // Where no mix of what was counted makes the float, the cashier changes a note first and says so then.
    leftPieces: mix === null ? [] : countedPieces(mix.kept, denominations),
    leavingPieces: mix === null ? [] : countedPieces(mix.leaving, denominations),
  }
}

function bankParts(tx: Writer, { session, settings, countId }: Closing, cashCents: Cents): BankPart[] {
  const tenders = bankedPaperTenders(tx)
  // What was counted, not what should have been: a paper that is missing can not go into the bag.
  const papers = [...turnedInItems(tx, session.sessionId, tenders), ...countedItems(tx, countId, tenders)]
  const { bankRules, defaultBankAccountId } = settings.drawerControl
  const parts =
    bankRules.length === 0
      ? [{ bankAccountId: null, cashCents, items: papers, dueCents: ZERO }]
      : partsByRule(tx, { session, settings, papers, tenders, cashCents, defaultBankAccountId })
  return parts.filter(part => part.cashCents !== ZERO || part.items.length > 0)
}

interface Splitting {
  session: Session
  settings: Settings
  papers: BankPaper[]
  tenders: Tender[]
  cashCents: Cents
  defaultBankAccountId: string | null
}

function partsByRule(tx: Writer, { session, settings, papers, tenders, cashCents, ...given }: Splitting) {
  const defaultBankAccountId = given.defaultBankAccountId ?? firstActiveBank(tx)
  const { roundingGlAccount, drawerControl } = settings
  const shares = splitByBank({
    rules: drawerControl.bankRules,
    defaultBankAccountId,
    receipts: bankedReceipts(tx, session.sessionId, { papers: tenders, roundingGlAccount }),
    cashToDepositCents: cashCents,
  })
  const bankOf = new Map(
    shares.flatMap(share => share.items.map(item => [paperKey(item), share.bankAccountId])),
  )
  return shares.map(share => {
    const items = papers.filter(
      paper => (bankOf.get(paperKey(paper)) ?? defaultBankAccountId) === share.bankAccountId,
    )
    const given = add(share.cashCents, sum(items.map(item => item.cents)))
    return {
      bankAccountId: share.bankAccountId,
      cashCents: share.cashCents,
      items,
      dueCents: add(share.entitledCents, negate(given)),
    }
  })
}

function firstActiveBank(reader: Reader): string {
  const first = allBankAccounts(reader).find(bank => bank.active)
  if (!first) throw new Error('No bank account: the till is not set up')
  return first.bankAccountId
}

/** What a session's close states: its Z number, what stays in the drawer, and whose bank account gets the rest. */

import type { Reader } from '../../../db/ledger/reader.ts'
import type { Writer } from '../../../db/ledger/writer.ts'
import { type Session, sessionTenders } from '../../../db/queries/session/session.ts'
import { bankedReceipts, countedItems, turnedInItems } from '../../../db/queries/session/session-money.ts'
import { allBankAccounts, bankedInstrumentTenders } from '../../../db/queries/setup.ts'
import { tillNow } from '../../../db/queries/till.ts'
import type { BankInstrument } from '../../../shared/ledger/pieces.ts'
import type { BankPart, TenderBalance } from '../../../shared/ledger/session.ts'
import { add, type Cents, negate, subtract, sum, ZERO } from '../../../shared/money.ts'
import { asLoose, type CountedPiece, countedPieces } from '../../../shared/rules/cash/denominations.ts'
import { depositableCash } from '../../../shared/rules/deposit/deposit-cash.ts'
import { splitByBank } from '../../../shared/rules/deposit/split-by-bank.ts'
import { rebuildChangeFund } from '../../../shared/rules/session/change-fund.ts'
import { instrumentKey } from '../../../shared/rules/session/check-count.ts'
import { humanNumber } from '../../../shared/rules/text/human-number.ts'
import type { Settings } from '../../../shared/settings/index.ts'
import { CASH, type Tender } from '../../../shared/tenders.ts'

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
  const cash = sessionTenders(tx, session.sessionId).find(row => row.tender === CASH)
  if (!cash) throw new Error(`Session ${session.sessionId} has no cash row`)
  const countedCents = balances.find(balance => balance.tender === CASH)?.countedCents ?? ZERO
  const stays = whatStays(closing, countedCents)
  const leavingCents = subtract(countedCents, stays.leftCents)
  const zNo = till.last_z_no + 1
  tx.append(
    'session.closed',
    {
      sessionId: session.sessionId,
      drawerId: session.drawerId,
      countId: closing.countId,
      zNo,
      zNumber: humanNumber(till, zNo, 'Z'),
      openingCents: cash.openingCents,
      till: {
        receipts: till.total_receipts,
        postedCents: till.total_posted_cents,
        voidedCents: till.total_voided_cents,
      },
      balances,
      reason: closing.reason,
      approvedBy: closing.approvedBy,
      overShortGlAccount: settings.overShortGlAccount,
      ...stays,
      handToId,
      banks: bankParts(tx, closing, add(leavingCents, cash.turnedInCents)),
    },
    { businessDate: session.businessDate },
  )
}

/** The change fund stays, in the city's mix; a drawer that is handed over keeps all of its cash. */
function whatStays({ session, settings, found: { pieces }, handToId }: Closing, countedCents: Cents) {
  const everything = { leftCents: countedCents, leftPieces: pieces, leavingPieces: [] }
  if (handToId !== null) return everything
  const leavingCents = depositableCash(countedCents, session.changeFundCents)
  if (leavingCents === ZERO) return everything
  const { denominations, wantedPieces } = settings
  const mix = rebuildChangeFund({
    counted: asLoose(pieces),
    changeFundCents: session.changeFundCents,
    wanted: wantedPieces,
    denominations,
  })
  return {
    leftCents: session.changeFundCents,
    // Where no mix of what was counted makes the change fund, the cashier changes a note first and says so then.
    leftPieces: mix === null ? [] : countedPieces(mix.kept, denominations),
    leavingPieces: mix === null ? [] : countedPieces(mix.leaving, denominations),
  }
}

function bankParts(tx: Writer, { session, settings, countId }: Closing, cashCents: Cents): BankPart[] {
  const tenders = bankedInstrumentTenders(tx)
  // What was counted, not what should have been: an instrument that is missing cannot go into the bag.
  const instruments = [
    ...turnedInItems(tx, session.sessionId, tenders),
    ...countedItems(tx, countId, tenders),
  ]
  const { bankRules, defaultBankAccountId } = settings
  const parts =
    bankRules.length === 0
      ? [{ bankAccountId: null, cashCents, items: instruments, dueCents: ZERO }]
      : partsByRule(tx, { session, settings, instruments, tenders, cashCents, defaultBankAccountId })
  return parts.filter(part => part.cashCents !== ZERO || part.items.length > 0)
}

interface Splitting {
  session: Session
  settings: Settings
  instruments: BankInstrument[]
  tenders: Tender[]
  cashCents: Cents
  defaultBankAccountId: string | null
}

function partsByRule(
  tx: Writer,
  { session, settings, instruments, tenders, cashCents, ...given }: Splitting,
) {
  const defaultBankAccountId = given.defaultBankAccountId ?? firstActiveBank(tx)
  const shares = splitByBank({
    rules: settings.bankRules,
    defaultBankAccountId,
    receipts: bankedReceipts(tx, session.sessionId, tenders),
    cashToDepositCents: cashCents,
  })
  const bankOf = new Map(
    shares.flatMap(share => share.items.map(item => [instrumentKey(item), share.bankAccountId])),
  )
  return shares.map(share => {
    const items = instruments.filter(
      instrument => (bankOf.get(instrumentKey(instrument)) ?? defaultBankAccountId) === share.bankAccountId,
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

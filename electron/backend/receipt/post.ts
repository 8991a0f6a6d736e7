/** Posting a receipt: the one operation that takes money. */
import { type PostingPlace, postingPlaceOf } from '../../../db/queries/posting-place.ts'
import { verificationCode } from '../../../shared/ledger/chain.ts'
import { partLines } from '../../../shared/ledger/receipt.ts'
import { type Cents, sum, ZERO } from '../../../shared/money.ts'
import { largestBill } from '../../../shared/rules/cash/denominations.ts'
import { settle } from '../../../shared/rules/receipt/settle.ts'
import { humanNumber } from '../../../shared/rules/text/human-number.ts'
import { CASH } from '../../../shared/tenders.ts'
import { refuseAtLimit } from '../request/cash-limit.ts'
import { factIn, type Operation, write } from '../request/commands.ts'
import { os } from '../request/guard.ts'
import { makeLines } from './lines.ts'
import { notedPieces } from './pieces.ts'
import type { PostErrors, PostInput, PostOutput, PostScope } from './post-scope.ts'
import { makeTenders } from './tenders.ts'

const HOUR_MS = 3_600_000

/** The session that may take money now, with its cash and the till's numbers. */
function openPlace({ tx, person, errors, settings, nowMs }: PostScope): PostingPlace {
  const place = postingPlaceOf(tx, person.personId)
  if (!place) throw errors.NO_OPEN_SESSION()
  if (place.state !== 'open') throw errors.SESSION_COUNTED()
  const hours = Math.floor((nowMs - place.openedAtMs) / HOUR_MS)
  // A clock that jumped years ahead must not stop the line: only a plausible age is taken for one.
  if (hours >= settings.maxSessionHours && hours < 24 * 366) throw errors.SESSION_TOO_OLD({ data: { hours } })
  return place
}

const postReceipt: Operation<PostInput, PostErrors, PostOutput> = {
  decide(scope) {
    const { tx, input, errors, settings } = scope
    const place = openPlace(scope)
    if (input.tenders.some(({ tender }) => tender === CASH))
      refuseAtLimit(errors, place, settings.warnPercent)
    const lines = makeLines(scope, place.businessDate)
    const cashOnlyAccount = lines.find(made => made.cashOnlyAccount !== null)?.cashOnlyAccount ?? null
    const { tenders, types } = makeTenders(scope, { sessionId: place.sessionId, cashOnlyAccount })
    const totalCents = sum(lines.map(made => made.line.cents))
    if (totalCents !== input.totalCents) throw errors.TOTAL_CHANGED({ data: { totalCents } })
    const largestBillCents = largestBill(settings.denominations)
    const settled = settle({
      lineCents: lines.map(made => made.line.cents),
      tenders,
      policies: types,
      rounding: settings.rounding,
      largestBillCents,
    })
    if (!settled.ok) throw settleRefusal(errors, settled, largestBillCents)
    const receiptNo = place.lastReceiptNo + 1
    const stated = partLines(lines.map(made => made.line))
    tx.append(
      'receipt.posted',
      {
        receiptId: input.commandId,
        receiptNo,
        number: humanNumber(place.till, receiptNo),
        sessionId: place.sessionId,
        totalCents: settled.totalCents,
        tenderedCents: settled.tenderedCents,
        rounding:
          settled.roundingCents === ZERO
            ? null
            : { cents: settled.roundingCents, glAccount: settings.roundingGlAccount },
        changeCents: settled.changeCents,
        lines: stated.lines,
        tenders,
        pieces: notedPieces(scope, tenders, settled.changeCents),
      },
      { businessDate: place.businessDate, words: { texts: stated.texts, salt: input.salt } },
    )
  },
  answer(facts) {
    const { body, hash } = factIn(facts, 'receipt.posted')
    return {
      receiptId: body.receiptId,
      number: body.number,
      totalCents: body.totalCents,
      changeCents: body.changeCents,
      verificationCode: verificationCode(hash),
    }
  },
}

function settleRefusal(
  errors: PostErrors,
  settled: Extract<ReturnType<typeof settle>, { ok: false }>,
  largestBillCents: Cents,
): Error {
  switch (settled.reason) {
    case 'under-tendered':
      return errors.UNDER_TENDERED({ data: { shortCents: settled.shortCents ?? ZERO } })
    case 'change-not-allowed':
      return errors.CHANGE_NOT_ALLOWED()
    case 'change-too-large':
      return errors.CHANGE_TOO_LARGE({ data: { largestBillCents } })
    default:
      // Lines and tenders were made by the rules that refuse these.
      return new Error(`A checked receipt does not settle: ${settled.reason}`)
  }
}

export const post = os.receipt.post.handler(write(postReceipt))

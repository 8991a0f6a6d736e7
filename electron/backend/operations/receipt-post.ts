/** Posting a receipt: the one operation that takes money. */
import { cashInDrawer, type Session, unclosedSessionOf } from '../../../db/queries/sessions.ts'
import { tillOf } from '../../../db/queries/setup.ts'
import type { LineInput, TenderInput } from '../../../shared/contract/receipt.ts'
import { verificationCode } from '../../../shared/ledger/chain.ts'
import { type Cents, sum, ZERO } from '../../../shared/money.ts'
import { humanNumber } from '../../../shared/rules/human-number.ts'
import { settle } from '../../../shared/rules/settle.ts'
import { factIn, type Operation, type Scope, write } from '../commands.ts'
import { os } from '../guard.ts'
import { makeLines } from './receipt-lines.ts'
import { makeTenders } from './receipt-tenders.ts'

export interface PostInput {
  commandId: string
  lines: LineInput[]
  tenders: TenderInput[]
  totalCents: Cents
}
type PostHandler = Parameters<typeof os.receipt.post.handler>[0]
export type PostErrors = Parameters<PostHandler>[0]['errors']
type PostOutput = Awaited<ReturnType<PostHandler>>
type PostScope = Scope<PostInput, PostErrors>

const HOUR_MS = 3_600_000

/** The session that may take money now. */
function openSession({ tx, person, errors, settings, nowMs }: PostScope): Session {
  const session = unclosedSessionOf(tx, person.personId)
  if (!session) throw errors.NO_OPEN_SESSION()
  if (session.state !== 'open') throw errors.SESSION_COUNTED()
  const hours = Math.floor((nowMs - session.openedAtMs) / HOUR_MS)
  // A clock that jumped years ahead must not stop the line: only a plausible age is taken for one.
  if (hours >= settings.maxSessionHours && hours < 24 * 366) throw errors.SESSION_TOO_OLD({ data: { hours } })
  return session
}

const postReceipt: Operation<PostInput, PostErrors, PostOutput> = {
  decide(scope) {
    const { tx, input, errors, settings } = scope
    const session = openSession(scope)
    const lines = makeLines(scope, session.businessDate)
    const cashOnlyAccount = lines.find(made => made.cashOnlyAccount !== null)?.cashOnlyAccount ?? null
    const { tenders, types } = makeTenders(scope, cashOnlyAccount)
    const totalCents = sum(lines.map(made => made.line.cents))
    if (totalCents !== input.totalCents) throw errors.TOTAL_CHANGED({ data: { totalCents } })
    const settled = settle({
      lineCents: lines.map(made => made.line.cents),
      tenders,
      policies: types,
      rounding: settings.rounding,
      cashInDrawerCents: cashInDrawer(tx, session.sessionId),
    })
    if (!settled.ok) throw settleRefusal(errors, settled)
    const till = tillOf(tx)
    if (!till) throw new Error('No till')
    const receiptNo = till.last_receipt_no + 1
    tx.append(
      'receipt.posted',
      {
        receiptId: input.commandId,
        receiptNo,
        number: humanNumber(till, receiptNo),
        sessionId: session.sessionId,
        totalCents: settled.totalCents,
        tenderedCents: settled.tenderedCents,
        roundingCents: settled.roundingCents,
        changeCents: settled.changeCents,
        lines: lines.map(made => made.line),
        tenders,
      },
      session.businessDate,
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
): Error {
  switch (settled.reason) {
    case 'under-tendered':
      return errors.UNDER_TENDERED({ data: { shortCents: settled.shortCents ?? ZERO } })
    case 'change-not-allowed':
      return errors.CHANGE_NOT_ALLOWED()
    case 'change-exceeds-drawer':
      return errors.CHANGE_EXCEEDS_DRAWER()
    default:
      // Lines and tenders were made by the rules that refuse these.
      return new Error(`A checked receipt does not settle: ${settled.reason}`)
  }
}

export const post = os.receipt.post.handler(write(postReceipt))

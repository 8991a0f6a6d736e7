/** What the Window may be told of the money in the drawer while it is open: what to give back, and what runs low. */

import type { Reader } from '../../../db/ledger/reader.ts'
import { latestReceiptOf, receiptById } from '../../../db/queries/receipt/receipt.ts'
import { type Session, unclosedSessionOf } from '../../../db/queries/session/session.ts'
import { givenPieces, stockBeforeChange, stockOf } from '../../../db/queries/session/stock.ts'
import { settingsOf } from '../../../db/queries/setup.ts'
import type { ReceiptRow } from '../../../shared/ledger/rows/receipt-rows.ts'
import { denominationKey, type PieceCount } from '../../../shared/rules/cash/denominations.ts'
import { runningLow } from '../../../shared/rules/cash/likely-stock.ts'
import { usualChange } from '../../../shared/rules/cash/usual-change.ts'
import type { Settings } from '../../../shared/settings/index.ts'
import { signedIn } from '../request/commands.ts'
import { os } from '../request/guard.ts'

export const changeAdvice = os.session.changeAdvice.handler(({ input, context, errors }) => {
  const { reader } = context.backend.ledger
  const session = unclosedSessionOf(reader, signedIn(context).personId)
  const settings = settingsOf(reader)
  if (!session || !settings) throw errors.NO_OPEN_SESSION()
  const receipt = input.receiptId === null ? undefined : receiptById(reader, input.receiptId)
  if (input.receiptId !== null && receipt?.session_id !== session.sessionId) throw errors.UNKNOWN_RECEIPT()
  const labels = new Map(settings.denominations.map(of => [denominationKey(of), of.label]))
  const named = <P extends Pick<PieceCount, 'valueCents' | 'kind'>>(of: P) => ({
    ...of,
    label: labels.get(denominationKey(of)) ?? '',
  })
  const change = receipt ? changeFor(reader, session, settings, receipt) : { pieces: [], isThere: true }
  const runningLow = low(reader, session, settings).map(of => ({ label: named(of).label }))
  return {
    pieces: change.pieces.map(({ valueCents, kind, pieces }) => named({ valueCents, kind, pieces })),
    isThere: change.isThere,
    runningLow,
  }
})

interface Change {
  pieces: Omit<PieceCount, 'bundles'>[]
  isThere: boolean
}

/** The pieces that were noted as given, or else the fewest out of what the drawer likely held before. */
function changeFor(reader: Reader, session: Session, settings: Settings, receipt: ReceiptRow): Change {
  const { receipt_id: receiptId, change_cents: changeCents } = receipt
  const { denominations } = settings
  const given = givenPieces(reader, receiptId)
  if (given !== null) return { pieces: given, isThere: true }
  const isInHand =
    session.state === 'open' &&
    receipt.state === 'posted' &&
    latestReceiptOf(reader, session.sessionId) === receiptId
  // The change of an earlier receipt was given long ago: what is there now has nothing to do with it.
  if (!isInHand) return { pieces: usualChange(changeCents, [], denominations).pieces, isThere: true }
  const { pieces, fromStock } = usualChange(
    changeCents,
    stockBeforeChange(reader, { receiptId, sessionId: session.sessionId }, denominations).pieces,
    denominations,
  )
  return { pieces, isThere: fromStock }
}

/** A counted drawer gives no change any more, and a city without marks is told nothing. */
function low(reader: Reader, session: Session, { denominations, lowPieces }: Settings) {
  if (lowPieces.length === 0 || session.state !== 'open') return []
  return runningLow(stockOf(reader, session, denominations).pieces, lowPieces)
}

/** The safe: what its book says is in it, and two people counting it. */

import type { Reader } from '../../../db/ledger/reader.ts'
import { personNames } from '../../../db/queries/person.ts'
import { safeCents, safeEntries, safeInstruments, safePieces, worthOf } from '../../../db/queries/safe.ts'
import { settingsNow } from '../../../db/queries/setup.ts'
import type { SafeContent } from '../../../shared/contract/safe.ts'
import { netPieces, type PieceChange } from '../../../shared/ledger/pieces.ts'
import { subtract, sum, times, ZERO } from '../../../shared/money.ts'
import { denominationKey } from '../../../shared/rules/cash/denominations.ts'
import { approvedWrite, factIn } from '../request/commands.ts'
import { os } from '../request/guard.ts'
import { keptPieces } from '../request/pieces.ts'
import { normalizedText } from '../request/texts.ts'

function entriesOf(reader: Reader): SafeContent['entries'] {
  const nameOf = personNames(reader)
  return safeEntries(reader).map(row => ({
    entryId: row.entry_id,
    kind: row.kind,
    number: row.number,
    atMs: row.at,
    personName: nameOf(row.person_id),
    secondPersonName: row.second_person_id === null ? null : nameOf(row.second_person_id),
    cents: row.cents,
    reason: row.reason,
  }))
}

export const content = os.safe.content.handler(({ context }) => {
  const { reader } = context.backend.ledger
  const pieces = safePieces(reader)
  const instruments = safeInstruments(reader)
  const cashCents = safeCents(reader)
  return {
    denominations: settingsNow(context.backend.ledger.reader).denominations,
    cashCents,
    pieces: pieces.map(piece => ({ ...piece, cents: times(piece.valueCents, piece.pieces) })),
    unsortedCents: subtract(cashCents, worthOf(pieces)),
    instruments,
    instrumentsCents: sum(instruments.map(instrument => instrument.cents)),
    entries: entriesOf(reader),
  }
})

/** What was found less what the book holds, denomination by denomination. */
function differencesTo(book: readonly PieceChange[], found: readonly PieceChange[]): PieceChange[] {
  const held = new Map(book.map(piece => [denominationKey(piece), piece]))
  const more = found.map(piece => {
    const before = held.get(denominationKey(piece))?.pieces ?? 0
    held.delete(denominationKey(piece))
    return { ...piece, pieces: piece.pieces - before }
  })
  const gone = [...held.values()].map(piece => ({ ...piece, pieces: -piece.pieces }))
  return [...more, ...gone].filter(piece => piece.pieces !== 0)
}

export const count = os.safe.count.handler(
  approvedWrite({
    decide({ tx, input, errors, settings, approver, backend }) {
      const found = keptPieces(input.pieces, settings.denominations, errors)
      const reason = normalizedText('reason', input.reason, { maxLength: 200 })
      const expectedCents = safeCents(tx)
      const differenceCents = subtract(found.cents, expectedCents)
      if (differenceCents !== ZERO && reason === '')
        throw errors.REASON_MISSING({ data: { differenceCents } })
      if (!approver) throw errors.APPROVAL_NEEDED()
      tx.append('safe.counted', {
        safeCountId: backend.newId(),
        pieces: found.pieces,
        cents: found.cents,
        expectedCents,
        differences: differencesTo(safePieces(tx), netPieces(found.pieces, [])),
        reason,
        witnessId: approver.personId,
      })
    },
    answer(facts) {
      const { cents, expectedCents } = factIn(facts, 'safe.counted').body
      return { cents, differenceCents: subtract(cents, expectedCents) }
    },
  }),
)

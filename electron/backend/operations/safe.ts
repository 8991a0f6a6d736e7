/** The safe: what its book says is in it, and two people counting it. */

import { personNames } from '../../../db/queries/people.ts'
import { safeCents, safeEntries, safePapers, safePieces, worthOf } from '../../../db/queries/safe.ts'
import { settingsNow } from '../../../db/queries/setup.ts'
import type { Reader } from '../../../db/reader.ts'
import type { SafeContent } from '../../../shared/contract/safe.ts'
import { netPieces, type SafePiece } from '../../../shared/ledger/project-pieces.ts'
import { subtract, sum, times, ZERO } from '../../../shared/money.ts'
import { denominationKey } from '../../../shared/rules/denominations.ts'
import { approvedWrite, factIn } from '../commands.ts'
import { os } from '../guard.ts'
import { keptPieces } from '../movement.ts'
import { keptText } from '../texts.ts'

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
  const papers = safePapers(reader)
  const cashCents = safeCents(reader)
  return {
    denominations: settingsNow(context.backend.ledger.reader).denominations,
    cashCents,
    pieces: pieces.map(piece => ({ ...piece, cents: times(piece.valueCents, piece.pieces) })),
    unsortedCents: subtract(cashCents, worthOf(pieces)),
    papers,
    papersCents: sum(papers.map(paper => paper.cents)),
    entries: entriesOf(reader),
  }
})

/** What was found less what the book holds, denomination by denomination. */
function differencesTo(book: readonly SafePiece[], found: readonly SafePiece[]): SafePiece[] {
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
      const reason = keptText('reason', input.reason, { maxLength: 200 })
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

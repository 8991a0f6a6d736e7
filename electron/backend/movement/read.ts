/** Movements without a receipt as they are listed, shown and printed. */

import type { Reader } from '../../../db/ledger/reader.ts'
import {
  movementById,
  movementItems,
  movementPieces,
  movementsBetween,
} from '../../../db/queries/movement.ts'
import { personNames } from '../../../db/queries/person.ts'
import { sessionById, unclosedSessionOf } from '../../../db/queries/session/session.ts'
import { allTenderTypes, drawerById, settingsNow, tenderNames } from '../../../db/queries/setup.ts'
import type { MovementView } from '../../../shared/contract/movement.ts'
import { verificationCode } from '../../../shared/ledger/chain.ts'
import type { MovementRow } from '../../../shared/ledger/movement.ts'
import { pdfFile } from '../documents/page/pdf-file.ts'
import { signedIn } from '../request/commands.ts'
import { os } from '../request/guard.ts'
import { toldInstrument } from '../request/instruments.ts'
import { instrumentsInDrawer } from './turn-in.ts'

export const sheet = os.movement.sheet.handler(({ context, errors }) => {
  const { reader } = context.backend.ledger
  const session = unclosedSessionOf(reader, signedIn(context).personId)
  if (!session) throw errors.NO_OPEN_SESSION()
  const types = allTenderTypes(reader)
  const { denominations, paidCategories, paidApprovalCents } = settingsNow(context.backend.ledger.reader)
  return {
    sessionId: session.sessionId,
    denominations,
    // Without amounts: each of the two people reads them off the instruments.
    items: instrumentsInDrawer(reader, session).map(item => ({
      ...toldInstrument(item, types),
      receiptNumber: item.receiptNumber,
    })),
    categories: paidCategories,
    paidApprovalCents,
  }
})

type MovementSummary = Omit<MovementView, 'piecesIn' | 'piecesOut' | 'items'>

function summaryIn(reader: Reader): (row: MovementRow) => MovementSummary {
  const nameOf = personNames(reader)
  return row => {
    const session = sessionById(reader, row.session_id)
    return {
      movementId: row.movement_id,
      number: row.number,
      kind: row.kind,
      sessionId: row.session_id,
      sessionNumber: session?.number ?? '',
      drawerName: (session && drawerById(reader, session.drawerId)?.name) ?? '',
      businessDate: row.business_date,
      atMs: row.at,
      personName: nameOf(row.person_id),
      secondPersonName: row.second_person_id === null ? null : nameOf(row.second_person_id),
      category: row.category,
      glAccount: row.gl_account,
      reason: row.reason,
      documentNumber: row.document_number,
      cashCents: row.cash_cents,
      itemsCents: row.items_cents,
      verificationCode: verificationCode(row.hash),
    }
  }
}

/** A movement with everything on its slip. */
function movementView(reader: Reader, movementId: string): MovementView | undefined {
  const row = movementById(reader, movementId)
  return (
    row && {
      ...summaryIn(reader)(row),
      piecesIn: movementPieces(reader, movementId, 'in'),
      piecesOut: movementPieces(reader, movementId, 'out'),
      items: movementItems(reader, movementId).map(item => ({
        ...item,
        tenderName: tenderNames(reader)(item.tender),
      })),
    }
  )
}

export const list = os.movement.list.handler(({ input, context }) => {
  const { reader } = context.backend.ledger
  return movementsBetween(reader, input.fromDate, input.toDate).map(summaryIn(reader))
})

export const get = os.movement.get.handler(({ input, context, errors }) => {
  const view = movementView(context.backend.ledger.reader, input.movementId)
  if (!view) throw errors.UNKNOWN_MOVEMENT()
  return view
})

export const document = os.movement.document.handler(async ({ input, context, errors }) => {
  const { backend } = context
  const movement = movementView(backend.ledger.reader, input.movementId)
  if (!movement) throw errors.UNKNOWN_MOVEMENT()
  const settings = settingsNow(backend.ledger.reader)
  return pdfFile(movement.number, await backend.jobs.run('movement-slip-pdf', { movement, settings }))
})

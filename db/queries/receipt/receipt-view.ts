/** A whole receipt as screens and papers show it. */

import type { ReceiptView, ShownTender } from '../../../shared/contract/receipt.ts'
import { verificationCode } from '../../../shared/ledger/chain.ts'
import type { ReceiptTender } from '../../../shared/ledger/receipt.ts'
import type { ReceiptRow } from '../../../shared/ledger/rows/receipt-rows.ts'
import { tenderLabels, toldDetails } from '../../../shared/tenders.ts'
import type { Reader } from '../../ledger/reader.ts'
import { personNames } from '../person.ts'
import { sessionById } from '../session/session.ts'
import { allTenderTypes, drawerById } from '../setup.ts'
import { linesOf, receiptById, tendersOf } from './receipt.ts'

/** What the ledger knows of a posting: nothing. Whoever knows the line to central says more. */
const HELD: ReceiptView['posting'] = { state: 'held', reference: null, reason: null, atMs: null }

export function receiptView(reader: Reader, receiptId: string): ReceiptView | undefined {
  const row = receiptById(reader, receiptId)
  if (!row) return undefined
  const session = sessionById(reader, row.session_id)
  const nameOf = personNames(reader)
  return {
    receiptId: row.receipt_id,
    number: row.number,
    seq: row.seq,
    sessionId: row.session_id,
    sessionNumber: session?.number ?? '',
    sessionOpen: session?.state === 'open',
    drawerName: (session && drawerById(reader, session.drawerId)?.name) ?? '',
    cashierId: row.cashier_id,
    cashierName: nameOf(row.cashier_id),
    postedAtMs: row.posted_at,
    businessDate: row.business_date,
    state: row.state,
    posting: HELD,
    totalCents: row.total_cents,
    tenderedCents: row.tendered_cents,
    roundingCents: row.rounding_cents,
    changeCents: row.change_cents,
    verificationCode: verificationCode(row.hash),
    printCount: row.print_count,
    voided: voidOf(row, nameOf),
    lines: linesOf(reader, receiptId),
    tenders: tendersOf(reader, receiptId).map(shownTender(reader)),
  }
}

function voidOf(row: ReceiptRow, nameOf: (personId: string) => string): ReceiptView['voided'] {
  if (row.state !== 'voided') return null
  return {
    atMs: row.voided_at ?? 0,
    reason: row.void_reason ?? '',
    byName: nameOf(row.voided_by ?? ''),
    approvedByName: nameOf(row.void_approved_by ?? ''),
  }
}

function shownTender(reader: Reader): (tender: ReceiptTender) => ShownTender {
  const types = new Map(allTenderTypes(reader).map(type => [type.tender, type]))
  return tender => {
    const { tender: name } = tender
    const type = types.get(name) ?? { tender: name, kind: name, name, nameEs: '' }
    const details = toldDetails(type, tender.details)
    return { ...tender, details, kind: type.kind, labels: tenderLabels(type) }
  }
}

/** Instruments as people look for them, in a drawer or on a count sheet. */
import type { SessionItem } from '../../../db/queries/session/session.ts'
import type { CountSheet } from '../../../shared/contract/session-fields.ts'
import { shownDetails, type TenderType } from '../../../shared/tenders.ts'

/** An instrument as somebody looks for it in the drawer. */
export function toldInstrument(
  { receiptId, tenderNo, tender, reference, details }: SessionItem,
  types: readonly TenderType[],
): CountSheet['items'][number] {
  const type = types.find(one => one.tender === tender)
  const shown = type === undefined ? [] : shownDetails(type, details, labels => labels.en)
  return { receiptId, tenderNo, tender, reference, shown }
}

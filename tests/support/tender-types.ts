import { standardTenders, type Tender, type TenderType } from '../../shared/tenders.ts'

/** A tender type as a new city has it, taken from the start. */
export function tenderType(tender: Tender, change: Partial<TenderType> = {}): TenderType {
  const type = standardTenders().find(candidate => candidate.tender === tender)
  if (type === undefined) throw new Error(`No tender ${tender}`)
  return { ...type, active: true, ...change }
}

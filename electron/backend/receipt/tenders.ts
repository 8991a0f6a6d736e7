/** What the customer handed over, checked by the rules of each tender type. */
import { sessionTenders } from '../../../db/queries/session/session.ts'
import { allTenderTypes } from '../../../db/queries/setup.ts'
import type { TenderInput } from '../../../shared/contract/receipt.ts'
import type { ReceiptTender } from '../../../shared/ledger/receipt.ts'
import { type TenderDetails, type TenderType, tenderKind } from '../../../shared/tenders.ts'
import { openedDetails } from '../request/check-seal.ts'
import { normalizedText } from '../request/texts.ts'
import type { PostScope } from './post-scope.ts'

export interface MadeTenders {
  tenders: ReceiptTender[]
  types: TenderType[]
}

/** What the tenders go into, and what stands against some of them. */
interface TenderPlace {
  sessionId: string
  /** Number of an account that takes no checks; null where none of them is such. */
  cashOnlyAccount: string | null
}

/** The tenders as they are kept; refuses the first that this city does not accept as it is. */
export function makeTenders(scope: PostScope, place: TenderPlace): MadeTenders {
  const known = allTenderTypes(scope.tx)
  const types = known.filter(type => type.active)
  if (scope.input.tenders.length === 0) throw scope.errors.NO_TENDER()
  const balanced = new Set(sessionTenders(scope.tx, place.sessionId).map(row => row.tender))
  return {
    types,
    tenders: scope.input.tenders.map(given => {
      const type = types.find(candidate => candidate.tender === given.tender)
      if (!type) {
        const name = known.find(({ tender }) => tender === given.tender)?.name ?? given.tender
        throw scope.errors.TENDER_NOT_ACCEPTED({ data: { name } })
      }
      // What is balanced in a session is fixed when it opens: a type that is newer has no row to be counted in.
      if (!balanced.has(type.tender))
        throw scope.errors.TENDER_FROM_NEXT_SESSION({ data: { name: type.name } })
      return makeTender(scope, type, { given, cashOnlyAccount: place.cashOnlyAccount })
    }),
  }
}

function makeTender(
  { errors, backend }: PostScope,
  type: TenderType,
  { given, cashOnlyAccount }: { given: TenderInput; cashOnlyAccount: string | null },
): ReceiptTender {
  const { tender, cents } = given
  if (cents <= 0) throw errors.TENDER_NOT_POSITIVE({ data: { name: type.name } })
  if (tenderKind(type).refusedWhenCashOnly && cashOnlyAccount !== null)
    throw errors.CASH_ONLY({ data: { number: cashOnlyAccount } })
  const reference = normalizedText('reference', given.reference, { maxLength: 40 })
  if (type.referenceRequired && reference === '')
    throw errors.REFERENCE_MISSING({ data: { what: type.name } })
  return {
    tender,
    cents,
    reference,
    details: keptDetails(type, openedDetails(backend.tillKey, tenderKind(type), given.details), errors),
  }
}

/** What the type's kind asks for, each as it may be kept; whatever else came in is not. */
function keptDetails(type: TenderType, given: TenderDetails, errors: PostScope['errors']): TenderDetails {
  const kept: TenderDetails = {}
  for (const { name, maxLength, fits, derived } of tenderKind(type).details) {
    const stated = given[name] ?? ''
    // What the till made of a number is a hash or its end, and is as it has to be or refused.
    const text = derived && fits(stated) ? stated : normalizedText(name, stated, { maxLength })
    if (!fits(text)) throw errors.TENDER_DETAIL_WRONG({ data: { kind: type.kind, detail: name } })
    kept[name] = text
  }
  return kept
}

/** What the customer handed over, checked by the rules of each tender type. */
import { allTenderTypes } from '../../../db/queries/setup.ts'
import type { TenderInput } from '../../../shared/contract/receipt.ts'
import type { ReceiptTender, TenderType } from '../../../shared/ledger/facts.ts'
import { isRoutingNumber } from '../../../shared/rules/aba.ts'
import type { Scope } from '../commands.ts'
import { keptText } from '../texts.ts'
import type { PostErrors, PostInput } from './receipt-post.ts'

type TenderScope = Scope<PostInput, PostErrors>

export interface MadeTenders {
  tenders: ReceiptTender[]
  types: TenderType[]
}

/** The tenders as they are kept; refuses the first that this city does not accept as it is. */
export function makeTenders(scope: TenderScope, cashOnlyAccount: string | null): MadeTenders {
  const types = allTenderTypes(scope.tx).filter(type => type.active)
  if (scope.input.tenders.length === 0) throw scope.errors.NO_TENDER()
  return {
    types,
    tenders: scope.input.tenders.map(tender => makeTender(scope, types, tender, cashOnlyAccount)),
  }
}

function makeTender(
  { errors }: TenderScope,
  types: readonly TenderType[],
  given: TenderInput,
  cashOnlyAccount: string | null,
): ReceiptTender {
  const { tender } = given
  const type = types.find(candidate => candidate.tender === tender)
  if (!type) throw errors.TENDER_NOT_ACCEPTED({ data: { tender } })
  if (given.cents <= 0) throw errors.TENDER_NOT_POSITIVE({ data: { tender } })
  if (tender === 'check' && cashOnlyAccount !== null)
    throw errors.CASH_ONLY({ data: { number: cashOnlyAccount } })
  const reference = keptText('reference', given.reference, { maxLength: 40 })
  if (type.referenceRequired && reference === '')
    throw errors.REFERENCE_MISSING({ data: { what: type.name } })
  const plain = { tender, cents: given.cents, reference, ...NOTHING }
  if (tender === 'check') {
    const { routingNumber, accountLast4, accountHash } = given
    if (routingNumber === null || !isRoutingNumber(routingNumber)) throw errors.ROUTING_NUMBER_WRONG()
    const known = { accountLast4: digits(accountLast4), accountHash: hashOnly(accountHash) }
    if (known.accountLast4 === null || known.accountHash === null) throw errors.CHECK_ACCOUNT_MISSING()
    return { ...plain, routingNumber, ...known }
  }
  if (tender === 'card') {
    const brand = keptText('cardBrand', given.cardBrand ?? '', { maxLength: 20 })
    const approvalCode = keptText('approvalCode', given.approvalCode ?? '', { maxLength: 12 })
    const cardLast4 = digits(given.cardLast4)
    if (brand === '' || approvalCode === '' || cardLast4 === null) throw errors.CARD_DETAILS_MISSING()
    return { ...plain, cardBrand: brand, cardLast4, approvalCode }
  }
  return plain
}

const NOTHING = {
  routingNumber: null,
  accountLast4: null,
  accountHash: null,
  cardBrand: null,
  cardLast4: null,
  approvalCode: null,
} as const

// Four digits or nothing: whatever else came in is not kept.
function digits(text: string | null): string | null {
  return text !== null && /^\d{4}$/.test(text) ? text : null
}

function hashOnly(text: string | null): string | null {
  return text !== null && /^[0-9a-f]{64}$/.test(text) ? text : null
}

/** The lines of a receipt as they are asked for, made into lines as they are kept. */

import { accountView } from '../../../db/queries/account.ts'
import { catalogItemById } from '../../../db/queries/setup.ts'
import type { LineInput } from '../../../shared/contract/receipt.ts'
import type { ReceiptLine } from '../../../shared/ledger/receipt.ts'
import { allocate } from '../../../shared/rules/receipt/allocate.ts'
import { linePrice } from '../../../shared/rules/receipt/price.ts'
import type { BusinessDate } from '../../../shared/time.ts'
import { normalizedText } from '../request/texts.ts'
import type { PostScope } from './post-scope.ts'

/** A kept line, and whether its account takes checks. */
export interface MadeLine {
  line: ReceiptLine
  cashOnlyAccount: string | null
}

/** Prices and allocates every line; refuses the first that cannot be. */
export function makeLines(scope: PostScope, businessDate: BusinessDate): MadeLine[] {
  const { input, errors } = scope
  if (input.lines.length === 0) throw errors.NO_LINES()
  const seen = new Set<string>()
  return input.lines.map((line, index) => {
    if (line.kind === 'catalog') return catalogLine(scope, line, index + 1)
    const made = accountLine(scope, line, index + 1, businessDate)
    // Two lines for one account would both be allocated to the same items.
    if (seen.has(line.accountId)) throw errors.ACCOUNT_TWICE({ data: { number: made.line.accountNumber } })
    seen.add(line.accountId)
    return made
  })
}

function accountLine(
  { tx, backend, errors, settings }: PostScope,
  line: Extract<LineInput, { kind: 'account' }>,
  lineNo: number,
  businessDate: BusinessDate,
) {
  const account = accountView({ ledger: tx, accounts: backend.accounts }, line.accountId, businessDate)
  if (!account) throw errors.UNKNOWN_ACCOUNT({ data: { line: lineNo } })
  if (account.status === 'closed') throw errors.ACCOUNT_CLOSED({ data: { number: account.number } })
  if (line.cents <= 0) throw errors.LINE_NOT_POSITIVE({ data: { line: lineNo } })
  const { number, balanceCents } = account
  if (line.balanceCents !== undefined && line.balanceCents !== balanceCents)
    throw errors.BALANCE_CHANGED({ data: { number, balanceCents } })
  const allocated = allocate({
    payCents: line.cents,
    items: account.items,
    overpay: settings.overpay,
    creditGlAccount: settings.creditGlAccount,
    overrides: line.overrides,
  })
  if (!allocated.ok) throw errors.ALLOCATION_NOT_VALID({ data: { line: lineNo, reason: allocated.reason } })
  return {
    line: {
      kind: 'account' as const,
      accountId: account.accountId,
      accountNumber: account.number,
      name: account.name,
      address: account.address,
      cents: line.cents,
      balanceBeforeCents: account.balanceCents,
      asOfMs: account.asOfMs,
      allocations: allocated.allocations,
    },
    cashOnlyAccount: account.cashOnly ? account.number : null,
  }
}

function catalogLine(
  { tx, errors }: PostScope,
  line: Extract<LineInput, { kind: 'catalog' }>,
  lineNo: number,
): MadeLine {
  const item = catalogItemById(tx, line.catalogItemId)
  if (!item?.active) throw errors.UNKNOWN_CATALOG_ITEM({ data: { line: lineNo } })
  const cents = linePrice(item, line)
  if (cents === null) throw errors.PRICE_NOT_VALID({ data: { line: lineNo } })
  if (cents <= 0) throw errors.LINE_NOT_POSITIVE({ data: { line: lineNo } })
  const reference = normalizedText('reference', line.reference, { maxLength: 80 })
  if (item.referenceLabel !== null && reference === '')
    throw errors.REFERENCE_MISSING({ data: { what: item.referenceLabel } })
  return {
    line: {
      kind: 'catalog',
      catalogItemId: item.catalogItemId,
      code: item.code,
      name: item.name,
      quantity: line.quantity,
      unitPriceCents: item.pricing === 'open' ? line.priceCents : item.priceCents,
      baseCents: line.baseCents,
      rateMillionths: item.pricing === 'percent' ? item.rateMillionths : null,
      reference,
      cents,
      glAccount: item.glAccount,
    },
    cashOnlyAccount: null,
  }
}

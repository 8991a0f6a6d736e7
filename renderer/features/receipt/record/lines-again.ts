/** The lines of a receipt that was voided by mistake, as a basket takes them in again. */

import type { AccountView } from '../../../../shared/contract/account.ts'
import type { LineInput } from '../../../../shared/contract/receipt.ts'
import type { ReceiptLine } from '../../../../shared/ledger/receipt.ts'
import type { CatalogItem } from '../../../../shared/ledger/setup.ts'
import { type AllocationOverride, allocate } from '../../../../shared/rules/receipt/allocate.ts'
import type { Settings } from '../../../../shared/settings/index.ts'

type AccountLine = Extract<ReceiptLine, { kind: 'account' }>

interface Now {
  accounts: readonly AccountView[]
  catalog: readonly CatalogItem[]
  settings: Pick<Settings, 'overpay' | 'creditGlAccount'>
}

/** What each item was paid. */
function paidItems({ allocations }: AccountLine): AllocationOverride[] {
  return allocations.flatMap(({ itemId, cents }) =>
    itemId === null || cents <= 0 ? [] : [{ itemId, cents }],
  )
}

function paidAlike(a: readonly AllocationOverride[], b: readonly AllocationOverride[]): boolean {
  return a.length === b.length && a.every(x => b.some(y => y.itemId === x.itemId && y.cents === x.cents))
}

/** What must be typed for the items so that they are paid as they were: nothing where the payment flows there by itself. */
function overridesFor(line: AccountLine, account: AccountView, { settings }: Now): AllocationOverride[] {
  const wanted = paidItems(line)
  const flow = allocate({ ...settings, payCents: line.cents, items: account.items })
  if (flow.ok && paidAlike(wanted, paidItems({ ...line, allocations: flow.allocations }))) return []
  return wanted
}

/** The same lines at today's balances, prices as the catalog has them, and amounts as they were paid. */
export function linesAgain(lines: readonly ReceiptLine[], now: Now): LineInput[] {
  return lines.map((line): LineInput => {
    if (line.kind === 'account') {
      const { accountId, cents } = line
      const account = now.accounts.find(a => a.accountId === accountId)
      if (account === undefined) return { kind: 'account', accountId, cents, overrides: [] }
      const overrides = overridesFor(line, account, now)
      return { kind: 'account', accountId, cents, overrides, balanceCents: account.balanceCents }
    }
    const { catalogItemId, quantity, baseCents, reference } = line
    const isOpen = now.catalog.find(c => c.catalogItemId === catalogItemId)?.pricing === 'open'
    const priceCents = isOpen ? line.unitPriceCents : null
    return { kind: 'catalog', catalogItemId, quantity, priceCents, baseCents, reference }
  })
}

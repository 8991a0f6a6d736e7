/** What the administration forms hold while they are typed in, and the records they come to. */
import type { BankAccount, CatalogItem, Drawer } from '../../../shared/ledger/setup.ts'
import { type Cents, plainCents } from '../../../shared/money.ts'
import { isRoutingNumber } from '../../../shared/rules/deposit/aba.ts'
import {
  CASH,
  TENDER_KINDS,
  type TenderKindSpec,
  type TenderType,
  tenderKind,
} from '../../../shared/tenders.ts'
import { banksText, catalogText, drawersText, tendersText } from '../../text/setup/admin.ts'
import { readAmount } from '../../ui/money/amount.ts'
import { readPercent, writePercent } from '../../ui/money/rate.ts'
import { type FoundProblem, isAccountNumber, isBlank, problemAt } from '../forms/found-problem.ts'

export interface DrawerDraft extends Pick<Drawer, 'drawerId' | 'name' | 'active'> {
  changeFund: string
  limit: string
}

export function drawerDraft({ drawerId, name, active, changeFundCents, limitCents }: Drawer): DrawerDraft {
  return { drawerId, name, active, changeFund: plainCents(changeFundCents), limit: plainCents(limitCents) }
}

export function drawerProblem({ name, changeFund, limit }: DrawerDraft): FoundProblem | null {
  const { problems } = drawersText
  const changeFundCents = readAmount(changeFund).cents
  const limitCents = readAmount(limit).cents
  if (isBlank(name)) return problemAt('name', problems.name)
  if (changeFundCents === null) return problemAt('changeFund', problems.changeFund)
  if (limitCents === null || limitCents === 0) return problemAt('limit', problems.limit)
  return limitCents < changeFundCents ? problemAt('limit', problems.limitBelow) : null
}

/** An amount that the form's own check has read before; a form that was not checked is a defect. */
function checkedAmount(text: string): Cents {
  const { cents } = readAmount(text)
  if (cents === null) throw new RangeError('an amount was sent before it was checked')
  return cents
}

export function toDrawer({ drawerId, name, active, changeFund, limit }: DrawerDraft): Drawer {
  const changeFundCents = checkedAmount(changeFund)
  return { drawerId, name: name.trim(), active, changeFundCents, limitCents: checkedAmount(limit) }
}

export interface CatalogDraft
  extends Pick<CatalogItem, 'catalogItemId' | 'code' | 'name' | 'pricing' | 'unitLabel' | 'glAccount'> {
  price: string
  rate: string
  referenceLabel: string
  isDeposit: boolean
  active: boolean
}

export function catalogDraft(item: CatalogItem): CatalogDraft {
  const { priceCents, rateMillionths, referenceLabel, ...same } = item
  return {
    ...same,
    price: priceCents === null ? '' : plainCents(priceCents),
    rate: rateMillionths === null ? '' : writePercent(rateMillionths),
    referenceLabel: referenceLabel ?? '',
  }
}

export function newCatalogItem(catalogItemId: string): CatalogDraft {
  const empty = { code: '', name: '', price: '', rate: '', unitLabel: '', glAccount: '', referenceLabel: '' }
  return { catalogItemId, pricing: 'fixed', isDeposit: false, active: true, ...empty }
}

export function catalogProblem(draft: CatalogDraft): FoundProblem | null {
  const { problems } = catalogText
  if (isBlank(draft.code)) return problemAt('code', problems.code)
  if (isBlank(draft.name)) return problemAt('name', problems.name)
  const priced = draft.pricing === 'fixed' || draft.pricing === 'per-unit'
  if (priced && !readAmount(draft.price).cents) return problemAt('price', problems.price)
  if (draft.pricing === 'percent' && !readPercent(draft.rate)) return problemAt('rate', problems.rate)
  return isBlank(draft.glAccount) ? problemAt('glAccount', problems.glAccount) : null
}

/** The record; a price or rate that was typed for another kind of pricing is left out. */
export function toCatalogItem(draft: CatalogDraft): CatalogItem {
  const { price, rate, referenceLabel, unitLabel, ...same } = draft
  const priced = draft.pricing === 'fixed' || draft.pricing === 'per-unit'
  return {
    ...same,
    code: draft.code.trim(),
    name: draft.name.trim(),
    glAccount: draft.glAccount.trim(),
    priceCents: priced ? checkedAmount(price) : null,
    rateMillionths: draft.pricing === 'percent' ? readPercent(rate) : null,
    unitLabel: draft.pricing === 'per-unit' ? unitLabel.trim() : '',
    referenceLabel: isBlank(referenceLabel) ? null : referenceLabel.trim(),
  }
}

export function tenderProblem({ name, glAccount }: TenderType): FoundProblem | null {
  if (isBlank(name)) return problemAt('name', tendersText.problems.name)
  return isBlank(glAccount) ? problemAt('glAccount', tendersText.problems.glAccount) : null
}

/** Kinds of which a city may have a further type; there is one cash. */
export const FURTHER_KINDS = Object.entries<TenderKindSpec>(TENDER_KINDS)
  .filter(([kind, { ready }]) => kind !== CASH && ready)
  .map(([kind, { name }]) => ({ value: kind, label: name.en }))

/** A further type as its kind has it, without a name yet. */
export function newTender(kind: string, types: readonly TenderType[]): TenderType {
  const { opensDrawer, changeAllowed, referenceRequired, counted, banked } = tenderKind({ kind })
  const sort = Math.max(0, ...types.map(type => type.sort)) + 1
  // The account is asked for: the kind's own would book a voucher as cash in bank.
  const asKind = { opensDrawer, changeAllowed, referenceRequired, counted, banked, glAccount: '' }
  return { tender: '', kind, name: '', nameEs: '', active: true, ...asKind, sort }
}

export function newBankAccount(bankAccountId: string): BankAccount {
  return { bankAccountId, name: '', bankName: '', routingNumber: '', accountNumber: '', active: true }
}

export function bankProblem(bank: BankAccount): FoundProblem | null {
  const { problems } = banksText
  if (isBlank(bank.name)) return problemAt('name', problems.name)
  if (isBlank(bank.bankName)) return problemAt('bankName', problems.bankName)
  if (!isRoutingNumber(bank.routingNumber)) return problemAt('routingNumber', problems.routing)
  return isAccountNumber(bank.accountNumber) ? null : problemAt('accountNumber', problems.account)
}

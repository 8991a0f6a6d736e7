/** What the administration forms hold while they are typed in, and the records they come to. */
import type { TillClient } from '../../../shared/contract/index.ts'
import type { BankAccount, CatalogItem, Drawer, TenderType } from '../../../shared/ledger/facts.ts'
import { type Cents, plainCents } from '../../../shared/money.ts'
import type { Role } from '../../../shared/roles.ts'
import { isRoutingNumber } from '../../../shared/rules/aba.ts'
import { checkPin } from '../../../shared/rules/pin.ts'
import { banksText, catalogText, drawersText, peopleText, tendersText } from '../../text/admin.ts'
import { readAmount } from '../../ui/amount.ts'
import { type FoundProblem, isAccountNumber, isBlank, problemAt } from './found-problem.ts'
import { readPercent, writePercent } from './rate.ts'

export type Person = Awaited<ReturnType<TillClient['person']['list']>>[number]

export interface PersonDraft {
  personId: string
  name: string
  role: Role
  active: boolean
  newPin: string
  pinAgain: string
  isNew: boolean
}

export function personDraft({ personId, name, role, active }: Person): PersonDraft {
  return { personId, name, role, active, newPin: '', pinAgain: '', isNew: false }
}

export function newPerson(personId: string): PersonDraft {
  return { personId, name: '', role: 'cashier', active: true, newPin: '', pinAgain: '', isNew: true }
}

export function personProblem({ name, newPin, pinAgain, isNew }: PersonDraft): FoundProblem | null {
  const { problems } = peopleText
  if (isBlank(name)) return problemAt('name', problems.name)
  if (newPin === '') return isNew ? problemAt('newPin', problems.pin) : null
  const pin = checkPin(newPin)
  if (!pin.ok) return problemAt('newPin', problems[pin.reason])
  return newPin === pinAgain ? null : problemAt('pinAgain', problems.pinAgain)
}

export interface DrawerDraft extends Pick<Drawer, 'drawerId' | 'name' | 'active'> {
  float: string
  limit: string
}

export function drawerDraft({ drawerId, name, active, floatCents, limitCents }: Drawer): DrawerDraft {
  return { drawerId, name, active, float: plainCents(floatCents), limit: plainCents(limitCents) }
}

export function drawerProblem({ name, float, limit }: DrawerDraft): FoundProblem | null {
  const { problems } = drawersText
  const floatCents = readAmount(float).cents
  const limitCents = readAmount(limit).cents
  if (isBlank(name)) return problemAt('name', problems.name)
  if (floatCents === null) return problemAt('float', problems.float)
  if (limitCents === null || limitCents === 0) return problemAt('limit', problems.limit)
  return limitCents < floatCents ? problemAt('limit', problems.limitBelow) : null
}

/** An amount that the form's own check has read before; a form that was not checked is a defect. */
function checkedAmount(text: string): Cents {
  const { cents } = readAmount(text)
  if (cents === null) throw new RangeError('an amount was sent before it was checked')
  return cents
}

export function toDrawer({ drawerId, name, active, float, limit }: DrawerDraft): Drawer {
  const floatCents = checkedAmount(float)
  return { drawerId, name: name.trim(), active, floatCents, limitCents: checkedAmount(limit) }
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

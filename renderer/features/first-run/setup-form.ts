/** What the wizard asks for, with the answers that suit most cities, and the command it comes to. */
import type { TillClient } from '../../../shared/contract/index.ts'
import type { BankAccount, Drawer } from '../../../shared/ledger/facts.ts'
import { cents, ZERO } from '../../../shared/money.ts'
import { isRoutingNumber } from '../../../shared/rules/aba.ts'
import { type Denomination, US_DENOMINATIONS } from '../../../shared/rules/denominations.ts'
import { checkPin, type PinReason } from '../../../shared/rules/pin.ts'
import type { Settings } from '../../../shared/settings.ts'
import { isTimeZone } from '../../../shared/time.ts'

export type SetUpInput = Parameters<TillClient['till']['setUp']>[0]

export interface SetupForm {
  code: string
  utilityName: string
  addressLines: string
  phone: string
  timeZone: string
  receiptTextEn: string
  receiptTextEs: string
  bankAccount: BankAccount
  drawers: readonly Drawer[]
  denominations: readonly Denomination[]
  administrator: { personId: string; name: string; pin: string; pinAgain: string }
}

export const STEPS = ['utility', 'receipt', 'bank', 'drawers', 'money', 'administrator'] as const
export type Step = (typeof STEPS)[number]

export type SetupProblem =
  | 'name-missing'
  | 'code-wrong'
  | 'time-zone-unknown'
  | 'too-many-lines'
  | 'bank-name-missing'
  | 'routing-wrong'
  | 'bank-account-wrong'
  | 'drawer-name-missing'
  | 'drawer-name-twice'
  | 'limit-below-float'
  | 'no-denomination'
  | 'admin-name-missing'
  | `pin-${PinReason}`
  | 'pins-differ'

/** The field that a problem is shown at, and that is focused. */
export interface FoundProblem {
  field: string
  problem: SetupProblem
}

const DEFAULT_FLOAT = cents(20_000)
const DEFAULT_LIMIT = cents(250_000)

export function newDrawer(drawerId: string, number: number): Drawer {
  return {
    drawerId,
    name: `Drawer ${number}`,
    active: true,
    floatCents: DEFAULT_FLOAT,
    limitCents: DEFAULT_LIMIT,
  }
}

interface Ids {
  bankAccountId: string
  drawerId: string
  personId: string
}

/** The wizard as it begins: everything that can be guessed is filled in. */
export function newSetup(ids: Ids, timeZone: string): SetupForm {
  return {
    code: 'W1',
    utilityName: '',
    addressLines: '',
    phone: '',
    timeZone: isTimeZone(timeZone) && timeZone !== 'UTC' ? timeZone : 'America/New_York',
    receiptTextEn: 'Thank you.',
    receiptTextEs: 'Gracias.',
    bankAccount: {
      bankAccountId: ids.bankAccountId,
      name: 'Deposits',
      bankName: '',
      routingNumber: '',
      accountNumber: '',
      active: true,
    },
    drawers: [newDrawer(ids.drawerId, 1)],
    denominations: US_DENOMINATIONS,
    administrator: { personId: ids.personId, name: '', pin: '', pinAgain: '' },
  }
}

/** Text of several lines as its lines, without the empty ones. */
export function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '')
}

function isBlank(text: string): boolean {
  return text.trim() === ''
}

function found(field: string, problem: SetupProblem): FoundProblem {
  return { field, problem }
}

function utilityProblem(form: SetupForm): FoundProblem | null {
  if (isBlank(form.utilityName)) return found('utilityName', 'name-missing')
  if (linesOf(form.addressLines).length > 4) return found('addressLines', 'too-many-lines')
  if (!isTimeZone(form.timeZone)) return found('timeZone', 'time-zone-unknown')
  return /^[A-Z0-9]{1,6}$/.test(form.code) ? null : found('code', 'code-wrong')
}

function receiptProblem(form: SetupForm): FoundProblem | null {
  if (linesOf(form.receiptTextEn).length > 6) return found('receiptTextEn', 'too-many-lines')
  return linesOf(form.receiptTextEs).length > 6 ? found('receiptTextEs', 'too-many-lines') : null
}

function bankProblem({ bankAccount }: SetupForm): FoundProblem | null {
  if (isBlank(bankAccount.name)) return found('bankAccount.name', 'bank-name-missing')
  if (isBlank(bankAccount.bankName)) return found('bankAccount.bankName', 'bank-name-missing')
  if (!isRoutingNumber(bankAccount.routingNumber)) return found('bankAccount.routingNumber', 'routing-wrong')
  return isAccountNumber(bankAccount.accountNumber)
    ? null
    : found('bankAccount.accountNumber', 'bank-account-wrong')
}

/** A bank's account number as it stands on the deposit slip: 4 to 20 digits, dashes allowed. */
export function isAccountNumber(text: string): boolean {
  return /^[0-9-]{4,20}$/.test(text)
}

function drawerProblem({ drawers }: SetupForm): FoundProblem | null {
  for (const [at, drawer] of drawers.entries()) {
    const name = drawer.name.trim().toLowerCase()
    if (name === '') return found(`drawers.${at}.name`, 'drawer-name-missing')
    const first = drawers.findIndex(other => other.name.trim().toLowerCase() === name)
    if (first !== at) return found(`drawers.${at}.name`, 'drawer-name-twice')
    if (drawer.limitCents < drawer.floatCents) return found(`drawers.${at}.limit`, 'limit-below-float')
  }
  return null
}

function administratorProblem({ administrator }: SetupForm): FoundProblem | null {
  if (isBlank(administrator.name)) return found('administrator.name', 'admin-name-missing')
  const pin = checkPin(administrator.pin)
  if (!pin.ok) return found('administrator.pin', `pin-${pin.reason}`)
  return administrator.pin === administrator.pinAgain ? null : found('administrator.pinAgain', 'pins-differ')
}

/** The first thing that a step still lacks, in the order of its fields; null when one may go on. */
export function problemOfStep(step: Step, form: SetupForm): FoundProblem | null {
  switch (step) {
    case 'utility':
      return utilityProblem(form)
    case 'receipt':
      return receiptProblem(form)
    case 'bank':
      return bankProblem(form)
    case 'drawers':
      return drawerProblem(form)
    case 'money':
      return form.denominations.length === 0 ? found('denominations', 'no-denomination') : null
    case 'administrator':
      return administratorProblem(form)
  }
}

function settingsOf(form: SetupForm): Settings {
  return {
    utilityName: form.utilityName.trim(),
    addressLines: linesOf(form.addressLines),
    phone: form.phone.trim(),
    timeZone: form.timeZone,
    receiptTexts: { en: linesOf(form.receiptTextEn), es: linesOf(form.receiptTextEs) },
    receiptPaper: '80mm',
    printer: { mode: 'folder', queue: '' },
    denominations: [...form.denominations],
    overpay: 'credit',
    creditGlAccount: '100-2150',
    overShortGlAccount: '100-4990',
    roundingGlAccount: '100-4995',
    rounding: 'off',
    differenceToleranceCents: ZERO,
    idleLockMinutes: 10,
    maxSessionHours: 24,
    scanTemplates: [],
  }
}

/** The command that sets the till up, once no step has a problem. */
export function toSetUpInput(form: SetupForm, commandId: string): SetUpInput {
  const { personId, name, pin } = form.administrator
  return {
    commandId,
    code: form.code,
    settings: settingsOf(form),
    bankAccount: {
      ...form.bankAccount,
      name: form.bankAccount.name.trim(),
      bankName: form.bankAccount.bankName.trim(),
    },
    drawers: form.drawers.map(drawer => ({ ...drawer, name: drawer.name.trim() })),
    administrator: { personId, name: name.trim(), pin },
  }
}

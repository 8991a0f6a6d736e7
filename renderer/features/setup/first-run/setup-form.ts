/** What the wizard asks for, with the answers that suit most cities, and the command it comes to. */

import type { TillClient } from '../../../../shared/contract/index.ts'
import { tillCodeField } from '../../../../shared/fields.ts'
import type { BankAccount } from '../../../../shared/ledger/setup.ts'
import { US_DENOMINATIONS } from '../../../../shared/rules/cash/denominations.ts'
import { checkPin } from '../../../../shared/rules/person/pin.ts'
import { type Settings, standardSettings } from '../../../../shared/settings/index.ts'
import { isTimeZone } from '../../../../shared/time.ts'
import { cityText, peopleText } from '../../../text/setup/admin.ts'
import { setupText } from '../../../text/setup/first-run.ts'
import { type FoundProblem, isBlank, linesOf, problemAt } from '../../forms/found-problem.ts'
import { type BillDraft, billProblem, newBill, toLayout } from '../bills/bill-draft.ts'
import { type DenominationRow, denominationRows, rowsProblem, toDenominations } from '../denomination-form.ts'
import { bankProblem, type DrawerDraft, drawerProblem, newBankAccount, toDrawer } from '../drafts.ts'

export type SetUpInput = Parameters<TillClient['setup']['setUp']>[0]

export interface SetupForm {
  code: string
  utilityName: string
  addressLines: string
  phone: string
  timeZone: string
  textEn: string
  textEs: string
  bank: BankAccount
  drawers: readonly DrawerDraft[]
  denominations: readonly DenominationRow[]
  /** Whether bills are scanned from the beginning; their layout is kept while this is off. */
  scansBills: boolean
  bill: BillDraft
  administrator: { personId: string; name: string; pin: string; pinAgain: string }
}

export const STEPS = ['utility', 'receipt', 'bank', 'drawers', 'money', 'bills', 'administrator'] as const
export type Step = (typeof STEPS)[number]

export const MOST_DRAWERS = 20

export function newDrawer(drawerId: string, number: number): DrawerDraft {
  return {
    drawerId,
    name: setupText.drawerName(number),
    active: true,
    changeFund: '200.00',
    limit: '2500.00',
  }
}

interface Ids {
  bankAccountId: string
  drawerId: string
  personId: string
}

/** The wizard as it begins: everything that can be guessed is filled in. */
export function newSetup({ bankAccountId, drawerId, personId }: Ids, timeZone: string): SetupForm {
  return {
    code: 'W1',
    utilityName: '',
    addressLines: '',
    phone: '',
    // A machine without a place of its own tells UTC, which is no city's time.
    timeZone: isTimeZone(timeZone) && timeZone.includes('/') ? timeZone : 'America/New_York',
    textEn: 'Thank you.',
    textEs: 'Gracias.',
    bank: { ...newBankAccount(bankAccountId), name: setupText.bankName },
    drawers: [newDrawer(drawerId, 1)],
    denominations: denominationRows(US_DENOMINATIONS),
    scansBills: false,
    bill: newBill(setupText.billName),
    administrator: { personId, name: '', pin: '', pinAgain: '' },
  }
}

function utilityProblem(form: SetupForm): FoundProblem | null {
  const { problems } = cityText
  if (isBlank(form.utilityName)) return problemAt('utilityName', problems.utilityName)
  if (linesOf(form.addressLines).length > 4) return problemAt('addressLines', problems.addressLines)
  if (!isTimeZone(form.timeZone)) return problemAt('timeZone', problems.timeZone)
  return tillCodeField.safeParse(form.code).success ? null : problemAt('code', setupText.codeWrong)
}

function receiptProblem(form: SetupForm): FoundProblem | null {
  if (linesOf(form.textEn).length > 6) return problemAt('textEn', cityText.problems.textEn)
  return linesOf(form.textEs).length > 6 ? problemAt('textEs', cityText.problems.textEs) : null
}

/** The field of one of several drawers. */
export function drawerField(at: number, field: string): string {
  return `drawers.${at}.${field}`
}

function drawersProblem({ drawers }: SetupForm): FoundProblem | null {
  const names = drawers.map(drawer => drawer.name.trim().toLowerCase())
  for (const [at, drawer] of drawers.entries()) {
    const own = drawerProblem(drawer)
    if (own !== null) return problemAt(drawerField(at, own.field), own.message)
    if (names.indexOf(names[at] ?? '') !== at)
      return problemAt(drawerField(at, 'name'), setupText.drawerNameTwice)
  }
  return null
}

function moneyProblem({ denominations }: SetupForm): FoundProblem | null {
  const problem = rowsProblem(denominations)
  if (problem === null) return null
  const { problems } = cityText
  return problemAt('denominations', problem === 'none' ? problems.denominations : problems.bundle)
}

function administratorProblem({ administrator }: SetupForm): FoundProblem | null {
  const { problems } = peopleText
  if (isBlank(administrator.name)) return problemAt('name', problems.name)
  const pin = checkPin(administrator.pin)
  if (!pin.ok) return problemAt('pin', problems[pin.reason])
  return administrator.pin === administrator.pinAgain ? null : problemAt('pinAgain', problems.pinAgain)
}

const PROBLEMS: Record<Step, (form: SetupForm) => FoundProblem | null> = {
  utility: utilityProblem,
  receipt: receiptProblem,
  bank: form => bankProblem(form.bank),
  drawers: drawersProblem,
  money: moneyProblem,
  bills: form => (form.scansBills ? billProblem(form.bill, []) : null),
  administrator: administratorProblem,
}

/** The first thing that a step still lacks, in the order of its fields; null when one may go on. */
export function problemOfStep(step: Step, form: SetupForm): FoundProblem | null {
  return PROBLEMS[step](form)
}

function settingsOf(form: SetupForm): Settings {
  return {
    ...standardSettings(),
    utilityName: form.utilityName.trim(),
    addressLines: linesOf(form.addressLines),
    phone: form.phone.trim(),
    timeZone: form.timeZone.trim(),
    receiptTexts: { en: linesOf(form.textEn), es: linesOf(form.textEs) },
    denominations: toDenominations(form.denominations),
    scanTemplates: form.scansBills ? [toLayout(form.bill)] : [],
  }
}

/** The command that sets the till up, once no step has a problem. */
export function toSetUpInput(form: SetupForm, commandId: string): SetUpInput {
  const { personId, name, pin } = form.administrator
  return {
    commandId,
    code: form.code,
    settings: settingsOf(form),
    bankAccount: { ...form.bank, name: form.bank.name.trim(), bankName: form.bank.bankName.trim() },
    drawers: form.drawers.map(toDrawer),
    administrator: { personId, name: name.trim(), pin },
  }
}

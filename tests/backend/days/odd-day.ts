/** The till of the odd day: its people, its policy, and what is asked of it again and again. */

import { expect } from 'vitest'
import type { TillClient } from '../../../shared/contract/index.ts'
import type { TenderInput } from '../../../shared/contract/receipt.ts'
import { newId } from '../../../shared/id.ts'
import { cents } from '../../../shared/money.ts'
import { approvalBy, catalogLine, check, piecesOf, receiptInput } from '../../support/desk.ts'
import { saveDrawer, saveSettings } from '../../support/office.ts'
import { refused } from '../../support/refusals.ts'
import { clientOf } from '../../support/screens.ts'
import { samplePerson, type Who } from '../../support/template.ts'
import { type OpenTill, openTestTill } from '../../support/till.ts'

/** Saturday; at two in the night of Sunday the clocks of Chicago go forward to three. */
const EVENING = '2026-03-07T20:00-06:00'
/** Monday and Tuesday, two in the afternoon: when the bank's day ends. */
export const MONDAY_DUE = Date.parse('2026-03-09T14:00-05:00')
export const TUESDAY_DUE = Date.parse('2026-03-10T14:00-05:00')
export const CHICAGO = 'America/Chicago'
export const OPERATING = 'Utility operating'
export const PERMITS = 'Permits and fees'

export interface Day {
  till: OpenTill
  alvarez: TillClient
  okonkwo: TillClient
  chen: TillClient
  whitfield: TillClient
  bank: (name: string) => string
}

export const at = ({ till }: Day, time: string): void =>
  till.clock.advance(Date.parse(time) - till.clock.now())
export const pinOf = (who: Who): string => samplePerson(who).pin
export const checkNo = (reference: string, amount: number): TenderInput => check(cents(amount), { reference })

export async function begin(): Promise<Day> {
  const till = await openTestTill()
  till.clock.advance(Date.parse(EVENING) - till.clock.now())
  const administrator = await clientOf(till, 'administrator')
  const banks = await administrator.setup.bankAccounts()
  const bank = (name: string) => banks.find(one => one.name === name)?.bankAccountId ?? ''
  const settings = await administrator.setup.settings()
  const policies = {
    bankRules: [{ glPrefix: '110-', bankAccountId: bank(PERMITS) }],
    defaultBankAccountId: bank(OPERATING),
  }
  await saveSettings(administrator, { ...settings, ...policies })
  const drawer = (await administrator.setup.drawers()).find(one => one.name === 'Window 1')
  if (!drawer) throw new Error('No Window 1')
  const limited = { ...drawer, limitCents: cents(70_000) }
  await saveDrawer(administrator, limited)
  const [alvarez, okonkwo, chen, whitfield] = await Promise.all([
    clientOf(till, 'cashier'),
    clientOf(till, 'colleague'),
    clientOf(till, 'lead'),
    clientOf(till, 'supervisor'),
  ])
  return { till, alvarez, okonkwo, chen, whitfield, bank }
}

/** What a supervisor reads at this moment: each drawer by its window, the safe's cash and its papers. */
export async function money({ whitfield }: Day) {
  const { drawers, safeCents } = await whitfield.session.board()
  const open = drawers.flatMap(({ drawerName, session }) =>
    session ? [[drawerName, session.level?.cashCents] as const] : [],
  )
  const { cashCents, instrumentsCents } = await whitfield.safe.content()
  expect(cashCents).toBe(safeCents)
  return { ...Object.fromEntries(open), safe: cashCents, papers: instrumentsCents }
}

export async function payPermit(client: TillClient, code: string, tenders: TenderInput[]) {
  const price = { DEMO: 10_000, DOG: 1_200 }[code] ?? 0
  return client.receipt.post(receiptInput([await catalogLine(client, code)], tenders, cents(price)))
}

/** Turned in by Alvarez, taken by the lead: cash, and the checks with these numbers. */
export async function turnIn({ alvarez }: Day, amount: number, checks: readonly string[] = []) {
  const sheet = await alvarez.movement.sheet()
  const items = sheet.items
    .filter(item => checks.includes(item.reference))
    .map(({ receiptId, tenderNo }) => ({ receiptId, tenderNo }))
  expect(items.length).toBe(checks.length)
  const counted = { pieces: piecesOf(cents(amount)), items }
  const signed = { ownPin: pinOf('cashier'), approval: approvalBy('lead') }
  const input = { given: counted, taken: counted, ...signed }
  const taken = { pieces: piecesOf(cents(amount - 100)), items }
  const command = { commandId: newId() }
  await refused(alvarez.movement.turnIn({ ...command, ...input, taken }), 'COUNTS_DIFFER')
  return alvarez.movement.turnIn({ ...command, ...input })
}

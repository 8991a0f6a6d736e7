/** States of the shop that many scenarios begin in; each can be reached from wherever a till is. */

import type { TillClient } from '../../shared/contract/index.ts'
import { newId } from '../../shared/id.ts'
import { type Cents, cents } from '../../shared/money.ts'
import type { BusinessDate } from '../../shared/time.ts'
import { approvalBy, CHANGE_FUND, countOf, openDrawer, pay, piecesOf } from '../support/desk.ts'
import { saveSettings } from '../support/office.ts'
import { clientOf, type TestTill } from '../support/screens.ts'
import type { Who } from '../support/template.ts'
import { handOverInput } from '../support/two-counts.ts'

const OTHER_APPROVER = { lead: 'supervisor' } as const

function approverFor(who: Who): 'lead' | 'supervisor' {
  return who === 'lead' ? OTHER_APPROVER.lead : 'lead'
}

/** Opens a drawer that somebody counted twice and left at that: they cannot count it a third time. */
async function openCounted(client: TillClient, who: Who): Promise<void> {
  for (const { drawerId, difference } of await client.session.openings()) {
    if (difference === null) continue
    const approval = approvalBy(approverFor(who))
    await client.session.openDifferent({
      commandId: newId(),
      drawerId,
      fundCents: null,
      reason: 'Left at that',
      approval,
    })
    return
  }
}

/** Ends whatever session a cashier has: counts nothing, says so, and has it approved. */
export async function endSession(client: TillClient, who: Who): Promise<void> {
  if (!(await client.till.state()).session) await openCounted(client, who)
  const { session } = await client.till.state()
  if (!session) return
  while ((await client.session.difference()) === null) {
    const empty = { pieces: [], items: [], extraItems: [], slips: [] }
    const { outcome } = await client.session.count({ commandId: newId(), count: empty })
    if (outcome === 'closed') return
  }
  await client.session.close({
    commandId: newId(),
    reason: 'Counted by nobody',
    approval: approvalBy(approverFor(who)),
  })
}

const DRAWER_OF: Partial<Record<Who, string>> = {
  colleague: 'Window 2',
  lead: 'Window 3',
  supervisor: 'Window 3',
}

/** Somebody with a drawer that has just been opened. */
export async function openDrawerOf(till: TestTill, who: Who, changeFund = CHANGE_FUND) {
  const client = await clientOf(till, who)
  await endSession(client, who)
  const opened = await openDrawer(client, DRAWER_OF[who] ?? 'Window 1', changeFund)
  return { client, ...opened }
}

/** A cashier whose drawer holds one payment in cash. */
export async function paidDrawerOf(till: TestTill, who: Who, amount: Cents = cents(5_000)) {
  const drawer = await openDrawerOf(till, who)
  const receipt = await pay(drawer.client, amount)
  return { ...drawer, receipt }
}

/** A cashier whose two counts differ, and whose session waits for a reason. */
export async function unexplainedDrawerOf(till: TestTill, who: Who) {
  const drawer = await paidDrawerOf(till, who)
  for (let round = 1; round <= 2; round += 1) {
    const count = await countOf(drawer.client, cents(CHANGE_FUND + 4_000))
    await drawer.client.session.count({ commandId: newId(), count })
  }
  return drawer
}

/** A cashier and a lead who counted together, twice, and found ten dollars too few. */
export async function unexplainedHandOverOf(till: TestTill) {
  await endSession(await clientOf(till, 'lead'), 'lead')
  const drawer = await paidDrawerOf(till, 'cashier')
  for (let round = 1; round <= 2; round += 1)
    await drawer.client.session.handOver(
      await handOverInput(drawer.client, cents(CHANGE_FUND + 4_000), { to: 'lead' }),
    )
  return drawer
}

/** A closed session of a cashier: its id and the cash that goes to the bank. */
export async function closedSessionOf(till: TestTill, who: Who, amount: Cents = cents(5_000)) {
  const drawer = await paidDrawerOf(till, who, amount)
  const count = await countOf(drawer.client, cents(CHANGE_FUND + amount))
  const { outcome, zNumber } = await drawer.client.session.count({ commandId: newId(), count })
  if (outcome !== 'closed') throw new Error(`The drawer did not match: ${outcome}`)
  return { ...drawer, cashCents: amount, zNumber: zNumber ?? '' }
}

let bags = 0

/** What somebody sends to make up a deposit of one closed session, in a bag of its own. */
export async function depositInput(client: TillClient, session: { sessionId: string; cashCents: Cents }) {
  const [bank] = await client.setup.bankAccounts()
  bags += 1
  return {
    commandId: newId(),
    bankAccountId: bank?.bankAccountId ?? '',
    parts: [{ sessionId: session.sessionId, partNo: 1 }],
    pieces: piecesOf(session.cashCents),
    bagNumber: `BAG-${String(bags).padStart(4, '0')}`,
  }
}

/** A deposit that the lead has made up of the cashier's closed session. */
export async function depositOf(till: TestTill) {
  const session = await closedSessionOf(till, 'cashier')
  const lead = await clientOf(till, 'lead')
  const input = await depositInput(lead, session)
  return { lead, session, input, deposit: await lead.deposit.makeUp(input) }
}

/** What a verifier sends who counts what the preparer put in. */
export async function verification(client: TillClient, depositId: string) {
  const { pieces, items, itemsCents } = await client.deposit.get({ depositId })
  return {
    commandId: newId(),
    depositId,
    pieces: pieces.map(({ cents: _, ...piece }) => piece),
    itemCount: items.length,
    itemsCents,
    reason: '',
  }
}

/** The business date of the shop's clock when a scenario begins. */
export const TODAY = '2026-11-20' as BusinessDate

const HANDS = ['verified', 'sealed', 'released', 'validated'] as const

/** A deposit of 50.00 that the lead made up and brought as far as a step, without a difference. */
export async function custodyOf(till: TestTill, step: (typeof HANDS)[number]) {
  const { lead, deposit, input } = await depositOf(till)
  const { depositId } = deposit
  const { bagNumber } = input
  const sealNumber = `S-${bagNumber}`
  const of = () => ({ commandId: newId(), depositId })
  const steps = HANDS.slice(0, HANDS.indexOf(step) + 1)
  await lead.deposit.verify({ ...(await verification(lead, depositId)), approval: approvalBy('supervisor') })
  if (steps.includes('sealed')) await lead.deposit.seal({ ...of(), bagNumber, sealNumber })
  if (steps.includes('released'))
    await lead.deposit.release({ ...of(), carrier: 'Plains Armored', signatureName: 'T. Boyd' })
  const slip = { slipNumber: '0098-1', bankDate: TODAY, cents: cents(5_000), reason: '' }
  if (steps.includes('validated')) await lead.deposit.validate({ ...of(), ...slip })
  return { client: lead, depositId, bagNumber, sealNumber }
}

/** A closed session whose money belongs to one bank account by the city's rules. */
export async function boundPartOf(till: TestTill) {
  const administrator = await clientOf(till, 'administrator')
  const [bank] = await administrator.setup.bankAccounts()
  const before = await administrator.setup.settings()
  const bankRules = [{ glPrefix: '999', bankAccountId: bank?.bankAccountId ?? '' }]
  const policies = { bankRules }
  await saveSettings(administrator, { ...before, ...policies })
  const { sessionId } = await closedSessionOf(till, 'cashier')
  // The rules of the scenarios around this one stay as they were.
  await saveSettings(administrator, before)
  const waiting = await (await clientOf(till, 'lead')).deposit.waiting()
  const part = waiting.find(one => one.sessionId === sessionId)
  if (!part) throw new Error('The session has nothing for the bank')
  return { part, administrator }
}

/** A PIN takes long to check: who asks and who approves is looked at again where it counts. */
import { expect, it, vi } from 'vitest'
import { newId } from '../../shared/id.ts'
import { cents } from '../../shared/money.ts'
import { approvalBy, openDrawer, pay } from '../support/desk.ts'
import { savePerson } from '../support/office.ts'
import { refused } from '../support/refusals.ts'
import { clientOf, type Screen, screenOf } from '../support/screens.ts'
import { samplePerson, type Who } from '../support/template.ts'
import { type OpenTill, openTestTill } from '../support/till.ts'

async function changed(till: OpenTill, who: Who, change: { role?: 'cashier' | 'auditor'; active?: boolean }) {
  const { personId, name, role } = samplePerson(who)
  await savePerson(await clientOf(till, 'administrator'), { personId, name, role, active: true, ...change })
}

async function lockedOut(till: OpenTill, who: Who) {
  const { personId } = samplePerson(who)
  const { client } = till.screen()
  for (let tries = 0; tries < 10; tries += 1) {
    await client.person.signIn({ personId, pin: '8205' }).catch(() => undefined)
    till.clock.advance(3_600_000)
  }
}

it.each<[string, string, (till: OpenTill, screen: Screen) => Promise<unknown>]>([
  ['the approver was let go', 'APPROVER_ROLE', till => changed(till, 'lead', { active: false })],
  ['the approver got a lesser role', 'APPROVER_ROLE', till => changed(till, 'lead', { role: 'cashier' })],
  ['the approver was locked out', 'LOCKED_OUT', till => lockedOut(till, 'lead')],
  [
    'whoever asks got another role',
    'ROLE_NOT_ALLOWED',
    till => changed(till, 'supervisor', { role: 'auditor' }),
  ],
  ['whoever asks locked the screen', 'SCREEN_LOCKED', (_till, { client }) => client.person.lock()],
  ['whoever asks signed out', 'NOT_SIGNED_IN', (_till, { client }) => client.person.signOut()],
])('a void is refused where %s while the PIN was checked', async (_what, code, meanwhile) => {
  const till = await openTestTill()
  const cashier = await clientOf(till, 'cashier')
  await openDrawer(cashier)
  const { receiptId } = await pay(cashier, cents(900))
  const screen = await screenOf(till, 'supervisor')
  const { pinTurns } = till.backend
  const check = pinTurns.take.bind(pinTurns)
  vi.spyOn(pinTurns, 'take').mockImplementationOnce(async (key, work) => {
    const answer = await check(key, work)
    await meanwhile(till, screen)
    return answer
  })
  const approval = approvalBy('lead')
  await refused(
    screen.client.receipt.void({ commandId: newId(), receiptId, reason: 'Keyed twice', approval }),
    code,
  )
  const auditor = await clientOf(till, 'auditor')
  expect((await auditor.till.journal({ kind: 'receipt.voided' })).entries).toEqual([])
})

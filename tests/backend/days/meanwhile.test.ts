/** A PIN takes long to check: who asks and who approves is looked at again where it counts. */
import { expect, it, vi } from 'vitest'
import { verifyLedger } from '../../../db/verify/verify.ts'
import { newId } from '../../../shared/id.ts'
import { cents } from '../../../shared/money.ts'
import { approvalBy, openDrawer, pay } from '../../support/desk.ts'
import { savePerson } from '../../support/office.ts'
import { refused } from '../../support/refusals.ts'
import { clientOf, type Screen, screenOf } from '../../support/screens.ts'
import { samplePerson, type Who } from '../../support/template.ts'
import { type OpenTill, openTestTill } from '../../support/till.ts'

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

/** What happens after the next PIN was found right, and before anything is written. */
function whileChecked(till: OpenTill, work: () => Promise<unknown>): void {
  const { pinTurns } = till.backend
  const check = pinTurns.take.bind(pinTurns)
  vi.spyOn(pinTurns, 'take').mockImplementationOnce(async (key, next) => {
    const answer = await check(key, next)
    await work()
    return answer
  })
}

const NEW_PIN = '582917'

function reset(till: OpenTill, who: Who) {
  const { personId, name, role } = samplePerson(who)
  const person = { personId, name, role, active: true, newPin: NEW_PIN }
  return clientOf(till, 'administrator').then(administrator => savePerson(administrator, person))
}

it.each<[string, string, (till: OpenTill, screen: Screen) => Promise<unknown>]>([
  ['an administrator set another', 'NOT_SIGNED_IN', till => reset(till, 'lead')],
  ['they were let go', 'NOT_SIGNED_IN', till => changed(till, 'lead', { active: false })],
  ['they were locked out', 'NOT_SIGNED_IN', till => lockedOut(till, 'lead')],
  ['they locked the screen', 'SCREEN_LOCKED', (_till, { client }) => client.person.lock({ idle: false })],
  ['they signed out', 'NOT_SIGNED_IN', (_till, { client }) => client.person.signOut()],
])('nobody changes a PIN where %s while the old one was checked', async (_what, code, meanwhile) => {
  const till = await openTestTill()
  const screen = await screenOf(till, 'lead')
  const { pin } = samplePerson('lead')
  whileChecked(till, () => meanwhile(till, screen))
  await refused(screen.client.person.changePin({ pin, newPin: '719285' }), code)
  const auditor = await clientOf(till, 'auditor')
  const set = (await auditor.till.journal({ kind: 'person.pin-set' })).entries
  expect(set.filter(({ actorName }) => actorName === samplePerson('lead').name)).toEqual([])
})

it('a thief who keeps changing the PIN to itself does not undo what an administrator sets', async () => {
  const till = await openTestTill()
  const { personId, pin } = samplePerson('lead')
  const thief = await screenOf(till, 'lead')
  const again = async () => {
    for (let round = 0; round < 20; round += 1)
      await thief.client.person.changePin({ pin, newPin: pin }).catch(() => undefined)
  }
  await Promise.all([again(), again(), reset(till, 'lead')])
  // The thief's last tries were wrong ones, and the next waits for them.
  till.clock.advance(3_600_000)
  const { client } = till.screen()
  await client.person.signIn({ personId, pin: NEW_PIN, newPin: '640193' })
})

it.each<[string, (till: OpenTill) => Promise<unknown>]>([
  ['were let go', till => changed(till, 'lead', { active: false })],
  ['got another PIN', till => reset(till, 'lead')],
])('nobody signs in who %s while the PIN was checked', async (_what, meanwhile) => {
  const till = await openTestTill()
  const { personId, pin } = samplePerson('lead')
  whileChecked(till, () => meanwhile(till))
  await refused(till.screen().client.person.signIn({ personId, pin }), 'UNKNOWN_PERSON')
})

it.each<[string, string, (till: OpenTill, screen: Screen) => Promise<unknown>]>([
  ['the approver was let go', 'APPROVER_ROLE', till => changed(till, 'lead', { active: false })],
  ['the approver got a lesser role', 'APPROVER_ROLE', till => changed(till, 'lead', { role: 'cashier' })],
  ['the approver was locked out', 'LOCKED_OUT', till => lockedOut(till, 'lead')],
  [
    'whoever asks got another role',
    'ROLE_NOT_ALLOWED',
    till => changed(till, 'supervisor', { role: 'auditor' }),
  ],
  [
    'whoever asks locked the screen',
    'SCREEN_LOCKED',
    (_till, { client }) => client.person.lock({ idle: false }),
  ],
  ['whoever asks signed out', 'NOT_SIGNED_IN', (_till, { client }) => client.person.signOut()],
])('a void is refused where %s while the PIN was checked', async (_what, code, meanwhile) => {
  const till = await openTestTill()
  const cashier = await clientOf(till, 'cashier')
  await openDrawer(cashier)
  const { receiptId } = await pay(cashier, cents(900))
  const screen = await screenOf(till, 'supervisor')
  whileChecked(till, () => meanwhile(till, screen))
  const approval = approvalBy('lead')
  await refused(
    screen.client.receipt.void({ commandId: newId(), receiptId, reason: 'Keyed twice', approval }),
    code,
  )
  const auditor = await clientOf(till, 'auditor')
  expect((await auditor.till.journal({ kind: 'receipt.voided' })).entries).toEqual([])
})

it.each<[what: string, meanwhile: (till: OpenTill) => Promise<unknown>]>([
  ['were let go', till => changed(till, 'supervisor', { active: false })],
  ['were locked out', till => lockedOut(till, 'supervisor')],
  ['were given another PIN', till => reset(till, 'supervisor')],
])('what somebody has begun to import is not stated once they %s', async (_what, meanwhile) => {
  const till = await openTestTill()
  const { account } = await clientOf(till, 'supervisor')
  const content = new File(['Account,Name,Balance\nN-1,Somebody,12.00\n'], 'a.csv', { type: 'text/csv' })
  const madeAtMs = till.clock.now()
  const { uploadId } = await account.previewImport({ fileName: 'a.csv', content, madeAtMs })
  const { jobs } = till.backend
  const run = jobs.runLong.bind(jobs)
  vi.spyOn(jobs, 'runLong').mockImplementationOnce(async (task, input, watch) => {
    await meanwhile(till)
    return run(task, input, watch)
  })
  const options = { mapping: {}, mode: 'all-or-nothing', missingAccounts: 'keep' } as const
  const running = await account.runImport({ ...options, uploadId, paymentsThroughMs: null })
  const toItsEnd = async () => {
    while (!(await running.next()).done);
  }
  await refused(toItsEnd(), 'NOT_SIGNED_IN')
  const auditor = await clientOf(till, 'auditor')
  expect((await auditor.till.journal({ kind: 'account.imported' })).entries).toHaveLength(1)
  expect((await verifyLedger(till.dataDir, () => undefined)).problems).toEqual([])
})

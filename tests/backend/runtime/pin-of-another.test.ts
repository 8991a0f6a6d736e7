/** Nobody alone can become somebody else: a PIN that is set for another takes two people, and its owner chooses one of their own. */
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, it, vi } from 'vitest'
import { LEDGER_FILE } from '../../../db/ledger/folder.ts'
import { makeCredential } from '../../../electron/backend/request/pins.ts'
import { newId } from '../../../shared/id.ts'
import { cents } from '../../../shared/money.ts'
import { approvalBy, openDrawer, pay } from '../../support/desk.ts'
import { approvedPin, personNow, savePerson } from '../../support/office.ts'
import { refused } from '../../support/refusals.ts'
import { clientOf } from '../../support/screens.ts'
import { samplePerson } from '../../support/template.ts'
import { type OpenTill, openTestTill } from '../../support/till.ts'
import { lockOut } from '../../transports/scenarios/person.ts'

const GIVEN = '582917'
const OWN = '719285'

async function reset(till: OpenTill, who: Parameters<typeof samplePerson>[0], more: object = {}) {
  const administrator = await clientOf(till, 'administrator')
  const { personId, name, role } = samplePerson(who)
  return savePerson(administrator, { personId, name, role, active: true, newPin: GIVEN, ...more })
}

it('an administrator alone sets nobody’s PIN, a new person’s neither', async () => {
  const till = await openTestTill()
  const administrator = await clientOf(till, 'administrator')
  const { personId, name, role } = samplePerson('cashier')
  const before = await personNow(administrator, personId)
  const alone = { commandId: newId(), active: true, newPin: GIVEN, role }
  await refused(administrator.person.save({ ...alone, before, personId, name }), 'APPROVAL_NEEDED')
  const hired = { ...alone, before: null, personId: newId(), name: 'T. Baptiste' }
  await refused(administrator.person.save(hired), 'APPROVAL_NEEDED')
  const own = approvalBy('administrator')
  await refused(administrator.person.save({ ...hired, approval: own }), 'OWN_APPROVAL')
  await administrator.person.save({ ...hired, ...approvedPin(hired) })
})

it('what was given is good for choosing another, and for nothing else', async () => {
  const till = await openTestTill()
  const cashier = await clientOf(till, 'cashier')
  await openDrawer(cashier)
  const { receiptId } = await pay(cashier, cents(900))
  await reset(till, 'lead', { approval: approvalBy('supervisor') })
  const { personId } = samplePerson('lead')
  const approval = { personId, pin: GIVEN }
  const voiding = { commandId: newId(), receiptId, reason: 'x', approval }
  await refused(cashier.receipt.void(voiding), 'APPROVER_ROLE')
  expect((await cashier.person.approvers()).map(one => one.personId)).not.toContain(personId)
  const { client } = till.screen()
  await refused(client.person.signIn({ personId, pin: GIVEN }), 'PIN_TO_BE_CHOSEN')
  for (const newPin of [GIVEN, '1234'])
    await refused(client.person.signIn({ personId, pin: GIVEN, newPin }), 'PIN_NOT_ALLOWED')
  await client.person.signIn({ personId, pin: GIVEN, newPin: OWN })
  await refused(till.screen().client.person.signIn({ personId, pin: GIVEN }), 'PIN_WRONG')
  till.clock.advance(60_000)
  await cashier.receipt.void({ ...voiding, approval: { personId, pin: OWN } })
})

it('what somebody does is over at every screen once their PIN is set, they are locked out, or let go', async () => {
  for (const end of [
    (till: OpenTill) => reset(till, 'cashier'),
    (till: OpenTill) => lockOut(till, 'cashier'),
    (till: OpenTill) => reset(till, 'cashier', { newPin: undefined, active: false }),
  ]) {
    const till = await openTestTill()
    const screens = [await clientOf(till, 'cashier'), await clientOf(till, 'cashier')]
    await end(till)
    for (const screen of screens) await refused(screen.session.list({}), 'NOT_SIGNED_IN')
  }
})

it('one’s own PIN is changed with the old one alone: an administrator who is locked out does not let themselves in', async () => {
  const till = await openTestTill()
  const administrator = await clientOf(till, 'administrator')
  const { personId, name, role } = samplePerson('administrator')
  const own = { personId, name, role, active: true, newPin: GIVEN }
  await refused(savePerson(administrator, own), 'OWN_PIN')
  await lockOut(till, 'administrator')
  await refused(administrator.person.list(), 'NOT_SIGNED_IN')
})

it('where nobody else is there to approve it is on record that nobody did', async () => {
  const till = await openTestTill()
  const administrator = await clientOf(till, 'administrator')
  for (const [who, by] of [
    ['lead', 'supervisor'],
    ['supervisor', 'cashier'],
    ['colleague', 'cashier'],
    ['cashier', 'auditor'],
    ['auditor', 'cashier'],
  ] as const) {
    const { personId, name, role } = samplePerson(who)
    const approval = approvalBy(by)
    await savePerson(administrator, { personId, name, role, active: false, approval })
  }
  const hired = { personId: newId(), name: 'T. Baptiste', role: 'supervisor' as const, active: true }
  await administrator.person.save({ commandId: newId(), before: null, ...hired, newPin: GIVEN })
  const [set] = (await administrator.till.journal({ kind: 'person.pin-set' })).entries
  expect(set?.summary).toBe(`PIN of T. Baptiste set by ${samplePerson('administrator').name}`)
})

it('a PIN that is set while somebody signs in with it is good for choosing another all the same', async () => {
  const till = await openTestTill()
  const { personId } = samplePerson('cashier')
  // Everybody’s PINs wait for their turn, and another is set meanwhile.
  vi.spyOn(till.backend.pinTurns, 'take').mockImplementationOnce(async (_key, next) => {
    await reset(till, 'cashier')
    return next()
  })
  await refused(till.screen().client.person.signIn({ personId, pin: GIVEN }), 'PIN_TO_BE_CHOSEN')
  await till.screen().client.person.signIn({ personId, pin: GIVEN, newPin: OWN })
})

it('whoever chooses their own PIN is at no other screen from then on', async () => {
  const till = await openTestTill()
  const { personId } = samplePerson('cashier')
  await reset(till, 'cashier')
  const { token } = till.backend.signIns.add(personId)
  await till.screen().client.person.signIn({ personId, pin: GIVEN, newPin: OWN })
  expect(till.backend.signIns.of(token)).toBeUndefined()
})

it('an administrator alone makes nobody an approver, takes none back as one, and lets none go', async () => {
  const till = await openTestTill()
  const administrator = await clientOf(till, 'administrator')
  const save = async (who: Parameters<typeof samplePerson>[0], change: object) => {
    const { personId, name, role } = samplePerson(who)
    const before = await personNow(administrator, personId)
    const whole = { commandId: newId(), before, personId, name, role, active: true, ...change }
    return administrator.person.save(whole)
  }
  await refused(save('cashier', { role: 'supervisor' }), 'APPROVAL_NEEDED')
  await refused(save('lead', { role: 'cashier' }), 'APPROVAL_NEEDED')
  await refused(save('lead', { active: false }), 'APPROVAL_NEEDED')
  await save('lead', { active: false, approval: approvalBy('supervisor') })
  const approval = approvalBy('cashier')
  await save('supervisor', { role: 'cashier', approval })
  await save('lead', { active: true, name: 'R. Chen-Ito', approval })
  const auditor = await clientOf(till, 'auditor')
  const saved = (await auditor.till.journal({ kind: 'person.saved' })).entries.map(({ summary }) => summary)
  expect(saved).toContain('R. Chen: lead, no longer active, approved by D. Whitfield')
})

it('another name takes two people: all that somebody ever did reads by it', async () => {
  const till = await openTestTill()
  const administrator = await clientOf(till, 'administrator')
  const { personId } = samplePerson('cashier')
  const before = await personNow(administrator, personId)
  if (!before) throw new Error('The sample city has a cashier')
  const renamed = { commandId: newId(), before, ...before, name: 'M. Alvarez-Reyes' }
  await refused(administrator.person.save(renamed), 'APPROVAL_NEEDED')
  await administrator.person.save({ ...renamed, ...approvedPin(before) })
  const again = { commandId: newId(), before: { ...before, name: 'M. Alvarez-Reyes' }, ...before }
  await administrator.person.save({ ...again, name: ' M. Alvarez-Reyes ' })
})

it('whoever has a PIN is let go, and taken back, by two: an administrator would be left alone, or with a witness of long ago', async () => {
  const till = await openTestTill()
  const administrator = await withOneApprover(till)
  const save = async (who: Parameters<typeof samplePerson>[0], change: object) => {
    const { personId, name, role } = samplePerson(who)
    const before = await personNow(administrator, personId)
    return administrator.person.save({
      ...{ commandId: newId(), before, personId, name, role, active: true },
      ...change,
    })
  }
  const gone = { active: false }
  for (const who of ['colleague', 'cashier', 'auditor', 'supervisor'] as const)
    await refused(save(who, gone), 'APPROVAL_NEEDED')
  const approval = approvalBy('supervisor')
  await save('colleague', { ...gone, approval })
  await refused(save('colleague', {}), 'APPROVAL_NEEDED')
  await save('colleague', { approval })
  await save('supervisor', { ...gone, approval: approvalBy('cashier') })
  await refused(save('cashier', gone), 'APPROVAL_NEEDED')
  await save('cashier', { ...gone, approval: approvalBy('auditor') })
  await refused(save('cashier', {}), 'APPROVAL_NEEDED')
})

it('a verifier that the journal does not state opens for nobody', async () => {
  const till = await openTestTill()
  const { personId, pin } = samplePerson('lead')
  const other = await makeCredential(personId, '583614')
  await till.restart(dataDir => {
    const file = new Database(join(dataDir, LEDGER_FILE))
    const put = file.prepare('UPDATE credential SET salt = ?, verifier = ? WHERE person_id = ?')
    put.run(other.salt, other.verifier, personId)
    file.close()
  })
  for (const tried of ['583614', pin]) {
    await refused(till.screen().client.person.signIn({ personId, pin: tried }), 'PIN_WRONG')
    till.clock.advance(60_000)
  }
})

/** Lets the only approvers but one go, by whoever still could approve that. */
async function withOneApprover(till: OpenTill) {
  const administrator = await clientOf(till, 'administrator')
  const { personId, name, role } = samplePerson('lead')
  await savePerson(administrator, { personId, name, role, active: false, approval: approvalBy('supervisor') })
  return administrator
}

it('in a city with one approver it takes a witness to set that one’s PIN', async () => {
  const till = await openTestTill()
  const administrator = await withOneApprover(till)
  const { personId, name, role } = samplePerson('supervisor')
  const before = await personNow(administrator, personId)
  const saving = { commandId: newId(), before, personId, name, role, active: true, newPin: GIVEN }
  await refused(administrator.person.save(saving), 'APPROVAL_NEEDED')
  await refused(administrator.person.save({ ...saving, approval: approvalBy('supervisor') }), 'APPROVER_ROLE')
  const witnesses = await administrator.person.approvers({ ofPersonId: personId })
  expect(witnesses.map(one => one.role).sort()).toEqual(['auditor', 'cashier', 'cashier'])
  await administrator.person.save({ ...saving, approval: approvalBy('cashier') })
})

it('where an approver is there, no witness will do', async () => {
  const till = await openTestTill()
  const administrator = await withOneApprover(till)
  const { personId, name, role } = samplePerson('cashier')
  const before = await personNow(administrator, personId)
  const saving = { commandId: newId(), before, personId, name, role, active: true, newPin: GIVEN }
  await refused(administrator.person.save({ ...saving, approval: approvalBy('auditor') }), 'APPROVER_ROLE')
  const people = await administrator.person.approvers({ ofPersonId: personId })
  expect(people.map(one => one.role)).toEqual(['supervisor'])
  await administrator.person.save({ ...saving, approval: approvalBy('supervisor') })
})

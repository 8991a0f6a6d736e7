/** PINs: slow to guess, locked after ten, and nowhere to be read. */

import { describe, expect, it } from 'vitest'
import { credentialOf } from '../../../db/queries/person.ts'
import { makeCredential, ownCommand } from '../../../electron/backend/request/pins.ts'
import { openLog } from '../../../electron/backend/runtime/log.ts'
import { newId } from '../../../shared/id.ts'
import type { FactKind } from '../../../shared/ledger/facts.ts'
import { cents } from '../../../shared/money.ts'
import { filesWith } from '../../support/data-folder.ts'
import { approvalBy, openDrawer, pay } from '../../support/desk.ts'
import { approvedPin, personNow, savePerson } from '../../support/office.ts'
import { refusalOf, refused } from '../../support/refusals.ts'
import { clientOf, type TestTill } from '../../support/screens.ts'
import { samplePerson } from '../../support/template.ts'
import { openTestTill } from '../../support/till.ts'
import { lockOut } from '../../transports/scenarios/person.ts'

const WRONG = '8205'
const { personId, pin } = samplePerson('cashier')

const guess = (till: TestTill, typed = WRONG) => till.screen().client.person.signIn({ personId, pin: typed })

async function kinds(till: TestTill, kind: FactKind): Promise<number> {
  const auditor = await clientOf(till, 'auditor')
  return (await auditor.till.journal({ kind })).entries.length
}

describe('guessing a PIN', () => {
  it('takes longer each time: at once, 1, 2, 4 … 60 seconds, and ten lock the person out', async () => {
    const till = await openTestTill()
    const waits: unknown[] = []
    for (let tries = 1; tries <= 9; tries += 1) {
      const { retryAfterMs } = (await refused(guess(till), 'PIN_WRONG')) as { retryAfterMs: number }
      waits.push(retryAfterMs)
      till.clock.advance(retryAfterMs)
    }
    expect(waits).toEqual([0, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000])
    await refused(guess(till), 'LOCKED_OUT')
    till.clock.advance(1_000_000_000)
    await refused(guess(till, pin), 'LOCKED_OUT')
    till.clock.advance(60_000)
  })

  it('a try before its time is refused unseen, even the right one, and counts for nothing', async () => {
    const till = await openTestTill()
    for (let tries = 0; tries < 3; tries += 1) {
      till.clock.advance(10_000)
      await refused(guess(till), 'PIN_WRONG')
    }
    till.clock.advance(500)
    expect(await refused(guess(till, pin), 'PIN_WRONG')).toEqual({ retryAfterMs: 1_500 })
    expect(await kinds(till, 'person.pin-failed')).toBe(3)
    till.clock.advance(1_500)
    expect((await guess(till, pin)).person.personId).toBe(personId)
  })

  it('many guesses at once come one by one: none slips past the delay', async () => {
    const till = await openTestTill()
    const answers = await Promise.all(Array.from({ length: 30 }, () => refusalOf(guess(till))))
    expect(new Set(answers.map(({ code }) => code))).toEqual(new Set(['PIN_WRONG']))
    expect(await kinds(till, 'person.pin-failed')).toBe(2)
  })

  it('a delay outlives the program', async () => {
    const till = await openTestTill()
    await refused(guess(till), 'PIN_WRONG')
    await refused(guess(till), 'PIN_WRONG')
    await till.restart()
    expect(await refused(guess(till, pin), 'PIN_WRONG')).toEqual({ retryAfterMs: 1_000 })
  })

  it('a clock that is set back locks nobody out', async () => {
    const till = await openTestTill()
    await refused(guess(till), 'PIN_WRONG')
    await refused(guess(till), 'PIN_WRONG')
    till.clock.advance(-365 * 86_400_000)
    till.clock.advance(1_000)
    expect((await guess(till, pin)).person.personId).toBe(personId)
  })

  it('a supervisor releases a person once, for ten more; then it takes two people and another PIN', async () => {
    const till = await openTestTill()
    for (let tries = 1; tries <= 10; tries += 1) {
      till.clock.advance(60_000)
      await refusalOf(guess(till))
    }
    const supervisor = await clientOf(till, 'supervisor')
    const locked = (await supervisor.person.list()).filter(person => person.lockedOut)
    expect(locked.map(({ name }) => name)).toEqual(['M. Alvarez'])
    await supervisor.person.release({ commandId: newId(), personId })
    expect(await refused(guess(till), 'PIN_WRONG')).toEqual({ retryAfterMs: 60_000 })
    for (let tries = 2; tries <= 10; tries += 1) {
      till.clock.advance(60_000)
      await refusalOf(guess(till))
    }
    await refused(supervisor.person.release({ commandId: newId(), personId }), 'RELEASED_BEFORE')
    await refused(guess(till, pin), 'LOCKED_OUT')
    till.clock.advance(60_000)
    const administrator = await clientOf(till, 'administrator')
    const { name, role } = samplePerson('cashier')
    await savePerson(administrator, {
      personId,
      name,
      role,
      active: true,
      newPin: '582917',
      ...approvedPin(),
    })
    const { client } = till.screen()
    await client.person.signIn({ personId, pin: '582917', newPin: '719285' })
  })

  it('who is released, and signs in, is locked out after ten wrong ones again', async () => {
    const till = await openTestTill()
    const supervisor = await clientOf(till, 'supervisor')
    for (let times = 0; times < 3; times += 1) {
      await lockOut(till, 'cashier')
      await supervisor.person.release({ commandId: newId(), personId })
      expect((await guess(till, pin)).person.personId).toBe(personId)
    }
  })

  it('a right PIN forgives the wrong ones before it, for an approver who never signs in too', async () => {
    const till = await openTestTill()
    const cashier = await clientOf(till, 'cashier')
    await openDrawer(cashier)
    for (let receipt = 1; receipt <= 6; receipt += 1) {
      const { receiptId } = await pay(cashier, cents(100))
      const input = { commandId: newId(), receiptId, reason: 'Typed twice', approval: approvalBy('lead') }
      const wrong = { ...input.approval, pin: WRONG }
      await refused(cashier.receipt.void({ ...input, approval: wrong }), 'PIN_WRONG')
      await refused(cashier.receipt.void({ ...input, approval: wrong }), 'PIN_WRONG')
      till.clock.advance(1_000)
      await cashier.receipt.void(input)
    }
  })
})

describe('choosing a PIN', () => {
  it('what anybody would guess first is refused', async () => {
    const till = await openTestTill()
    const client = await clientOf(till, 'cashier')
    const reasons = {
      '123': 'too-short',
      '12345678901': 'too-long',
      '12a4': 'not-digits',
      '１２３４': 'not-digits',
    }
    for (const [newPin, reason] of Object.entries(reasons))
      expect(await refused(client.person.changePin({ pin, newPin }), 'PIN_NOT_ALLOWED')).toEqual({ reason })
    for (const newPin of ['0000', '1234', '4321', '2580', '1212', '1987', '121212', '7890'])
      expect(await refused(client.person.changePin({ pin, newPin }), 'PIN_NOT_ALLOWED')).toEqual({
        reason: 'trivial',
      })
    expect((await guess(till, pin)).person.personId).toBe(personId)
  })

  it('the same save with another PIN is refused: what was set is the first one', async () => {
    const till = await openTestTill()
    const administrator = await clientOf(till, 'administrator')
    const { name, role } = samplePerson('cashier')
    const command = { commandId: newId(), before: await personNow(administrator, personId) }
    const save = (newPin: string) =>
      administrator.person.save({
        ...command,
        ...approvedPin(),
        ...{ personId, name, role, active: true, newPin },
      })
    await save('582917')
    await refused(save('719285'), 'COMMAND_CONTENT_CHANGED')
    expect(await save('582917')).toEqual({})
    await refused(guess(till, '582917'), 'PIN_TO_BE_CHOSEN')
  })

  it('a repeated save tells nobody’s PIN, neither one that it never set nor one that was set since', async () => {
    const till = await openTestTill()
    const administrator = await clientOf(till, 'administrator')
    const { name, role } = samplePerson('cashier')
    const before = await personNow(administrator, personId)
    const unchanged = { commandId: newId(), before, personId, name, role, active: true }
    await administrator.person.save(unchanged)
    for (const newPin of [pin, '582917'])
      await refused(administrator.person.save({ ...unchanged, newPin }), 'COMMAND_CONTENT_CHANGED')
    const set = { ...unchanged, ...approvedPin(), commandId: newId(), newPin: '582917' }
    await administrator.person.save(set)
    const owner = till.screen().client
    await owner.person.signIn({ personId, pin: '582917', newPin: '640193' })
    await (await clientOf(till, 'administrator')).person.save({
      ...set,
      commandId: newId(),
      newPin: '719285',
    })
    for (const newPin of ['582917', '719285', '640193'])
      await refused(administrator.person.save({ ...set, newPin }), 'COMMAND_CONTENT_CHANGED')
  })

  it('a sign-in that was being checked with the old PIN does not outlive it', async () => {
    const till = await openTestTill()
    // Of the sample city they cost next to nothing; this one takes its time.
    await (await clientOf(till, 'cashier')).person.changePin({ pin, newPin: '640193' })
    const credential = await makeCredential(personId, '582917')
    const signingIn = guess(till, '640193')
    for (let turn = 0; turn < 10; turn += 1) await new Promise(resolve => setImmediate(resolve))
    ownCommand(till.backend, personId, 'person.changePin', tx => tx.setCredential(credential))
    await refused(signingIn, 'PIN_WRONG')
  })

  it('a new PIN ends whatever was signed in with the old one, but for the screen at which it was changed', async () => {
    const till = await openTestTill()
    const administrator = await clientOf(till, 'administrator')
    const [here, elsewhere] = [await clientOf(till, 'cashier'), await clientOf(till, 'cashier')]
    await here.person.changePin({ pin, newPin: '582917' })
    expect((await here.till.state()).person?.personId).toBe(personId)
    await refused(elsewhere.session.list({}), 'NOT_SIGNED_IN')
    const { name, role } = samplePerson('cashier')
    await savePerson(administrator, { personId, name, role, active: true, newPin: '719285' })
    await refused(here.session.list({}), 'NOT_SIGNED_IN')
    expect((await administrator.till.state()).person?.role).toBe('administrator')
  })

  it('a new PIN takes the place of the old one at once', async () => {
    const till = await openTestTill()
    const client = await clientOf(till, 'cashier')
    await client.person.changePin({ pin, newPin: '583619' })
    await refused(guess(till, pin), 'PIN_WRONG')
    expect((await guess(till, '583619')).person.personId).toBe(personId)
  })
})

describe('where a PIN goes', () => {
  it('nowhere: no file of the till holds one, and no journal row or log line a hash over one alone', async () => {
    const till = await openTestTill({ log: openLog })
    const secrets = ['5836194027', '9041735628', '7134059286']
    const [changed = '', hired = '', typed = ''] = secrets
    const client = await clientOf(till, 'cashier')
    await client.person.changePin({ pin, newPin: changed })
    await refused(guess(till, typed), 'PIN_WRONG')
    const administrator = await clientOf(till, 'administrator')
    await savePerson(administrator, {
      personId: newId(),
      name: 'T. Baptiste',
      role: 'cashier',
      active: true,
      newPin: hired,
    })
    await openDrawer(client)
    const { receiptId } = await pay(client, cents(100))
    const approval = { ...approvalBy('supervisor'), pin: typed }
    await refused(client.receipt.void({ commandId: newId(), receiptId, reason: 'x', approval }), 'PIN_WRONG')
    expect(filesWith(till.dataDir, secrets)).toEqual([])
  })

  it('the journal row of an approved command is the same whatever the PIN was', async () => {
    const till = await openTestTill()
    const client = await clientOf(till, 'cashier')
    await openDrawer(client)
    const { receiptId } = await pay(client, cents(100))
    const input = { commandId: newId(), receiptId, reason: 'x', approval: approvalBy('supervisor') }
    const first = await client.receipt.void(input)
    // Were the PIN part of what the row's hash covers, another one would be other content.
    expect(await client.receipt.void({ ...input, approval: { ...input.approval, pin: WRONG } })).toEqual(
      first,
    )
  })

  it('a chosen PIN is salted, and costs a guesser 32 megabytes of memory for each try', async () => {
    const till = await openTestTill()
    const client = await clientOf(till, 'cashier')
    await client.person.changePin({ pin, newPin: '583619' })
    const kept = credentialOf(till.backend.ledger.reader, personId)
    expect(kept?.cost).toBeGreaterThanOrEqual(2 ** 15)
    expect(kept?.salt).toMatch(/^[0-9a-f]{32}$/)
  })
})

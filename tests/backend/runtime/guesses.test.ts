/** Wrong PINs and idle people, by a clock that nobody sets: limits by launch, lock-outs that end, locks of a person. */
import { describe, expect, it } from 'vitest'
import { newId } from '../../../shared/id.ts'
import { refusalOf, refused } from '../../support/refusals.ts'
import { clientOf, signInAt } from '../../support/screens.ts'
import { samplePerson, type Who } from '../../support/template.ts'
import { type OpenTill, openTestTill } from '../../support/till.ts'

const WRONG = '0000000'
const HOUR_MS = 3_600_000

const signIn = (till: OpenTill, who: Who, pin = samplePerson(who).pin) =>
  till.screen().client.person.signIn({ personId: samplePerson(who).personId, pin })

/** Whoever waited has waited. */
async function clientAfter(till: OpenTill, who: Who) {
  till.clock.advance(60_000)
  return clientOf(till, who)
}

async function lockOut(till: OpenTill, who: Who): Promise<void> {
  for (let tries = 1; tries <= 10; tries += 1) {
    till.clock.advance(60_000)
    await refusalOf(signIn(till, who, WRONG))
  }
}

describe('a clock that is set back, by however little', () => {
  it('gives no guess for free, and locks nobody out for longer, in a later launch neither', async () => {
    const till = await openTestTill()
    await refused(signIn(till, 'cashier', WRONG), 'PIN_WRONG')
    await refused(signIn(till, 'cashier', WRONG), 'PIN_WRONG')
    till.clock.advance(-1)
    expect(await refused(signIn(till, 'cashier'), 'PIN_WRONG')).toEqual({ retryAfterMs: 1_000 })
    await till.restart()
    expect(await refused(signIn(till, 'cashier'), 'PIN_WRONG')).toEqual({ retryAfterMs: 1_000 })
    till.clock.advance(-365 * 24 * HOUR_MS)
    till.clock.advance(1_000)
    await signIn(till, 'cashier')
  })
})

describe('wrong PINs of whomever', () => {
  it('wait together after ten in a row: to lock everybody out takes more than half an hour', async () => {
    const till = await openTestTill()
    const people = await till.screen().client.person.names()
    let tries = 0
    let lastedMs = 0
    const left = new Map(people.map(({ personId }) => [personId, 0]))
    while (left.size > 0)
      for (const personId of left.keys()) {
        tries += 1
        const { code, data } = await refusalOf(till.screen().client.person.signIn({ personId, pin: WRONG }))
        if (code === 'LOCKED_OUT') left.delete(personId)
        const { retryAfterMs = 0 } = (data ?? {}) as { retryAfterMs?: number }
        till.clock.advance(retryAfterMs)
        lastedMs += retryAfterMs
        if (tries > 10_000) throw new Error('Nobody was locked out')
      }
    expect(lastedMs).toBeGreaterThan(HOUR_MS / 2)
  })

  it('are forgiven to whoever’s PIN was right, and not to the others; after ten quiet minutes to all', async () => {
    const till = await openTestTill()
    const people = await till.screen().client.person.names()
    for (let round = 0; round < 3; round += 1)
      for (const { personId } of people) {
        till.clock.advance(60_000)
        await refusalOf(till.screen().client.person.signIn({ personId, pin: WRONG }))
      }
    const { retryAfterMs } = (await refused(signIn(till, 'lead'), 'PIN_WRONG')) as { retryAfterMs: number }
    expect(retryAfterMs).toBeGreaterThan(4_000)
    till.clock.advance(60_000)
    await signIn(till, 'lead')
    // One's own right PIN buys no guesses at others'.
    await refused(signIn(till, 'cashier', WRONG), 'PIN_WRONG')
    await refused(signIn(till, 'colleague', WRONG), 'PIN_WRONG')
    expect(await refused(signIn(till, 'colleague'), 'PIN_WRONG')).toMatchObject({
      retryAfterMs: expect.any(Number),
    })
    till.clock.advance(600_000)
    expect(await refused(signIn(till, 'auditor', WRONG), 'PIN_WRONG')).toEqual({ retryAfterMs: 4_000 })
    await signIn(till, 'lead')
  })

  it('and right ones, many at once, keep nobody waiting: three of a person’s have a turn, and none counts', async () => {
    const till = await openTestTill()
    const order: string[] = []
    const own = Array.from({ length: 50 }, () =>
      signIn(till, 'lead').then(
        () => order.push('in'),
        () => order.push('refused'),
      ),
    )
    await signIn(till, 'auditor').then(() => order.push('the auditor'))
    await Promise.all(own)
    expect(order).toEqual([...Array.from({ length: 47 }, () => 'refused'), 'in', 'in', 'in', 'the auditor'])
    expect(await refused(signIn(till, 'lead', WRONG), 'PIN_WRONG')).toEqual({ retryAfterMs: 0 })
  })

  it('of many at once wait as those that come one by one', async () => {
    const till = await openTestTill()
    const people = await till.screen().client.person.names()
    const at = (personId: string) => refusalOf(till.screen().client.person.signIn({ personId, pin: WRONG }))
    await Promise.all(Array.from({ length: 6 }, () => people.map(({ personId }) => at(personId))).flat())
    const { entries } = await (await clientAfter(till, 'auditor')).till.journal({ kind: 'person.pin-failed' })
    // Two of each, whose second wait begins then; and of all of them no more than may go wrong freely.
    expect(entries.length).toBeLessThanOrEqual(12)
  })
})

describe('the lock-out of the last who could release anybody', () => {
  it('ends after an hour, and not while somebody else could release them', async () => {
    const till = await openTestTill()
    await lockOut(till, 'administrator')
    till.clock.advance(2 * HOUR_MS)
    await refused(signIn(till, 'administrator'), 'LOCKED_OUT')
    await lockOut(till, 'supervisor')
    await refused(signIn(till, 'supervisor'), 'LOCKED_OUT')
    till.clock.advance(60_000)
    await refused(signIn(till, 'administrator', WRONG), 'LOCKED_OUT')
    till.clock.advance(HOUR_MS - 1_000)
    await refused(signIn(till, 'administrator'), 'LOCKED_OUT')
    till.clock.advance(1_000)
    await signIn(till, 'administrator')
    const administrator = await clientOf(till, 'administrator')
    const { personId } = samplePerson('supervisor')
    await administrator.person.release({ commandId: newId(), personId })
    await signIn(till, 'supervisor')
  })
})

describe('a lock', () => {
  it('is the person’s, at every screen, and so is its end', async () => {
    const till = await openTestTill()
    const [one, other] = [await clientOf(till, 'cashier'), await clientOf(till, 'cashier')]
    const colleague = await clientOf(till, 'colleague')
    await one.person.lock({ idle: false })
    await refused(other.session.openings(), 'SCREEN_LOCKED')
    await colleague.session.openings()
    await other.person.unlock({ pin: samplePerson('cashier').pin })
    await one.session.openings()
  })

  it('comes by itself for whoever does nothing, whatever a program asks with their token meanwhile', async () => {
    const till = await openTestTill()
    const screen = till.screen()
    await signInAt(screen, 'cashier')
    till.isDeserted = true
    const { idleLockMinutes } = await screen.client.till.state()
    for (let minute = 1; minute < idleLockMinutes; minute += 1) {
      till.clock.advance(60_000)
      await screen.client.session.openings()
    }
    // A screen that was not touched asks; the person was active at another one.
    await screen.client.person.active()
    till.clock.advance(60_000)
    await screen.client.person.lock({ idle: true })
    await screen.client.session.openings()
    till.clock.advance((idleLockMinutes - 1) * 60_000)
    await refused(screen.client.session.openings(), 'SCREEN_LOCKED')
    expect(await screen.client.till.state()).toMatchObject({ locked: true })
    await refused(screen.client.person.active(), 'SCREEN_LOCKED')
  })
})

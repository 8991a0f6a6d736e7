import { describe, expect, it } from 'vitest'
import { unreachable } from '../../support/central/fake-central.ts'
import { openLineTill, withReceipt } from '../../support/central/line.ts'
import { refused } from '../../support/refusals.ts'
import { clientOf } from '../../support/screens.ts'
import { closedSessionOf } from '../../transports/at-the-desk.ts'

const DAY_MS = 86_400_000

/** A drawer that was closed, and how often central was asked about it since. */
async function withClosed() {
  const line = await openLineTill()
  const { sessionId, zNumber } = await closedSessionOf(line.till, 'colleague')
  const asked = (): number => line.central.asked.filter(path => path === 'GET /v1/sessions').length
  const lead = await clientOf(line.till, 'lead')
  return { ...line, sessionId, zNumber, asked, lead }
}

describe("Central's own sums", () => {
  it('are asked for after a drawer was closed, and told with its session', async () => {
    const { lead, sessionId, zNumber, settle } = await withClosed()
    expect((await lead.sync.session({ sessionId })).check).toBeNull()
    await settle()
    expect(await lead.sync.session({ sessionId })).toMatchObject({
      unsentCount: 0,
      check: { kind: 'session', number: zNumber, agrees: true, differences: [] },
    })
    expect(await lead.sync.checks()).toEqual({ agreeing: 1, differing: [] })
  })

  it('that differ are told with both figures', async () => {
    const { central, lead, sessionId, zNumber, settle } = await withClosed()
    central.shortSums.set(zNumber, 100)
    await settle()
    const { agreeing, differing } = await lead.sync.checks()
    expect(agreeing).toBe(0)
    expect(differing).toMatchObject([{ subjectId: sessionId, number: zNumber, agrees: false }])
    const [difference] = differing[0]?.differences ?? []
    expect(difference?.what).toBe('expected cash')
    expect((difference?.tillCents ?? 0) - (difference?.centralCents ?? 0)).toBe(100)
  })

  it('are asked for once as long as nothing was closed since, and once more after a day', async () => {
    const { asked, lead, zNumber, settle, scheduler, central } = await withClosed()
    await settle()
    const once = asked()
    scheduler.advance(DAY_MS / 2)
    await settle()
    expect(asked()).toBe(once)
    central.shortSums.set(zNumber, 5)
    scheduler.advance(DAY_MS / 2)
    await settle()
    expect(asked()).toBe(once + 1)
    expect((await lead.sync.checks()).differing).toHaveLength(1)
  })

  it('are asked for again until central has them', async () => {
    const { central, asked, lead, sessionId, settle, scheduler } = await withClosed()
    central.withoutSums = true
    await settle()
    const before = asked()
    central.withoutSums = false
    scheduler.advance(60_000)
    await settle()
    expect(asked()).toBe(before + 1)
    expect((await lead.sync.session({ sessionId })).check?.agrees).toBe(true)
  })

  it('of another central are forgotten when the till is enrolled anew', async () => {
    const { till, lead, sessionId, settle } = await withClosed()
    await settle()
    const { store, enrolment } = till.backend.sync
    if (!enrolment) throw new Error('The till is enrolled')
    store.begin(enrolment)
    expect((await lead.sync.session({ sessionId })).check).toBeNull()
  })

  it('are missing while central is away, and the session says how many of its receipts are', async () => {
    const line = await openLineTill()
    line.central.always = unreachable
    const { client } = await withReceipt(line)
    const { session } = await client.till.state()
    if (!session) throw new Error('A drawer is open')
    const input = { sessionId: session.sessionId }
    expect(await client.sync.session(input)).toEqual({ unsentCount: 1, check: null })
    line.central.always = undefined
    await line.till.backend.sync.tryNow()
    await line.settle()
    expect(await client.sync.session(input)).toEqual({ unsentCount: 0, check: null })
  })

  it('of a session that never was are refused', async () => {
    const { lead } = await withClosed()
    const sessionId = '018f3c2e-0000-7000-8000-000000000009'
    await refused(lead.sync.session({ sessionId }), 'UNKNOWN_SESSION')
  })
})

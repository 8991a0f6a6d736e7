/** A drawer that holds another amount at its opening than the session before left in it. */
import { afterEach, describe, expect, it } from 'vitest'
import type { TillClient } from '../../../shared/contract/index.ts'
import { newId } from '../../../shared/id.ts'
import { cents } from '../../../shared/money.ts'
import {
  approvalBy,
  CHANGE_FUND,
  closedSession,
  countOf,
  drawerId,
  pay,
  piecesOf,
} from '../../support/desk.ts'
import { saveDrawer } from '../../support/office.ts'
import { clientOf } from '../../support/screens.ts'
import { openTestTill } from '../../support/till.ts'
import { resultOf } from '../../transports/scenarios/account.ts'

const DAY_MS = 86_400_000

type Till = Awaited<ReturnType<typeof openTestTill>>
let till: Till

/** A till with a drawer in which one session left its change fund of 200.00. */
async function leftTill() {
  till = await openTestTill()
  const client = await clientOf(till, 'cashier')
  await closedSession(client)
  return { client, drawerId: await drawerId(client) }
}

const opens = (client: TillClient, id: string, amount: number) =>
  client.session.open({ commandId: newId(), drawerId: id, pieces: piecesOf(cents(amount)) })

const different = (id: string, more: object = {}) => ({
  commandId: newId(),
  drawerId: id,
  fundCents: null,
  reason: 'A twenty is missing',
  approval: approvalBy('lead'),
  ...more,
})

const openingOf = async (client: TillClient, id: string) => {
  const { round, difference } = (await client.session.openings()).find(of => of.drawerId === id) ?? {}
  return { round, difference }
}

const closes = async (client: TillClient, amount: number) =>
  client.session.count({ commandId: newId(), count: await countOf(client, cents(amount)) })

afterEach(async () => {
  const { problems } = await resultOf(await (await clientOf(till, 'auditor')).till.verify())
  expect(problems).toEqual([])
})

describe('another amount than was left', () => {
  it('opens nothing: it is counted once more, and then takes a reason and another person', async () => {
    const { client, drawerId: id } = await leftTill()
    expect(await opens(client, id, 0)).toEqual({ outcome: 'recount', opened: null })
    expect(await openingOf(client, id)).toEqual({ round: 2, difference: null })
    expect(await opens(client, id, 18_000)).toEqual({ outcome: 'explain', opened: null })
    expect((await client.till.state()).session).toBeNull()
    expect((await openingOf(client, id)).difference).toEqual({
      leftCents: 20_000,
      countedCents: 18_000,
      overShortCents: -2_000,
      fund: null,
    })
    await expect(opens(client, id, 20_000)).rejects.toMatchObject({ code: 'COUNTED_TWICE' })
    await expect(client.session.openDifferent(different(id, { approval: undefined }))).rejects.toMatchObject({
      code: 'APPROVAL_NEEDED',
    })
    await expect(
      client.session.openDifferent(different(id, { approval: approvalBy('cashier') })),
    ).rejects.toMatchObject({ code: 'OWN_APPROVAL' })
    expect(await client.session.openDifferent(different(id))).toMatchObject({ openingCents: 18_000 })
  })

  it('is told by the Z report and the over and short report, and close makes the change fund up', async () => {
    const { client, drawerId: id } = await leftTill()
    for (const amount of [18_000, 18_000]) await opens(client, id, amount)
    const { sessionId } = await client.session.openDifferent(different(id))
    await pay(client, cents(10_000))
    expect(await closes(client, 28_000)).toMatchObject({ outcome: 'closed' })
    const z = await client.session.readZ({ sessionId })
    expect(z).toMatchObject({ leftCents: CHANGE_FUND, toSafeCents: 8_000 })
    expect(z.openingDifference).toMatchObject({
      leftCents: 20_000,
      overShortCents: -2_000,
      reason: 'A twenty is missing',
      approvedByName: 'R. Chen',
    })
    const { businessDate } = await client.till.state()
    const history = await client.report.overShort({ toDate: businessDate })
    const cash = history.flatMap(({ at, differences }) =>
      differences.filter(of => of.tender === 'cash').map(of => [at, of.overShortCents]),
    )
    expect(cash).toEqual([
      ['close', 0],
      ['opening', -2_000],
      ['close', 0],
    ])
    const auditor = await clientOf(till, 'auditor')
    const input = { report: 'over-short' as const, fromDate: businessDate, toDate: businessDate }
    const { sections } = await auditor.report.run(input)
    expect(JSON.stringify(sections[0]?.rows)).toContain('At opening: A twenty is missing')
  })

  it('may be a miscount, which is corrected once and leaves no difference', async () => {
    const { client, drawerId: id } = await leftTill()
    await opens(client, id, 2_000)
    expect(await opens(client, id, 20_000)).toMatchObject({
      outcome: 'opened',
      opened: { openingCents: 20_000 },
    })
  })

  it('is searched by nobody: a count that differs is on record, and there are two', async () => {
    const { client, drawerId: id } = await leftTill()
    for (const amount of [1_000, 2_000]) await opens(client, id, amount)
    for (const amount of [3_000, 20_000, 4_000])
      await expect(opens(client, id, amount)).rejects.toMatchObject({ code: 'COUNTED_TWICE' })
    const journal = await (await clientOf(till, 'auditor')).till.journal({ kind: 'session.opening-counted' })
    expect(journal.entries).toHaveLength(2)
  })

  it('that one person found does not bind the next, who counts for themselves', async () => {
    const { client, drawerId: id } = await leftTill()
    for (const amount of [1_000, 1_000]) await opens(client, id, amount)
    const colleague = await clientOf(till, 'colleague')
    expect(await openingOf(colleague, id)).toEqual({ round: 1, difference: null })
    expect(await opens(colleague, id, 20_000)).toMatchObject({ outcome: 'opened' })
    await expect(client.session.openDifferent(different(id))).rejects.toMatchObject({ code: 'DRAWER_IN_USE' })
    await closes(colleague, 20_000)
    // What was counted before that session says nothing of the drawer any more.
    await expect(client.session.openDifferent(different(id))).rejects.toMatchObject({ code: 'NOT_COUNTED' })
    expect(await openingOf(client, id)).toEqual({ round: 1, difference: null })
  })

  it('that was found another day is counted anew: it says nothing of the drawer now', async () => {
    const { client, drawerId: id } = await leftTill()
    for (const amount of [18_000, 18_000]) await opens(client, id, amount)
    till.clock.advance(DAY_MS)
    expect(await openingOf(client, id)).toEqual({ round: 1, difference: null })
    await expect(client.session.openDifferent(different(id))).rejects.toMatchObject({ code: 'NOT_COUNTED' })
    expect(await opens(client, id, 19_000)).toMatchObject({ outcome: 'recount' })
    expect(await opens(client, id, 19_000)).toMatchObject({ outcome: 'explain' })
    till.clock.advance(DAY_MS)
    expect(await opens(client, id, 20_000)).toMatchObject({ outcome: 'opened' })
  })

  it('because the change fund was assigned anew is no over or short, and stays in the drawer from then on', async () => {
    const { client, drawerId: id } = await leftTill()
    const administrator = await clientOf(till, 'administrator')
    const drawer = (await administrator.setup.drawers()).find(of => of.drawerId === id)
    if (!drawer) throw new Error('No drawer')
    await saveDrawer(administrator, { ...drawer, changeFundCents: cents(30_000) })
    expect(await opens(client, id, 30_000)).toMatchObject({ outcome: 'recount' })
    await opens(client, id, 30_000)
    const { sessionId } = await client.session.openDifferent(
      different(id, { reason: 'Fund raised', fundCents: 30_000 }),
    )
    await pay(client, cents(5_000))
    await closes(client, 35_000)
    expect(await client.session.readZ({ sessionId })).toMatchObject({
      leftCents: 30_000,
      toSafeCents: 5_000,
      openingDifference: { fundChangeCents: 10_000, overShortCents: 0 },
    })
  })

  it('is no change fund that was brought, where the count is nearer to what was left', async () => {
    const { client, drawerId: id } = await leftTill()
    const administrator = await clientOf(till, 'administrator')
    const drawer = (await administrator.setup.drawers()).find(of => of.drawerId === id)
    if (!drawer) throw new Error('No drawer')
    await saveDrawer(administrator, { ...drawer, changeFundCents: cents(30_000) })
    for (const amount of [19_900, 19_900]) await opens(client, id, amount)
    expect((await openingOf(client, id)).difference).toMatchObject({ overShortCents: -100, fund: null })
    await expect(client.session.openDifferent(different(id, { fundCents: 30_000 }))).rejects.toMatchObject({
      code: 'FUND_CHANGED',
    })
    await client.session.openDifferent(different(id))
  })

  it('is no over where a fund that was stolen is made up: the shortage stays what it was', async () => {
    const { client, drawerId: id } = await leftTill()
    for (const amount of [0, 0]) await opens(client, id, amount)
    const stolen = await client.session.openDifferent(different(id, { reason: 'Fund stolen' }))
    await closes(client, 0)
    for (const amount of [20_000, 20_000]) await opens(client, id, amount)
    expect((await openingOf(client, id)).difference).toMatchObject({
      overShortCents: 20_000,
      fund: { fundCents: 20_000, fundChangeCents: 20_000, overShortCents: 0 },
    })
    const made = { reason: 'A new fund from the treasurer', fundCents: 20_000 }
    const { sessionId } = await client.session.openDifferent(different(id, made))
    await pay(client, cents(5_000))
    await closes(client, 25_000)
    expect(await client.session.readZ({ sessionId: stolen.sessionId })).toMatchObject({
      openingDifference: { fundChangeCents: 0, overShortCents: -20_000 },
    })
    expect(await client.session.readZ({ sessionId })).toMatchObject({
      leftCents: 20_000,
      toSafeCents: 5_000,
      openingDifference: { fundChangeCents: 20_000, overShortCents: 0 },
    })
  })

  it('is over or short, whatever fund is assigned, unless somebody says that it was brought to that', async () => {
    till = await openTestTill()
    const client = await clientOf(till, 'cashier')
    const id = await drawerId(client)
    // A new drawer that began with more than its fund: of the 250.00 that it left 26.00 are gone.
    for (const amount of [25_000, 25_000]) await opens(client, id, amount)
    await closes(client, 25_000)
    for (const amount of [22_400, 22_400]) await opens(client, id, amount)
    expect((await openingOf(client, id)).difference).toMatchObject({
      overShortCents: -2_600,
      fund: { fundCents: 20_000, fundChangeCents: -5_000, overShortCents: 2_400 },
    })
    const { sessionId } = await client.session.openDifferent(different(id))
    await pay(client, cents(10_000))
    await closes(client, 32_400)
    expect(await client.session.readZ({ sessionId })).toMatchObject({
      leftCents: 25_000,
      toSafeCents: 7_400,
      openingDifference: { fundChangeCents: 0, overShortCents: -2_600 },
    })
  })

  it('in a drawer that never was open is only counted once more: its change fund is what is put in', async () => {
    till = await openTestTill()
    const client = await clientOf(till, 'cashier')
    const id = await drawerId(client)
    expect(await opens(client, id, 18_000)).toMatchObject({ outcome: 'recount' })
    expect(await opens(client, id, 18_000)).toMatchObject({
      outcome: 'opened',
      opened: { openingCents: 18_000 },
    })
  })
})

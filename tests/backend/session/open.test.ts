/** What stands on record of an opening, and which drawers can be opened. */
import { describe, expect, it } from 'vitest'
import { newId } from '../../../shared/id.ts'
import { type Cents, cents } from '../../../shared/money.ts'
import { approvalBy, CHANGE_FUND, countDrawer, drawerId, openDrawer, piecesOf } from '../../support/desk.ts'
import { changeDrawer } from '../../support/office.ts'
import { refused } from '../../support/refusals.ts'
import { clientOf } from '../../support/screens.ts'
import { samplePerson } from '../../support/template.ts'
import { bodiesOf, openTestTill } from '../../support/till.ts'
import { atTheWindow } from '../receipt/at-the-window.ts'

describe('an opening', () => {
  it('states who opened which drawer with what, and every tender that is balanced in it', async () => {
    const { till, client, sessionId } = await atTheWindow()
    const administrator = await clientOf(till, 'administrator')
    const tenders = (await administrator.setup.tenders()).map(({ tender }) => tender)
    const hundreds = { valueCents: 10_000, kind: 'note', pieces: 2, bundles: 0, cents: 20_000 }
    expect(bodiesOf(till, 'session.opened')).toEqual([
      {
        sessionId,
        sessionNo: 1,
        number: 'W1-S0001',
        drawerId: await drawerId(client),
        cashierId: samplePerson('cashier').personId,
        countId: expect.any(String),
        changeFundWantedCents: CHANGE_FUND,
        openingCents: CHANGE_FUND,
        pieces: [hundreds],
        changeFundCents: CHANGE_FUND,
        handedFrom: null,
        difference: null,
        tenders,
      },
    ])
  })

  it('on another amount states both counts, what was left, and who approved the difference', async () => {
    const { till, client, sessionId } = await atTheWindow({ overShortGlAccount: '100-4888' })
    await countDrawer(client, CHANGE_FUND)
    const id = await drawerId(client)
    for (const amount of [15_000, 18_000])
      await client.session.open({ commandId: newId(), drawerId: id, pieces: piecesOf(cents(amount)) })
    const asked = {
      drawerId: id,
      fundCents: null,
      reason: ' A twenty is gone ',
      approval: approvalBy('lead'),
    }
    const unsaid = client.session.openDifferent({ ...asked, commandId: newId(), reason: ' ' })
    expect(await refused(unsaid, 'TEXT_NOT_ALLOWED')).toEqual({ field: 'reason', reason: 'empty' })
    await client.session.openDifferent({ ...asked, commandId: newId() })
    const counts = bodiesOf(till, 'session.opening-counted')
    expect(counts).toMatchObject([
      { drawerId: id, round: 1, afterSessionId: sessionId, leftCents: CHANGE_FUND, cents: 15_000 },
      { drawerId: id, round: 2, afterSessionId: sessionId, leftCents: CHANGE_FUND, cents: 18_000 },
    ])
    const [, opened] = bodiesOf(till, 'session.opened')
    expect(opened).toMatchObject({
      countId: counts[1]?.countId,
      pieces: counts[1]?.pieces,
      openingCents: 18_000,
      changeFundCents: CHANGE_FUND,
      difference: {
        leftCents: CHANGE_FUND,
        fundChangeCents: 0,
        overShortCents: -2_000,
        overShortGlAccount: '100-4888',
        reason: 'A twenty is gone',
        approvedBy: approvalBy('lead').personId,
      },
    })
  })

  it('on another amount takes no fund but the one that is assigned', async () => {
    const { till, client } = await atTheWindow()
    await countDrawer(client, CHANGE_FUND)
    await changeDrawer(await clientOf(till, 'administrator'), { changeFundCents: cents(30_000) })
    const id = await drawerId(client)
    const count = () =>
      client.session.open({ commandId: newId(), drawerId: id, pieces: piecesOf(cents(29_900)) })
    expect([(await count()).outcome, (await count()).outcome]).toEqual(['recount', 'explain'])
    const on = (fundCents: Cents) =>
      client.session.openDifferent({
        ...{ commandId: newId(), drawerId: id, fundCents, reason: 'Raised', approval: approvalBy('lead') },
      })
    await refused(on(cents(29_900)), 'FUND_CHANGED')
    expect(await on(cents(30_000))).toMatchObject({ openingCents: 29_900 })
  })

  it('of a drawer that never was open states a first count that is not its change fund', async () => {
    const till = await openTestTill()
    await openDrawer(await clientOf(till, 'cashier'), 'Window 1', cents(18_000))
    expect(bodiesOf(till, 'session.opening-counted')).toMatchObject([
      { round: 1, afterSessionId: null, leftCents: null, cents: 18_000 },
    ])
    expect(bodiesOf(till, 'session.opened')).toMatchObject([{ changeFundCents: 18_000, difference: null }])
  })
})

describe('drawers that can be opened', () => {
  it('are those in use, with whoever has one', async () => {
    const { till } = await atTheWindow()
    await changeDrawer(await clientOf(till, 'administrator'), { active: false }, 'Window 3')
    const lead = await clientOf(till, 'lead')
    const found = (await lead.session.openings()).map(({ name, heldByName, round }) => [
      name,
      heldByName,
      round,
    ])
    expect(found).toEqual([
      ['Window 1', 'M. Alvarez', 1],
      ['Window 2', null, 1],
    ])
    const asked = { commandId: newId(), drawerId: await drawerId(lead, 'Window 3'), pieces: [] }
    await refused(lead.session.open(asked), 'UNKNOWN_DRAWER')
  })
})

/** A surprise count: somebody else's open drawer, counted blind; the session goes on and its cashier learns nothing. */
import { describe, expect, it } from 'vitest'
import { newId } from '../../../shared/id.ts'
import { cents } from '../../../shared/money.ts'
import { CHANGE_FUND, check, countDrawer, openDrawer, pay, piecesOf } from '../../support/desk.ts'
import { refused } from '../../support/refusals.ts'
import { clientOf } from '../../support/screens.ts'
import { bodiesOf, openTestTill } from '../../support/till.ts'
import { countOfOther } from '../../support/two-counts.ts'

const THERE = cents(CHANGE_FUND + 5_000)

async function openWindow() {
  const till = await openTestTill()
  const cashier = await clientOf(till, 'cashier')
  const { sessionId } = await openDrawer(cashier)
  await pay(cashier, cents(5_000))
  await pay(cashier, cents(1_500), { tenders: [check(cents(1_500))] })
  return { till, cashier, sessionId, lead: await clientOf(till, 'lead') }
}

describe('a surprise count', () => {
  it('states all that was found beside what was expected', async () => {
    const { till, lead, sessionId } = await openWindow()
    const count = await countOfOther(lead, sessionId, cents(19_000))
    await lead.session.surpriseCount({ commandId: newId(), sessionId, count })
    expect(bodiesOf(till, 'session.surprise-counted')).toMatchObject([
      {
        sessionId,
        pieces: piecesOf(cents(19_000)),
        items: [{ tender: 'check', reference: '1042', cents: 1_500 }],
        balances: expect.arrayContaining([
          { tender: 'cash', expectedCents: THERE, countedCents: 19_000, overShortCents: 19_000 - THERE },
        ]),
      },
    ])
  })

  it('has the papers of that session on its sheet, and no amount', async () => {
    const { lead, sessionId } = await openWindow()
    const sheet = await lead.session.surpriseSheet({ sessionId })
    expect(sheet).toMatchObject({ sessionId, number: 'W1-S0001', drawerName: 'Window 1' })
    expect(sheet.items).toEqual([expect.objectContaining({ tender: 'check', reference: '1042' })])
    expect(JSON.stringify(sheet)).not.toMatch(/expected|\b1500\b|\b25000\b/)
  })

  for (const who of ['lead', 'supervisor', 'auditor'] as const)
    it(`a difference is told to the ${who} who counted, by tender`, async () => {
      const { till, sessionId } = await openWindow()
      const client = await clientOf(till, who)
      const count = await countOfOther(client, sessionId, cents(THERE - 250))
      const { balances } = await client.session.surpriseCount({ commandId: newId(), sessionId, count })
      const cash = balances.find(({ tender }) => tender === 'cash')
      expect(cash).toMatchObject({ expectedCents: THERE, countedCents: THERE - 250, overShortCents: -250 })
    })

  it('the session goes on: payments are taken, and its own close is as blind as ever', async () => {
    const { cashier, lead, sessionId } = await openWindow()
    const count = await countOfOther(lead, sessionId, cents(THERE - 250))
    await lead.session.surpriseCount({ commandId: newId(), sessionId, count })
    await pay(cashier, cents(700))
    expect((await cashier.session.countSheet()).round).toBe(1)
    expect(await cashier.session.difference()).toBeNull()
    expect((await countDrawer(cashier, cents(THERE + 450))).outcome).toBe('recount')
  })

  it('the cashier sees it only on the Z report, after the close', async () => {
    const { cashier, lead, sessionId } = await openWindow()
    const count = await countOfOther(lead, sessionId, cents(THERE - 250))
    await lead.session.surpriseCount({ commandId: newId(), sessionId, count })
    await refused(cashier.session.readZ({ sessionId }), 'SESSION_NOT_CLOSED')
    expect(JSON.stringify(await cashier.till.state())).not.toContain('24750')
    await countDrawer(cashier, THERE)
    const { counts } = await cashier.session.readZ({ sessionId })
    expect(counts.map(({ purpose, personName, cashCents }) => [purpose, personName, cashCents])).toEqual([
      ['opening', 'M. Alvarez', CHANGE_FUND],
      ['surprise', 'R. Chen', THERE - 250],
      ['closing', 'M. Alvarez', THERE],
    ])
  })

  it('it is on record without a figure, for everybody who reads the journal', async () => {
    const { lead, sessionId } = await openWindow()
    const count = await countOfOther(lead, sessionId, cents(THERE - 250))
    await lead.session.surpriseCount({ commandId: newId(), sessionId, count })
    const {
      entries: [entry],
    } = await lead.till.journal({ kind: 'session.surprise-counted' })
    expect(entry).toMatchObject({ actorName: 'R. Chen', summary: 'Surprise count' })
  })

  it('nobody surprises themselves, and a drawer that is counted already is not surprised', async () => {
    const { till, cashier, lead, sessionId } = await openWindow()
    const own = await openDrawer(lead, 'Window 3')
    await refused(lead.session.surpriseSheet({ sessionId: own.sessionId }), 'OWN_SESSION_IS_BLIND')
    const supervisor = await clientOf(till, 'supervisor')
    const count = await countOfOther(supervisor, sessionId, THERE)
    const asOwn = { commandId: newId(), sessionId: own.sessionId, count }
    await refused(lead.session.surpriseCount(asOwn), 'OWN_SESSION_IS_BLIND')
    await countDrawer(cashier, cents(1))
    await refused(
      supervisor.session.surpriseCount({ commandId: newId(), sessionId, count }),
      'SESSION_COUNTED',
    )
  })
})

/** Closing for an absent cashier: two others, two counts, whatever the difference. */
import { describe, expect, it } from 'vitest'
import { verifyLedger } from '../../../db/verify/verify.ts'
import { cents } from '../../../shared/money.ts'
import { HOUR_MS } from '../../support/clock.ts'
import { approvalBy, CHANGE_FUND, check, countDrawer, openDrawer, pay, piecesOf } from '../../support/desk.ts'
import { refused } from '../../support/refusals.ts'
import { clientOf } from '../../support/screens.ts'
import { openTestTill } from '../../support/till.ts'
import { absentInput, handOverInput } from '../../support/two-counts.ts'

const THERE = cents(CHANGE_FUND + 5_000)

async function forgotten() {
  const till = await openTestTill()
  const cashier = await clientOf(till, 'cashier')
  const { sessionId } = await openDrawer(cashier)
  await pay(cashier, cents(5_000))
  await pay(cashier, cents(1_500), { tenders: [check(cents(1_500))] })
  return { till, cashier, sessionId, lead: await clientOf(till, 'lead') }
}

describe('an absent cashier', () => {
  it('a forgotten session is closed by two others, and its Z report says who counted for whom', async () => {
    const { till, cashier, lead, sessionId } = await forgotten()
    till.clock.advance(30 * HOUR_MS)
    const closed = await lead.session.closeAbsent(await absentInput(lead, sessionId, THERE))
    expect(closed).toMatchObject({ outcome: 'closed', zNumber: 'W1-Z0001' })
    const z = await cashier.session.readZ({ sessionId })
    expect(z).toMatchObject({
      cashierName: 'M. Alvarez',
      closedInAbsenceBy: { name: 'R. Chen', secondName: 'D. Whitfield' },
      reason: 'Went home ill',
      leftCents: CHANGE_FUND,
      toSafeCents: 5_000,
      businessDate: '2026-11-20',
    })
    expect(z.counts.at(-1)).toMatchObject({ personName: 'R. Chen', secondPersonName: 'D. Whitfield' })
    expect((await cashier.till.state()).session).toBeNull()
    expect((await verifyLedger(till.dataDir, () => undefined)).ok).toBe(true)
  })

  it('it closes whatever the difference, which stays on record by tender', async () => {
    const { lead, sessionId } = await forgotten()
    const input = await absentInput(lead, sessionId, cents(THERE - 730))
    const { balances } = await lead.session.closeAbsent({ ...input, count: { ...input.count, items: [] } })
    const differences = balances.map(({ tender, overShortCents }) => [tender, overShortCents])
    expect(differences).toEqual(
      expect.arrayContaining([
        ['cash', -730],
        ['check', -1_500],
      ]),
    )
  })

  it('a session that was left counted is closed too, after one count or after two', async () => {
    for (const rounds of [1, 2]) {
      const { till, cashier, lead, sessionId } = await forgotten()
      for (let round = 1; round <= rounds; round += 1) await countDrawer(cashier, cents(THERE - 100))
      const closed = await lead.session.closeAbsent(await absentInput(lead, sessionId, THERE))
      expect(closed.outcome).toBe('closed')
      const { counts } = await lead.session.readZ({ sessionId })
      expect(counts).toHaveLength(rounds + 2)
      expect((await verifyLedger(till.dataDir, () => undefined)).ok).toBe(true)
    }
  })

  it('a hand-over that was left half done ends with it: the money goes to the safe, not to the taker', async () => {
    const { till, cashier, lead, sessionId } = await forgotten()
    for (let round = 1; round <= 2; round += 1)
      await cashier.session.handOver(await handOverInput(cashier, cents(THERE - 100)))
    await lead.session.closeAbsent(await absentInput(lead, sessionId, cents(THERE - 100)))
    expect(await lead.session.readZ({ sessionId })).toMatchObject({ handedTo: null, leftCents: CHANGE_FUND })
    expect((await (await clientOf(till, 'colleague')).till.state()).session).toBeNull()
  })

  it('the cashier counts for nobody: neither first nor second', async () => {
    const till = await openTestTill()
    const lead = await clientOf(till, 'lead')
    const supervisor = await clientOf(till, 'supervisor')
    const { sessionId } = await openDrawer(lead)
    const input = await absentInput(supervisor, sessionId, CHANGE_FUND)
    await refused(lead.session.closeAbsent(input), 'OWN_SESSION_IS_BLIND')
    const own = { ...input, ownPin: '7046', approval: approvalBy('lead') }
    await refused(supervisor.session.closeAbsent(own), 'APPROVER_IS_CASHIER')
  })

  it('two counts that differ close nothing', async () => {
    const { lead, cashier, sessionId } = await forgotten()
    const input = {
      ...(await absentInput(lead, sessionId, THERE)),
      secondPieces: piecesOf(cents(THERE - 100)),
    }
    await refused(lead.session.closeAbsent(input), 'COUNTS_DIFFER')
    expect((await cashier.till.state()).session?.state).toBe('open')
  })
})

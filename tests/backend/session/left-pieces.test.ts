/** What stays in the drawer at close, what goes to the safe, and what the next to open it finds. */

import { describe, expect, it } from 'vitest'
import type { TillClient } from '../../../shared/contract/index.ts'
import { newId } from '../../../shared/id.ts'
import { cents } from '../../../shared/money.ts'
import type { PieceCount } from '../../../shared/rules/cash/denominations.ts'
import { CHANGE_FUND, drawerId, openOn, pay, piecesOf } from '../../support/desk.ts'
import { saveSettings } from '../../support/office.ts'
import { clientOf } from '../../support/screens.ts'
import { openTestTill } from '../../support/till.ts'

const notes = (value: number, pieces: number, bundles = 0): PieceCount => {
  return { valueCents: cents(value), kind: 'note', pieces, bundles }
}

const openWith = async (client: TillClient, pieces: PieceCount[]) =>
  openOn(client, { drawerId: await drawerId(client), pieces })

/** A session that was opened with 200.00 in these pieces, took this much, and found those at its count. */
async function closedWith(taken: number, found: PieceCount[], opening: PieceCount[] = piecesOf(CHANGE_FUND)) {
  const till = await openTestTill()
  const client = await clientOf(till, 'cashier')
  const { sessionId } = await openWith(client, opening)
  await pay(client, cents(taken))
  const count = { pieces: found, items: [], extraItems: [], slips: [] }
  const { outcome } = await client.session.count({ commandId: newId(), count })
  expect(outcome).toBe('closed')
  return { till, client, sessionId, z: await client.session.readZ({ sessionId }) }
}

describe('the close', () => {
  it('says which pieces stay, so that the change fund remains in small money, and straps what leaves', async () => {
    const found = [notes(10_000, 3), notes(2_000, 6), notes(500, 16), notes(100, 130)]
    const { z } = await closedWith(43_000, found)
    expect(z).toMatchObject({ leftCents: CHANGE_FUND, toSafeCents: 43_000 })
    expect(z.parting?.changeFirst).toBeNull()
    const worth = (rows: PieceCount[]) =>
      rows.reduce((all, of) => all + of.valueCents * (of.pieces + 100 * of.bundles), 0)
    expect(worth(z.parting?.left ?? [])).toBe(CHANGE_FUND)
    expect(worth(z.parting?.leaving ?? [])).toBe(43_000)
  })

  it('keeps the mix that the city wants', async () => {
    const till = await openTestTill()
    const administrator = await clientOf(till, 'administrator')
    const settings = await administrator.setup.settings()
    const wantedPieces = [
      { valueCents: cents(2_000), kind: 'note' as const, pieces: 8 },
      { valueCents: cents(500), kind: 'note' as const, pieces: 8 },
    ]
    const policies = { wantedPieces }
    await saveSettings(administrator, { ...settings, ...policies })
    const client = await clientOf(till, 'cashier')
    const { sessionId } = await openWith(client, piecesOf(CHANGE_FUND))
    await pay(client, cents(30_000))
    const pieces = [notes(2_000, 12), notes(500, 12), notes(100, 0, 2)]
    await client.session.count({
      commandId: newId(),
      count: { pieces, items: [], extraItems: [], slips: [] },
    })
    const { parting } = await client.session.readZ({ sessionId })
    expect(parting?.left).toEqual([notes(2_000, 8), notes(500, 8)])
    expect(parting?.leaving).toEqual([notes(2_000, 4), notes(500, 4), notes(100, 0, 2)])
  })

  it('names the note to change where no mix leaves the change fund', async () => {
    const { z } = await closedWith(3_000, [notes(5_000, 1), notes(2_000, 9)])
    expect(z).toMatchObject({ leftCents: CHANGE_FUND, toSafeCents: 3_000 })
    expect(z.parting).toEqual({
      left: [],
      leaving: [],
      changeFirst: { valueCents: 2_000, kind: 'note', staysCents: 1_000 },
    })
  })

  it('an open session has nothing parted', async () => {
    const till = await openTestTill()
    const client = await clientOf(till, 'cashier')
    const { sessionId } = await openWith(client, piecesOf(CHANGE_FUND))
    expect((await (await clientOf(till, 'lead')).session.readX({ sessionId })).parting).toBeNull()
  })
})

describe('the next opening', () => {
  const EVEN = [notes(2_000, 10)]

  it('says nothing where the drawer holds just what was left in it', async () => {
    const { client } = await closedWith(10_000, [notes(10_000, 1), ...EVEN])
    const opened = await openWith(client, [notes(2_000, 5), notes(10_000, 1)])
    const again = await closedAndOpened(client, [notes(2_000, 5), notes(10_000, 1)])
    expect(opened.leftBefore).not.toBeNull()
    expect(again.leftBefore).toBeNull()
  })

  it('tells, after the count, which pieces are more or fewer than were left', async () => {
    const { client, z } = await closedWith(10_000, [notes(10_000, 1), ...EVEN])
    expect(z.parting?.left).toEqual(EVEN)
    const { leftBefore, openingCents } = await openWith(client, [notes(2_000, 9), notes(500, 4)])
    expect(openingCents).toBe(20_000)
    expect(leftBefore).toEqual({
      leftCents: CHANGE_FUND,
      differences: [
        { valueCents: 2_000, kind: 'note', pieces: -1 },
        { valueCents: 500, kind: 'note', pieces: 4 },
      ],
    })
  })

  it('is told the same however late it is asked again', async () => {
    const { client } = await closedWith(10_000, [notes(10_000, 1), ...EVEN])
    const input = { commandId: newId(), drawerId: await drawerId(client), pieces: EVEN }
    const first = await client.session.open(input)
    await closedAndOpened(client, EVEN, false)
    expect(await client.session.open(input)).toEqual(first)
  })

  it('knows nothing of a drawer that was never closed, or whose change fund was not parted', async () => {
    const till = await openTestTill()
    expect((await openWith(await clientOf(till, 'cashier'), EVEN)).leftBefore).toBeNull()
    const { client } = await closedWith(3_000, [notes(5_000, 1), notes(2_000, 9)])
    expect((await openWith(client, EVEN)).leftBefore).toBeNull()
  })

  async function closedAndOpened(client: TillClient, pieces: PieceCount[], reopens = true) {
    await client.session.count({
      commandId: newId(),
      count: { pieces, items: [], extraItems: [], slips: [] },
    })
    return reopens ? openWith(client, pieces) : { leftBefore: null }
  }
})

/** A city as a central of another program publishes it: newer, older, unreadable, refused. */

import { describe, expect, it } from 'vitest'
import { cityDigest } from '../../../shared/central/city.ts'
import type { City } from '../../../shared/central/protocol.ts'
import { cents } from '../../../shared/money.ts'
import { type LineTill, openLineTill } from '../../support/central/line.ts'
import { saveSettings } from '../../support/office.ts'
import { refused } from '../../support/refusals.ts'
import { clientOf } from '../../support/screens.ts'
import {
  changedCity,
  expectSound,
  headOf,
  hereAt,
  later,
  leftAt,
  publish,
  published,
} from './published-city.ts'

describe('What the city keeps at a central of another program', () => {
  const askedOf = (line: LineTill, path: string): number =>
    line.central.asked.filter(one => one === `GET ${path}`).length

  it('of a central that is newer is taken but for what is not known here, and is not sent again', async () => {
    const line = await openLineTill()
    const city = changedCity(line)
    const newer = structuredClone(city)
    for (const one of [...newer.tenders, ...newer.catalog, ...newer.people, newer.policies ?? {}])
      Object.assign(one, { surchargeCents: 5 })
    await publish(line, newer)
    const { version: _, ...wanted } = city
    expect(hereAt(line)).toEqual({ ...wanted, people: expect.arrayContaining(wanted.people) })
    expect(leftAt(line)).toEqual([])
    const head = headOf(line)
    await later(line)
    expect(headOf(line)).toBe(head)
    expect(line.sync().store.city()?.digest).toBe(cityDigest(newer))
    await expectSound(line)
  })

  it('of a central that says what no hash here has a place for is taken, and locks nobody out of their own till', async () => {
    const line = await openLineTill()
    const city = changedCity(line)
    await publish(line, { ...structuredClone(city), hoursPerDay: 7.5 } as City)
    expect(leftAt(line)).toEqual([])
    expect(line.sync().store.city()).toMatchObject({ digest: '' })
    const { version: _, ...wanted } = city
    expect(hereAt(line)).toEqual({ ...wanted, people: expect.arrayContaining(wanted.people) })
    // And the next version is heard of.
    await publish(line, { ...city, version: 2 })
    expect(line.sync().store.city()?.city.version).toBe(2)
    await expectSound(line)
  })

  it('that mentions fewer policies than there are leaves the others as they were', async () => {
    const line = await openLineTill()
    const city = published(line, 1, () => ({}))
    const { differenceToleranceCents, ...others } = city.policies ?? never()
    await publish(line, { ...city, policies: { ...others, warnPercent: 70 } as City['policies'] })
    expect(hereAt(line)?.policies).toEqual({ ...others, warnPercent: 70, differenceToleranceCents })
    expect(leftAt(line)).toEqual([])
  })

  it('that cannot be read at all is told, and keeps nothing else from being read', async () => {
    const line = await openLineTill()
    const city = published(line, 1, () => ({}))
    await publish(line, { ...city, tenders: [{ tender: 7 }] } as unknown as City)
    const alarms = () => line.sync().store.alarms()
    expect(alarms()).toMatchObject([{ kind: 'answer-not-read', detail: expect.stringContaining('/v1/city') }])
    expect(line.sync().connection).toBe('up-to-date')
    const [cities, sums] = [askedOf(line, '/v1/city'), askedOf(line, '/v1/receipts')]
    await later(line)
    // At the pace of news, not as fast as the line can.
    expect([askedOf(line, '/v1/city'), askedOf(line, '/v1/receipts')]).toEqual([cities + 1, sums + 1])
    await publish(line, city)
    expect(alarms()).toEqual([])
  })

  it.each([404, 500])('that is refused with %i keeps nothing else from being read either', async status => {
    const line = await openLineTill()
    await publish(
      line,
      published(line, 1, () => ({})),
    )
    line.central.always = ({ path }, answer) =>
      path.startsWith('/v1/city') ? Response.json({ code: 'NOT_FOUND' }, { status }) : answer()
    const [cities, receipts] = [askedOf(line, '/v1/city'), askedOf(line, '/v1/receipts')]
    await later(line)
    expect([askedOf(line, '/v1/city'), askedOf(line, '/v1/receipts')]).toEqual([cities + 1, receipts + 1])
    expect(line.sync().store.alarms()).toMatchObject([{ kind: 'answer-not-read' }])
  })

  it('that an earlier program took without all that it says is taken once more by this one', async () => {
    const line = await openLineTill()
    const city = published(line, 1, one => ({
      policies: one.policies && { ...one.policies, warnPercent: 71 },
    }))
    line.central.city = city
    line.sync().store.keepCity(JSON.stringify(city), { isWhole: true })
    await line.till.restart()
    await later(line)
    expect(hereAt(line)?.policies?.warnPercent).toBe(71)
  })

  it('that leaves a policy out leaves it to be changed at the till', async () => {
    const line = await openLineTill()
    const { differenceToleranceCents: _, ...others } = published(line, 1, () => ({})).policies ?? never()
    await publish(line, { ...published(line, 1, () => ({})), policies: others as City['policies'] })
    const administrator = await clientOf(line.till, 'administrator')
    const settings = await administrator.setup.settings()
    const save = (changes: object) => saveSettings(administrator, { ...settings, ...changes })
    await save({ differenceToleranceCents: cents(123) })
    await refused(save({ differenceToleranceCents: cents(123), warnPercent: 61 }), 'KEPT_AT_CENTRAL')
  })
})

function never(): never {
  throw new Error('The sample city has none')
}

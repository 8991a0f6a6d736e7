/** The cashier cannot see what is expected before counting, whatever they ask. */
import { describe, expect, it } from 'vitest'
import { newId } from '../../../shared/id.ts'
import { cents, formatCents } from '../../../shared/money.ts'
import {
  approvalBy,
  CHANGE_FUND,
  cash,
  check,
  countOf,
  countTwice,
  openDrawer,
  pay,
} from '../../support/desk.ts'
import { refused } from '../../support/refusals.ts'
import { clientOf } from '../../support/screens.ts'
import { openTestTill } from '../../support/till.ts'
import { countOfOther, handOverInput } from '../../support/two-counts.ts'
import { operations } from '../../transports/operations.ts'

/** Cash that no other figure of the day comes to by chance. */
const TAKEN = [cents(4_321), cents(7_893), cents(12_007)]
const CHECK = cents(9_173)
const EXPECTED = cents(CHANGE_FUND + 4_321 + 7_893 + 12_007)
/** What somebody finds who counts it wrong. */
const COUNTED = cents(EXPECTED - 631)

/** A value with everything in it, files as text, streams by their first word. */
async function told(value: unknown): Promise<string> {
  if (value instanceof Blob) return value.text()
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? ''
  if (Symbol.asyncIterator in value) {
    const stream = value as AsyncGenerator
    const first: unknown = (await stream.next()).value
    await stream.return(undefined)
    return JSON.stringify(first)
  }
  return JSON.stringify(value)
}

/** Milliseconds: every operation is asked, papers and exports among them, on a machine that may be busy. */
const EVERY_OPERATION_MS = 90_000

describe('the blind count', { timeout: EVERY_OPERATION_MS }, () => {
  it('no operation that a cashier may ask tells the expected figure before the count', async () => {
    const till = await openTestTill()
    const client = await clientOf(till, 'cashier')
    const { sessionId } = await openDrawer(client)
    for (const amount of TAKEN) await pay(client, amount)
    await pay(client, CHECK, { tenders: [check(CHECK)] })
    const secret = new RegExp(`\\b${EXPECTED}\\b|${formatCents(EXPECTED).replace('.', '\\.')}|expectedCents`)
    const receiptId = (await client.receipt.find({}))[0]?.receiptId ?? ''
    const ids = { sessionId, receiptId, depositId: newId(), uploadId: newId(), accountId: newId() }
    const inputs = [{ ...ids, text: '', paper: '80mm' }, undefined]
    const asked: string[] = []
    for (const { name, meta, call } of operations) {
      const mayAsk = meta.roles === 'anyone' || meta.roles.includes('cashier')
      const ends = /signOut|lock|setUp|openSample/.test(name)
      if (!mayAsk || ends) continue
      for (const input of inputs) {
        const answer = await call(client, input).then(told, (error: unknown) => JSON.stringify(error))
        expect([name, secret.exec(answer)?.[0]]).toEqual([name, undefined])
      }
      asked.push(name)
    }
    expect(asked).toContain('session.countSheet')
    expect(asked.length).toBeGreaterThan(25)
  })

  it('nor may a lead learn it of a drawer of their own, on the board or anywhere', async () => {
    const till = await openTestTill()
    const client = await clientOf(till, 'lead')
    const { sessionId } = await openDrawer(client)
    for (const amount of TAKEN) await pay(client, amount)
    const secret = new RegExp(`\\b${EXPECTED}\\b|${formatCents(EXPECTED).replace('.', '\\.')}`)
    const ids = { sessionId, depositId: newId(), movementId: newId(), uploadId: newId(), accountId: newId() }
    const asked: string[] = []
    for (const { name, meta, call } of operations) {
      if (meta.roles === 'anyone' || !meta.roles.includes('lead')) continue
      if (/signOut|lock|verify/.test(name)) continue
      for (const input of [{ ...ids, text: '', paper: '80mm', changeCents: cents(100) }, undefined]) {
        const answer = await call(client, input).then(told, (error: unknown) => JSON.stringify(error))
        expect([name, secret.exec(answer)?.[0]]).toEqual([name, undefined])
      }
      asked.push(name)
    }
    for (const name of ['session.board', 'session.surpriseSheet', 'session.readX', 'till.journal'])
      expect(asked).toContain(name)
  })

  it('a surprise count of somebody else tells its cashier nothing, through any operation', async () => {
    const till = await openTestTill()
    const client = await clientOf(till, 'cashier')
    const { sessionId } = await openDrawer(client)
    for (const amount of TAKEN) await pay(client, amount)
    const lead = await clientOf(till, 'lead')
    const count = await countOfOther(lead, sessionId, COUNTED)
    await lead.session.surpriseCount({ commandId: newId(), sessionId, count })
    const secret = new RegExp(`\\b(${EXPECTED}|${COUNTED})\\b|expectedCents|overShortCents`)
    for (const { name, meta, call } of operations) {
      if (meta.roles === 'anyone' ? name !== 'till.state' : !meta.roles.includes('cashier')) continue
      if (/signOut|lock/.test(name)) continue
      const answer = await call(client, { sessionId, changeCents: cents(100) }).then(told, (error: unknown) =>
        JSON.stringify(error),
      )
      expect([name, secret.exec(answer)?.[0]]).toEqual([name, undefined])
    }
  })

  it('a hand-over that differs tells neither of the two how much, until both have counted twice', async () => {
    const till = await openTestTill()
    const client = await clientOf(till, 'cashier')
    const { sessionId } = await openDrawer(client)
    for (const amount of TAKEN) await pay(client, amount)
    const first = await client.session.handOver(await handOverInput(client, COUNTED, { to: 'lead' }))
    expect(first).toMatchObject({ outcome: 'recount', balances: [] })
    expect(await client.session.difference()).toBeNull()
    const taker = await clientOf(till, 'lead')
    await refused(taker.session.readX({ sessionId }), 'OWN_SESSION_IS_BLIND')
    const board = JSON.stringify(await taker.session.board())
    expect(board).not.toContain(String(EXPECTED))
    const second = await client.session.handOver(await handOverInput(client, COUNTED, { to: 'lead' }))
    expect(second.balances).toContainEqual(
      expect.objectContaining({ tender: 'cash', expectedCents: EXPECTED }),
    )
  })

  it('the figure that the test looks for is the one a supervisor reads', async () => {
    const till = await openTestTill()
    const client = await clientOf(till, 'cashier')
    const { sessionId } = await openDrawer(client)
    for (const amount of TAKEN) await pay(client, amount)
    const reading = await (await clientOf(till, 'supervisor')).session.readX({ sessionId })
    const drawer = reading.balances.find(balance => balance.tender === 'cash')
    expect(drawer?.expectedCents).toBe(EXPECTED)
  })

  it('after a first count that differs the cashier is told that it differs, and nothing more', async () => {
    const till = await openTestTill()
    const client = await clientOf(till, 'cashier')
    await openDrawer(client)
    await pay(client, cents(4_321))
    const count = await countOf(client, CHANGE_FUND)
    const answer = await client.session.count({ commandId: newId(), count })
    expect(answer).toEqual({ outcome: 'recount', balances: [], zNumber: null })
    expect(await client.session.difference()).toBeNull()
    expect(JSON.stringify(await client.session.countSheet())).not.toContain('24321')
  })

  it('after the recount the difference is told, by tender and never as one', async () => {
    const till = await openTestTill()
    const client = await clientOf(till, 'cashier')
    await openDrawer(client)
    await pay(client, cents(5_000), { tenders: [cash(cents(4_000)), check(cents(1_000))] })
    const pieces = (await countOf(client, cents(CHANGE_FUND + 4_050))).pieces
    const wrong = { pieces, items: [], extraItems: [], slips: [] }
    await client.session.count({ commandId: newId(), count: wrong })
    const { outcome, balances } = await client.session.count({ commandId: newId(), count: wrong })
    const byTender = Object.fromEntries(
      balances.map(({ tender, overShortCents }) => [tender, overShortCents]),
    )
    expect(outcome).toBe('explain')
    expect(byTender).toMatchObject({ cash: 50, check: -1_000 })
  })

  it('both counts stay on record', async () => {
    const till = await openTestTill()
    const client = await clientOf(till, 'cashier')
    const { sessionId } = await openDrawer(client)
    await pay(client, cents(4_321))
    await countTwice(client, cents(CHANGE_FUND + 4_000))
    await client.session.close({ commandId: newId(), reason: 'Short', approval: approvalBy('lead') })
    const { counts } = await client.session.readZ({ sessionId })
    expect(counts.map(({ purpose, cashCents }) => [purpose, cashCents])).toEqual([
      ['opening', CHANGE_FUND],
      ['closing', CHANGE_FUND + 4_000],
      ['recount', CHANGE_FUND + 4_000],
    ])
  })

  it('nobody reads the X report of their own drawer, whatever their role', async () => {
    const till = await openTestTill()
    for (const role of ['lead', 'supervisor'] as const) {
      const client = await clientOf(till, role)
      const { sessionId } = await openDrawer(client, role === 'lead' ? 'Window 1' : 'Window 2')
      await refused(client.session.readX({ sessionId }), 'OWN_SESSION_IS_BLIND')
    }
  })

  it('reading another’s X report is on record', async () => {
    const till = await openTestTill()
    const { sessionId } = await openDrawer(await clientOf(till, 'cashier'))
    const lead = await clientOf(till, 'lead')
    await lead.session.readX({ sessionId })
    expect((await lead.till.journal({ kind: 'session.x-read' })).entries[0]?.actorName).toBe('R. Chen')
  })
})

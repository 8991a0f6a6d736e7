/** Why a drawer is off, asked of a real till: an error is planted at the window, the drawer counted as it is. */
import { describe, expect, it } from 'vitest'
import { evidenceOf } from '../../../db/queries/report/explain-evidence.ts'
import { sessionById } from '../../../db/queries/session/session.ts'
import { MOST_AT_ONCE } from '../../../electron/backend/session/explain.ts'
import type { TillClient } from '../../../shared/contract/index.ts'
import type { CountInput } from '../../../shared/contract/session-fields.ts'
import { newId } from '../../../shared/id.ts'
import { add, type Cents, cents, formatCents, subtract, sum } from '../../../shared/money.ts'
import {
  accountLine,
  approvalBy,
  CHANGE_FUND,
  card,
  cash,
  check,
  countDrawer,
  countOf,
  liftLimits,
  openDrawer,
  ordinaryAccount,
  pay,
  piecesOf,
  receiptInput,
} from '../../support/desk.ts'
import { refused } from '../../support/refusals.ts'
import { clientOf } from '../../support/screens.ts'
import { type OpenTill, openTestTill } from '../../support/till.ts'
import { handOverInput } from '../../support/two-counts.ts'
import { operations } from '../../transports/operations.ts'

const MINUTE_MS = 60_000
/** Payments in cash, each its own amount, that no planted difference comes to. */
const CASH = [4_321, 7_893, 12_007, 6_650, 9_914, 3_578, 11_236, 5_049].map(cents)
const CHECKS = [9_173, 14_462, 5_881].map(cents)
const TAKEN = sum(CASH)

interface Window {
  till: OpenTill
  client: TillClient
  sessionId: string
}

/** A window in the middle of an ordinary day. */
async function busyWindow({ hasThreads = false } = {}): Promise<Window> {
  const till = await openTestTill({ hasThreads })
  const client = await clientOf(till, 'cashier')
  const { sessionId } = await openDrawer(client)
  for (const [i, amount] of CASH.entries()) {
    till.clock.advance(7 * MINUTE_MS)
    await pay(client, amount, { account: await ordinaryAccount(i) })
  }
  for (const [i, amount] of CHECKS.entries()) {
    till.clock.advance(5 * MINUTE_MS)
    const tenders = [check(amount, { reference: `${2_201 + i}` })]
    await pay(client, amount, { tenders, account: await ordinaryAccount(20 + i) })
  }
  return { till, client, sessionId }
}

/** Counts twice what is there: so much cash, and the checks but those of some numbers. */
async function twice(client: TillClient, cashCents: Cents, without: readonly string[] = []) {
  const send = async () => {
    const { items } = await client.session.countSheet()
    const found = items.filter(item => !without.includes(item.reference))
    const whole = await countOf(client, cashCents)
    const count: CountInput = {
      ...whole,
      items: found.map(({ receiptId, tenderNo }) => ({ receiptId, tenderNo })),
    }
    return client.session.count({ commandId: newId(), count })
  }
  await send()
  expect((await send()).outcome).toBe('explain')
}

async function firstCandidate({ client, sessionId }: Window) {
  const { candidates, receipts } = await client.session.explain({ sessionId })
  const [candidate] = candidates
  const numbers = candidate?.receiptIds.map(id => receipts.find(one => one.receiptId === id)?.number)
  return { candidate, numbers }
}

describe('the first explanation names what was planted', () => {
  it('a payment entered as cash that came by check', async () => {
    const window = await busyWindow()
    const { client } = window
    const amount = cents(8_237)
    const { number } = await pay(client, amount, { account: await ordinaryAccount(30) })
    const wrong = async () => {
      const count = await countOf(client, add(CHANGE_FUND, TAKEN))
      const extraItems = [{ tender: 'check' as const, reference: '7781', cents: amount }]
      return client.session.count({ commandId: newId(), count: { ...count, extraItems } })
    }
    await wrong()
    await wrong()
    const { candidate, numbers } = await firstCandidate(window)
    expect(candidate).toMatchObject({
      kind: 'tender-swapped',
      facts: { keyed: 'cash', taken: 'check', cents: amount },
      explains: [
        { tender: 'cash', differenceCents: -amount },
        { tender: 'check', differenceCents: amount },
      ],
    })
    expect(numbers).toEqual([number])
  })

  it('a check that is not there, with its number', async () => {
    const window = await busyWindow()
    await twice(window.client, add(CHANGE_FUND, TAKEN), ['2202'])
    const { candidate, numbers } = await firstCandidate(window)
    const facts = { tender: 'check', cents: CHECKS[1], reference: '2202' }
    expect(candidate).toMatchObject({ kind: 'item-missing', facts })
    expect(numbers).toEqual(['W1-000010'])
  })

  it('a paid-out that nobody recorded', async () => {
    const window = await busyWindow()
    const voucher = cents(1_875)
    await twice(window.client, subtract(add(CHANGE_FUND, TAKEN), voucher))
    const { candidate } = await firstCandidate(window)
    const facts = { movement: 'paid-out', cents: voucher }
    expect(candidate).toMatchObject({ kind: 'movement-not-recorded', facts, receiptIds: [] })
  })

  it('an amount whose digits changed places, as the account’s debt gives away', async () => {
    const window = await busyWindow()
    const { account } = await ordinaryAccount(40)
    const { balanceCents } = await window.client.account.get({ accountId: account.accountId })
    const owed = String(balanceCents)
    const keyed = cents(Number.parseInt(`${owed[1]}${owed[0]}${owed.slice(2)}`, 10))
    expect(keyed).not.toBe(balanceCents)
    const { number } = await pay(window.client, keyed, { account: await ordinaryAccount(40) })
    await twice(window.client, add(CHANGE_FUND, TAKEN, balanceCents))
    const { candidate, numbers } = await firstCandidate(window)
    const facts = { tender: 'cash', form: 'swapped', keyedCents: keyed, meantCents: balanceCents }
    expect(candidate).toMatchObject({ kind: 'digit-slip', facts })
    expect(numbers).toEqual([number])
  })

  it('a change fund that was not what the last close left', async () => {
    const till = await openTestTill()
    const client = await clientOf(till, 'cashier')
    await openDrawer(client)
    await countDrawer(client, CHANGE_FUND)
    const { sessionId } = await openDrawer(client, 'Window 1', subtract(CHANGE_FUND, cents(2_000)))
    for (const [i, amount] of CASH.entries()) await pay(client, amount, { account: await ordinaryAccount(i) })
    await twice(client, add(CHANGE_FUND, TAKEN))
    const { candidate } = await firstCandidate({ till, client, sessionId })
    const facts = { countedCents: CHANGE_FUND - 2_000, likelyCents: CHANGE_FUND, against: 'left-before' }
    expect(candidate).toMatchObject({ kind: 'change-fund-miscounted', facts })
  })

  it('receipts of one amount cannot be told apart, so each of them is listed', async () => {
    const window = await busyWindow()
    const { client, till } = window
    const amount = cents(6_131)
    for (let i = 0; i < 12; i += 1) {
      till.clock.advance(MINUTE_MS)
      await pay(client, amount, { account: await ordinaryAccount(50 + i) })
    }
    await twice(client, add(CHANGE_FUND, TAKEN, ...Array.from({ length: 11 }, () => amount)))
    const { candidate } = await firstCandidate(window)
    expect(candidate).toMatchObject({ kind: 'not-received', wayCount: 12 })
    expect(candidate?.ways).toHaveLength(9)
  })
})

describe('what the ledger knows of a counted session', () => {
  it('is all that the rule asks for: receipts with debt, pieces and voids, movements, what was left, both counts', async () => {
    const till = await openTestTill()
    const client = await clientOf(till, 'cashier')
    await openDrawer(client)
    await countDrawer(client, CHANGE_FUND)
    const { sessionId } = await openDrawer(client)
    const wrong = await pay(client, cents(1_000), { account: await ordinaryAccount(1) })
    await client.receipt.void({
      commandId: newId(),
      receiptId: wrong.receiptId,
      reason: 'Wrong account',
      approval: approvalBy('lead'),
    })
    const byCheck = await pay(client, cents(2_500), { tenders: [check(cents(2_500))] })
    const items = [{ receiptId: byCheck.receiptId, tenderNo: 1 }]
    const given = { pieces: piecesOf(cents(3_000)), items }
    const signed = { ownPin: approvalBy('cashier').pin, approval: approvalBy('lead') }
    await client.movement.turnIn({ commandId: newId(), given, taken: given, ...signed })
    await pay(client, cents(4_000), { tenders: [cash(cents(5_000))] })
    await pay(client, cents(700), { tenders: [card(cents(700))] })
    const slips = [{ tender: 'card' as const, cents: cents(700) }]
    await countDrawer(client, CHANGE_FUND, slips)
    await countDrawer(client, cents(CHANGE_FUND + 100), slips)

    const { reader } = till.backend.ledger
    const session = sessionById(reader, sessionId)
    const evidence = session && evidenceOf(reader, session)
    expect(evidence?.opening).toMatchObject({ wantedCents: CHANGE_FUND, countedCents: CHANGE_FUND })
    expect(sum((evidence?.opening.leftBefore ?? []).map(piece => piece.cents))).toBe(CHANGE_FUND)
    expect(evidence?.receipts.map(of => [of.number, of.state, of.totalCents, of.changeCents])).toEqual([
      ['W1-000001', 'voided', 1_000, 0],
      ['W1-000002', 'posted', 2_500, 0],
      ['W1-000003', 'posted', 4_000, 1_000],
      ['W1-000004', 'posted', 700, 0],
    ])
    const { account } = await ordinaryAccount(1)
    expect(evidence?.receipts[0]).toMatchObject({ payer: account.number, dueCents: expect.any(Number) })
    expect(evidence?.movements).toMatchObject([{ kind: 'turn-in', cashCents: 3_000, itemsCents: 2_500 }])
    expect(sum((evidence?.movements[0]?.pieces?.given ?? []).map(row => row.valueCents))).toBeGreaterThan(0)
    expect(evidence?.turnedInItems).toEqual(items)
    const worth = (pieces: readonly { cents: Cents }[] = []) => sum(pieces.map(piece => piece.cents))
    expect(worth(evidence?.counts.first?.pieces)).toBe(CHANGE_FUND)
    expect(worth(evidence?.counts.last.pieces)).toBe(CHANGE_FUND + 100)
    expect(evidence?.counts.last.slips).toContainEqual({ tender: 'card', cents: 700 })
    expect(evidence?.balances).toContainEqual(
      expect.objectContaining({ tender: 'cash', overShortCents: 100 - 1_000 }),
    )
    expect(evidence?.policy.limitCents).toBeGreaterThan(0)
  })

  it('pieces that the cashier noted are among it', async () => {
    const till = await openTestTill()
    const client = await clientOf(till, 'cashier')
    const { sessionId } = await openDrawer(client)
    const line = accountLine(await ordinaryAccount(), cents(4_000))
    const note = (valueCents: number, taken: number, given: number) => {
      return { valueCents: cents(valueCents), kind: 'note' as const, taken, given }
    }
    const input = receiptInput([line], [cash(cents(5_000))])
    await client.receipt.post({ ...input, pieces: [note(5_000, 1, 0), note(1_000, 0, 1)] })
    await twice(client, CHANGE_FUND)
    const { reader } = till.backend.ledger
    const session = sessionById(reader, sessionId)
    expect(session && evidenceOf(reader, session)?.receipts[0]?.pieces).toMatchObject({
      taken: [{ valueCents: 5_000, pieces: 1 }],
      given: [{ valueCents: 1_000, pieces: 1 }],
    })
  })
})

describe('who is told, and when', () => {
  it('before the recount nobody, whatever their role', async () => {
    const { till, client, sessionId } = await busyWindow()
    const others = ['lead', 'supervisor', 'auditor'] as const
    const refusedToAll = async () => {
      await refused(client.session.explain({ sessionId }), 'NOT_COUNTED')
      for (const who of others)
        await refused((await clientOf(till, who)).session.explain({ sessionId }), 'NOT_COUNTED')
    }
    await refusedToAll()
    await countDrawer(client, CHANGE_FUND)
    await refusedToAll()
  })

  it('nor while two people count for a hand-over', async () => {
    const { till, client, sessionId } = await busyWindow()
    await client.session.handOver(await handOverInput(client, CHANGE_FUND, { to: 'lead' }))
    for (const who of ['lead', 'supervisor'] as const)
      await refused((await clientOf(till, who)).session.explain({ sessionId }), 'NOT_COUNTED')
  })

  it('after it its cashier, leads, supervisors and auditors; no other cashier, and no administrator', async () => {
    const { till, client, sessionId } = await busyWindow()
    await twice(client, CHANGE_FUND)
    const own = await client.session.explain({ sessionId })
    for (const who of ['lead', 'supervisor', 'auditor'] as const)
      expect(await (await clientOf(till, who)).session.explain({ sessionId })).toEqual(own)
    for (const who of ['colleague', 'administrator'] as const)
      await refused((await clientOf(till, who)).session.explain({ sessionId }), 'NOT_YOURS_TO_SEE')
  })

  it('after the close the same, word for word, and still to nobody else', async () => {
    const { till, client, sessionId } = await busyWindow()
    await twice(client, subtract(add(CHANGE_FUND, TAKEN), cents(1_875)))
    const before = await client.session.explain({ sessionId })
    await client.session.close({ commandId: newId(), reason: 'Short', approval: approvalBy('lead') })
    await openDrawer(client)
    await pay(client, cents(1_875))
    expect(await client.session.explain({ sessionId })).toEqual(before)
    const colleague = await clientOf(till, 'colleague')
    await refused(colleague.session.explain({ sessionId }), 'NOT_YOURS_TO_SEE')
  })

  it('a day too busy to be looked through at once is explained by a worker, and as well', async () => {
    const window = await busyWindow({ hasThreads: true })
    const { client, till } = window
    await liftLimits(await clientOf(till, 'administrator'))
    const many = MOST_AT_ONCE + 1 - CASH.length - CHECKS.length
    for (let i = 0; i < many; i += 1)
      await pay(client, cents(300), { account: await ordinaryAccount(i % 60) })
    const kept = add(CHANGE_FUND, TAKEN, cents(many * 300))
    await twice(client, subtract(kept, cents(12_007)))
    const { candidate, numbers } = await firstCandidate(window)
    expect(candidate).toMatchObject({ kind: 'not-received', facts: { tender: 'cash', cents: 12_007 } })
    expect(numbers).toEqual(['W1-000003'])
  })

  it('a session that agrees has nothing to explain', async () => {
    const { client, sessionId } = await busyWindow()
    expect((await countDrawer(client, add(CHANGE_FUND, TAKEN))).outcome).toBe('closed')
    const nothing = { candidates: [], receipts: [], movements: [] }
    expect(await client.session.explain({ sessionId })).toEqual(nothing)
  })

  it('asking leaves nothing in the journal, and no other operation tells a colleague the difference', async () => {
    const { till, client, sessionId } = await busyWindow()
    const off = cents(1_877)
    await twice(client, subtract(add(CHANGE_FUND, TAKEN), off))
    const auditor = await clientOf(till, 'auditor')
    const before = (await auditor.till.journal({})).entries.length
    await client.session.explain({ sessionId })
    expect((await auditor.till.journal({})).entries.length).toBe(before)
    const colleague = await clientOf(till, 'colleague')
    const expected = add(CHANGE_FUND, TAKEN)
    const secret = new RegExp(`\\b(${off}|${expected})\\b|${formatCents(off).replace('.', '\\.')}`)
    const asked: string[] = []
    for (const { name, meta, call } of operations) {
      if (meta.roles === 'anyone' || !meta.roles.includes('cashier') || meta.kind !== 'read') continue
      if (name === 'till.changes') continue
      for (const input of [{ sessionId, text: '', receiptId: null }, undefined]) {
        const told = await call(colleague, input).then(
          answer => JSON.stringify(answer) ?? '',
          (error: unknown) => JSON.stringify(error),
        )
        expect([name, secret.exec(told)?.[0]]).toEqual([name, undefined])
      }
      asked.push(name)
    }
    expect(asked).toContain('session.explain')
  })
})

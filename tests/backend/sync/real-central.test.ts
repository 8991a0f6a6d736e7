import { describe, expect, it, onTestFinished } from 'vitest'
import { revoke } from '../../../central/city/enrol.ts'
import { openMemory } from '../../../db/central/open.ts'
import { newestFirst } from '../../../db/ledger/journal.ts'
import { verifyLedger } from '../../../db/verify/verify.ts'
import { newId } from '../../../shared/id.ts'
import { cents } from '../../../shared/money.ts'
import { openBothEnds } from '../../support/central/both-ends.ts'
import { account, billAccounts } from '../../support/central/central-shop.ts'
import { withReceipt } from '../../support/central/line.ts'
import { START_MS } from '../../support/clock.ts'
import { approvalBy, CHANGE_FUND, card, countOf, openDrawer, pay } from '../../support/desk.ts'
import { saveTender } from '../../support/office.ts'
import { clientOf } from '../../support/screens.ts'
import { tenderType } from '../../support/tender-types.ts'
import { closedSessionOf } from '../../transports/at-the-desk.ts'

async function openBoth() {
  const db = await openMemory()
  onTestFinished(() => db.close())
  const ends = await openBothEnds(db)
  await ends.enrol()
  return { db, ...ends }
}

describe('The till and the real receiver', () => {
  it('end with the same journal, and each receipt in suspense says that its account is not known there', async () => {
    const both = await openBoth()
    const { receipt } = await withReceipt(both)
    await closedSessionOf(both.till, 'colleague')
    await both.settle()
    const { head } = both.till.backend.ledger
    const rows = await both.db.kysely.selectFrom('journal').select(['seq', 'hash']).orderBy('seq').execute()
    expect(rows.length).toBe(head.seq)
    expect(rows.at(-1)).toEqual({ seq: head.seq, hash: head.hash })
    const { connection, counts } = await both.administrator.sync.status()
    expect({ connection, counts }).toEqual({
      connection: 'up-to-date',
      counts: { held: 0, sent: 0, acknowledged: 0, posted: 0, exceptions: 2 },
    })
    const exceptions = await both.administrator.sync.exceptions()
    expect(exceptions.map(({ reason }) => reason)).toEqual(['unknown-account', 'unknown-account'])
    expect(exceptions.map(({ number }) => number)).toContain(receipt.number)
  })

  it('go on whatever becomes of the till’s clock: it signs by central’s, once that has told it', async () => {
    const both = await openBoth()
    await withReceipt(both)
    for (const years of [10, -10]) {
      both.scheduler.wallMs = START_MS + years * 365 * 86_400_000
      await (await clientOf(both.till, 'cashier')).sync.tryNow()
      await both.settle()
      expect((await both.administrator.sync.status()).connection).toBe('up-to-date')
    }
    const held = await both.db.kysely.selectFrom('journal').select('seq').execute()
    expect(held.length).toBe(both.till.backend.ledger.head.seq)
  })

  it('agree on a close whose tender is counted otherwise from then on', async () => {
    const both = await openBoth()
    const client = await clientOf(both.till, 'cashier')
    await openDrawer(client, 'Window 1')
    await pay(client, cents(4_250), { tenders: [card(cents(4_250))] })
    const slips = [{ tender: 'card', cents: cents(4_250) }]
    await client.session.count({ commandId: newId(), count: await countOf(client, CHANGE_FUND, slips) })
    const tender = tenderType('card', { counted: 'items', referenceRequired: true })
    await saveTender(both.administrator, tender)
    await both.settle()
    const checks = await both.db.kysely.selectFrom('session_check').select('agrees').execute()
    expect(checks.map(({ agrees }) => Number(agrees))).toEqual([1])
  })

  it('show central’s accounts at the Window, prove them, and take no file beside them', async () => {
    const both = await openBoth()
    await billAccounts(both.db, [account(1), account(2, 'closed')])
    await both.administrator.sync.tryNow()
    await both.settle()
    const client = await clientOf(both.till, 'supervisor')
    const [found] = await client.account.find({ text: 'customer 1' })
    expect(found).toMatchObject({ number: '10-1', balanceCents: 6_500 })
    const { details } = await both.administrator.sync.status()
    expect(details?.accounts).toEqual({ asOfMs: START_MS, underWay: null })
    const facts = both.till.backend.ledger.reader.all(newestFirst.where('kind', '=', 'account.pulled'))
    expect(facts.map(row => row.actor_id)).toEqual(['central'])
    // What came by file before is not at central.
    expect(both.till.backend.accounts.accountCount()).toBeGreaterThan(2)
    expect(await client.account.find({ text: 'st' })).toSatisfy((all: { closed?: boolean }[]) =>
      all.every(one => one.closed !== false),
    )
    const upload = { content: new File(['a,b\n'], 'a.csv'), fileName: 'a.csv', madeAtMs: START_MS }
    await expect(client.account.previewImport(upload)).rejects.toMatchObject({ code: 'ACCOUNTS_AT_CENTRAL' })
    expect((await verifyLedger(both.till.dataDir, () => undefined)).problems).toEqual([])
  })

  it('undo a void that came after its receipt was there', async () => {
    const both = await openBoth()
    const { client, receipt } = await withReceipt(both)
    const { receiptId } = receipt
    await both.settle()
    const approval = approvalBy('lead')
    await client.receipt.void({ commandId: newId(), receiptId, reason: 'Taken twice', approval })
    await both.settle()
    expect((await client.receipt.get({ receiptId })).posting.state).toBe('reversed')
    expect((await client.till.state()).sync.counts).toMatchObject({ held: 0, posted: 1, exceptions: 0 })
  })

  it('halt the line when the till is revoked', async () => {
    const both = await openBoth()
    await both.settle()
    await revoke(both.db, both.till.backend.ledger.head.tillId, { nowMs: START_MS })
    await both.administrator.sync.tryNow()
    await both.settle()
    const { connection, details } = await both.administrator.sync.status()
    expect(connection).toBe('halted')
    expect(details?.alarms).toMatchObject([{ kind: 'revoked' }])
  })
})

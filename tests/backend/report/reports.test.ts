/** Reports over days: every one of them adds the same money up, and none tells what must not be known yet. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TillClient } from '../../../shared/contract/index.ts'
import { REPORT_NAMES, type ReportInput } from '../../../shared/contract/report.ts'
import { newId } from '../../../shared/id.ts'
import { cents } from '../../../shared/money.ts'
import { localHourOf } from '../../../shared/time.ts'
import { HOUR_MS } from '../../support/clock.ts'
import { approvalBy, CHANGE_FUND, cash, countDrawer, pay, receiptInput } from '../../support/desk.ts'
import { refused } from '../../support/refusals.ts'
import { clientOf } from '../../support/screens.ts'
import { type OpenTill, openTestTill } from '../../support/till.ts'
import { openDrawerOf } from '../../transports/at-the-desk.ts'
import { readXlsx } from '../export/read-xlsx.ts'
import { dayArb, depositWaiting, worked } from './report-day.ts'
import { byName, column, day, reportOf, summed, TODAY, total } from './report-tables.ts'

const CHICAGO = 'America/Chicago'

/** What the standing receipts of the day say themselves, one by one. */
async function fromReceipts(client: TillClient) {
  const found = await client.receipt.find({ limit: 500 })
  const sums = { total: 0, count: 0, gl: new Map<string, number>(), hours: new Map<number, number>() }
  for (const { receiptId } of found) {
    const receipt = await client.receipt.get({ receiptId })
    if (receipt.state !== 'posted') continue
    sums.count += 1
    sums.total += receipt.totalCents
    const { startMs } = localHourOf(receipt.postedAtMs, CHICAGO)
    sums.hours.set(startMs, (sums.hours.get(startMs) ?? 0) + receipt.totalCents)
    for (const line of receipt.lines)
      for (const { glAccount, cents: amount } of line.kind === 'account' ? line.allocations : [line])
        sums.gl.set(glAccount, (sums.gl.get(glAccount) ?? 0) + amount)
  }
  return sums
}

describe('totals of reports agree with each other', () => {
  it('on random days, in every report, with the receipts and with what the cashiers wrote down', {
    timeout: 240_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(dayArb, async ({ first, second, deposited }) => {
        const till = await openTestTill()
        const one = await worked(till, 'cashier', first)
        const two = await worked(till, 'colleague', second)
        const lead = await clientOf(till, 'lead')
        if (deposited) await depositWaiting(lead)
        const auditor = await clientOf(till, 'auditor')
        const run = (report: ReportInput['report']) => auditor.report.run(reportOf(report))
        const collected = await run('collections')
        const told = await fromReceipts(auditor)
        const paper = one.drawer.cash + two.drawer.cash + one.drawer.cardCents + two.drawer.cardCents
        const kept = paper + one.drawer.instrumentsCents + two.drawer.instrumentsCents

        for (const heading of ['By GL account', 'By tender', 'By cashier', 'By hour']) {
          expect([heading, summed(collected, heading, 'kept')]).toEqual([heading, told.total])
          expect([heading, total(collected, heading, 'kept')]).toEqual([heading, told.total])
        }
        expect(told.total).toBe(kept)
        expect(byName(collected, 'By GL account', 'kept')).toEqual(Object.fromEntries(told.gl))
        expect(summed(collected, 'By cashier', 'receipts')).toBe(told.count)
        expect(column(collected, 'By hour', 'kept')).toEqual(
          [...told.hours].sort((a, b) => a[0] - b[0]).map(hour => hour[1]),
        )

        const sessions = await run('sessions')
        const all = 'Money by session and tender'
        const sum = (key: string) => summed(sessions, all, key)
        expect(sum('taken') - sum('change') - sum('refunded')).toBe(kept)
        expect(sum('expected') + sum('overShort')).toBe(sum('counted'))
        for (const key of ['opening', 'taken', 'expected', 'counted', 'overShort'])
          expect([key, summed(sessions, 'All sessions by tender', key)]).toEqual([key, sum(key)])
        expect(sum('paidIn') - sum('paidOut')).toBe(
          one.drawer.paidIn - one.drawer.paidOut + two.drawer.paidIn - two.drawer.paidOut,
        )

        const movements = await run('movements')
        expect(summed(movements, 'Turn-ins', 'total')).toBe(sum('turnedIn'))
        expect(summed(movements, 'Paid in and paid out', 'paidIn')).toBe(sum('paidIn'))
        expect(summed(movements, 'Paid in and paid out', 'paidOut')).toBe(sum('paidOut'))

        const overShort = await run('over-short')
        expect(summed(overShort, 'Sessions that were over or short', 'overShort')).toBe(sum('overShort'))
        for (const heading of ['By tender', 'By GL account', 'By cashier', 'By drawer', 'By weekday'])
          expect([heading, summed(overShort, heading, 'net')]).toEqual([heading, sum('overShort')])

        const deposits = await run('deposits')
        const banked = total(deposits, 'Deposits', 'total')
        const waiting = summed(deposits, 'Money that is in no deposit', 'total')
        expect(banked).toBe(total(deposits, 'What they are made of', 'total'))
        expect(banked + waiting).toBe(summed(sessions, 'Closed', 'forBank'))
        // All that was kept but the cards, what came and went without a receipt, and what was over or short of it.
        const cards = one.drawer.cardCents + two.drawer.cardCents
        const left = summed(sessions, 'Closed', 'left')
        const moved = sum('paidIn') - sum('paidOut') + sum('overShort') + sum('opening') - left
        expect(banked + waiting).toBe(kept - cards + moved)
      }),
      { seed: 20261120, numRuns: 12 },
    )
  })

  it('a day without anything has nothing in it, in every report', async () => {
    const auditor = await clientOf(await openTestTill(), 'auditor')
    for (const report of REPORT_NAMES) {
      const table = await auditor.report.run(reportOf(report, day('2026-01-04')))
      expect([report, table.sections.flatMap(section => section.rows)]).toEqual([report, []])
      expect([report, table.sections.flatMap(section => section.totals ?? [])]).toEqual([report, []])
    }
  })

  it('a voided receipt is in no sum and listed beside who approved it', async () => {
    const till = await openTestTill()
    const { client } = await openDrawerOf(till, 'cashier')
    await pay(client, cents(4_000))
    const { receiptId, number } = await pay(client, cents(1_300))
    const reason = 'Wrong account'
    await client.receipt.void({ commandId: newId(), receiptId, reason, approval: approvalBy('lead') })
    const auditor = await clientOf(till, 'auditor')
    const collected = await auditor.report.run(reportOf('collections'))
    expect(total(collected, 'By cashier', 'kept')).toBe(4_000)
    const voided = 'Voided receipts'
    expect(byName(collected, voided, 'amount')).toEqual({ [number]: 1_300 })
    expect(byName(collected, voided, 'approvedBy')).toEqual({ [number]: 'R. Chen' })
    expect(collected.notes.join(' ')).toContain('1 voided receipt of 13.00')
  })
})

describe('the hours of a report', () => {
  it('are twenty-five on the day on which the clocks go back, one of them twice', async () => {
    const till = await openTestTill()
    // Midnight in Chicago, still on summer time.
    till.clock.advance(Date.UTC(2027, 10, 7, 5, 10) - till.clock.now())
    const auditor = await clientOf(till, 'auditor')
    for (const who of ['cashier', 'colleague'] as const) {
      const { client } = await openDrawerOf(till, who)
      for (let hour = 0; hour < (who === 'cashier' ? 12 : 13); hour += 1) {
        await pay(client, cents(1_000 + hour))
        till.clock.advance(HOUR_MS)
      }
    }
    const table = await auditor.report.run(reportOf('collections', day('2027-11-07')))
    const hours = column(table, 'By hour', 'hour')
    expect(hours).toHaveLength(25)
    expect(hours.slice(0, 4)).toEqual(['12:00 am', '1:00 am', '1:00 am, again', '2:00 am'])
    expect(hours.at(-1)).toBe('11:00 pm')
    expect(new Set(hours).size).toBe(25)
    expect(column(table, 'By hour', 'receipts')).toEqual(hours.map(() => 1))
    expect(total(table, 'By hour', 'kept')).toBe(total(table, 'By cashier', 'kept'))
  })

  it('skip the one that the clocks leave out, and go on past midnight with the date', async () => {
    const till = await openTestTill()
    till.clock.advance(Date.UTC(2027, 2, 14, 5, 30) - till.clock.now())
    const { client } = await openDrawerOf(till, 'cashier')
    for (let hour = 0; hour < 5; hour += 1) {
      await pay(client, cents(1_000))
      till.clock.advance(HOUR_MS)
    }
    const auditor = await clientOf(till, 'auditor')
    const table = await auditor.report.run(reportOf('collections', day('2027-03-13')))
    expect(column(table, 'By hour', 'hour')).toEqual([
      '11:00 pm',
      '03/14/2027 12:00 am',
      '03/14/2027 1:00 am',
      '03/14/2027 3:00 am',
      '03/14/2027 4:00 am',
    ])
  })

  it('are those of the clock over several days', async () => {
    const till = await openTestTill()
    const { client } = await openDrawerOf(till, 'cashier')
    await pay(client, cents(1_000))
    await countDrawer(client, cents(CHANGE_FUND + 1_000))
    till.clock.advance(24 * HOUR_MS)
    const next = await openDrawerOf(till, 'cashier')
    await pay(next.client, cents(2_500))
    const auditor = await clientOf(till, 'auditor')
    const table = await auditor.report.run(reportOf('collections', TODAY, day('2026-11-21')))
    expect(byName(table, 'By hour', 'kept')).toEqual({ '9:00 am': 3_500 })
    expect(byName(table, 'By business date', 'kept')).toEqual({ '2026-11-20': 1_000, '2026-11-21': 2_500 })
  })
})

describe('what a report does not tell', () => {
  it('a lead does not learn from any report what is in the drawer that they are going to count', async () => {
    const till = await openTestTill()
    const { client } = await openDrawerOf(till, 'cashier')
    await pay(client, cents(1_234))
    const lead = await openDrawerOf(till, 'lead')
    await pay(lead.client, cents(4_321))
    const reason = 'Stamps'
    const paid = { direction: 'out' as const, category: 'Petty cash', reason, documentNumber: '', pieces: [] }
    await lead.client.movement.pay({ commandId: newId(), ...paid, cents: cents(777) })
    for (const report of REPORT_NAMES) {
      const table = await lead.client.report.run(reportOf(report))
      expect([report, /4321|43\.21|777|7\.77|3544/.exec(JSON.stringify(table))?.[0]]).toEqual([
        report,
        undefined,
      ])
    }
    const collected = await lead.client.report.run(reportOf('collections'))
    expect(total(collected, 'By cashier', 'kept')).toBe(1_234)
    expect(collected.notes[0]).toContain(lead.number)
    // Somebody else may know: what is left out is a matter of who asks.
    const auditor = await clientOf(till, 'auditor')
    expect(total(await auditor.report.run(reportOf('collections')), 'By cashier', 'kept')).toBe(5_555)
    await countDrawer(lead.client, cents(CHANGE_FUND + 4_321 - 777))
    expect(total(await lead.client.report.run(reportOf('collections')), 'By cashier', 'kept')).toBe(5_555)
  })

  it('an administrator, who reads no X report, sees no figure of an open session', async () => {
    const till = await openTestTill()
    const { client } = await openDrawerOf(till, 'cashier')
    await pay(client, cents(4_321))
    const administrator = await clientOf(till, 'administrator')
    for (const report of REPORT_NAMES) {
      const table = await administrator.report.run(reportOf(report))
      expect([report, /4321|43\.21/.exec(JSON.stringify(table))?.[0]]).toEqual([report, undefined])
    }
  })

  it('the history tells a cashier of their own sessions alone', async () => {
    const till = await openTestTill()
    for (const [who, off] of [
      ['cashier', 25],
      ['colleague', -40],
    ] as const) {
      const { client } = await openDrawerOf(till, who)
      await pay(client, cents(1_000))
      const found = cents(CHANGE_FUND + 1_000 + off)
      await countDrawer(client, found)
      await countDrawer(client, found)
      await client.session.close({ commandId: newId(), reason: 'Not found', approval: approvalBy('lead') })
    }
    const told = async (who: 'cashier' | 'colleague' | 'auditor') => {
      const history = await (await clientOf(till, who)).report.overShort({ toDate: TODAY })
      return history.map(({ cashierName, weekday, differences }) => [
        cashierName,
        weekday,
        differences.find(one => one.tender === 'cash')?.overShortCents,
      ])
    }
    expect(await told('cashier')).toEqual([['M. Alvarez', 5, 25]])
    expect((await told('colleague')).map(row => row[2])).toEqual([-40])
    expect(await told('auditor')).toHaveLength(2)
  })

  it('refuses days that end before they begin, more than a year of them, and a journal of more than a month', async () => {
    const auditor = await clientOf(await openTestTill(), 'auditor')
    const ask = (report: ReportInput['report'], from: string, to: string) =>
      auditor.report.run(reportOf(report, day(from), day(to)))
    await refused(ask('collections', '2026-11-21', '2026-11-20'), 'DAYS_NOT_VALID')
    await refused(ask('collections', '2025-11-20', '2026-11-21'), 'DAYS_NOT_VALID')
    await refused(ask('journal', '2026-10-01', '2026-11-01'), 'DAYS_NOT_VALID')
    expect((await ask('collections', '2025-11-20', '2026-11-20')).title).toBe('Collections')
    expect((await ask('journal', '2026-10-01', '2026-10-31')).title).toBe('Journal')
  })
})

/** A file of one customer of the billing system, whose name somebody else chose. */
async function importCustomer(till: OpenTill, name: string): Promise<void> {
  const content = `Account No,Name,Service Address,Phone,Service,Due Date,Amount,GL
0099-00001,"${name.replaceAll('"', '""')}",1 Elm St,,Water,2026-11-28,42.10,501-4100
`
  const client = await clientOf(till, 'administrator')
  const fileName = 'billing.csv'
  const preview = await client.account.previewImport({
    fileName,
    content: new File([content], fileName),
    madeAtMs: till.clock.now(),
  })
  const events = await client.account.runImport({
    uploadId: preview.uploadId,
    mapping: preview.mapping,
    mode: 'all-or-nothing',
    missingAccounts: 'keep',
    paymentsThroughMs: null,
  })
  for await (const progress of events) expect(progress.done).toBeLessThanOrEqual(progress.total)
}

describe('a report as a file', () => {
  it('a formula in a customer’s name or in somebody’s reason is words in every program that opens the file', async () => {
    const till = await openTestTill()
    await importCustomer(till, `=HYPERLINK("http://127.0.0.1/";"Bill")`)
    const { client } = await openDrawerOf(till, 'cashier')
    const [found] = await client.account.find({ text: '0099-00001' })
    if (found?.kind !== 'account') throw new Error('The customer was not imported')
    const line = { kind: 'account' as const, accountId: found.accountId, cents: cents(1_300), overrides: [] }
    const { receiptId } = await client.receipt.post(receiptInput([line], [cash(cents(1_300))]))
    const reason = '@SUM(1+1)'
    await client.receipt.void({ commandId: newId(), receiptId, reason, approval: approvalBy('lead') })
    const auditor = await clientOf(till, 'auditor')
    const file = await auditor.report.file({ ...reportOf('collections'), format: 'csv' })
    expect(file.name).toBe('collections-2026-11-20.csv')
    const text = await file.text()
    expect(text).toContain(`"'=HYPERLINK(""http://127.0.0.1/"";""Bill"")"`)
    expect(text).toContain(`'@SUM(1+1)`)
    expect(text.split(/[\r\n,]+/).filter(field => /^"?[=@+]/.test(field))).toEqual([])
    const workbook = await auditor.report.file({ ...reportOf('collections'), format: 'xlsx' })
    const cells = readXlsx(new Uint8Array(await workbook.arrayBuffer())).flatMap(sheet => sheet.rows.flat())
    expect(cells.filter(cell => cell.type === 'formula')).toEqual([])
    expect(cells).toContainEqual(expect.objectContaining({ type: 'text', value: '@SUM(1+1)' }))
  })

  it('is a PDF, a workbook or CSV of the same rows, named after its days', async () => {
    const till = await openTestTill()
    const { client } = await openDrawerOf(till, 'cashier')
    await pay(client, cents(1_300))
    const auditor = await clientOf(till, 'auditor')
    const order = reportOf('journal', day('2026-11-01'), TODAY)
    const heads = { pdf: '%PDF', csv: '\uFEFFNo', xlsx: 'PK' } as const
    for (const format of ['pdf', 'csv', 'xlsx'] as const) {
      const file = await auditor.report.file({ ...order, format })
      expect(file.name).toBe(`journal-2026-11-01-to-2026-11-20.${format}`)
      expect(new TextDecoder('utf-8', { ignoreBOM: true }).decode(await file.arrayBuffer())).toMatch(
        new RegExp(`^${heads[format]}`),
      )
    }
  })

  it('the journal of a day has every event in its order', async () => {
    const till = await openTestTill()
    const { client } = await openDrawerOf(till, 'cashier')
    const { receiptId } = await pay(client, cents(1_300))
    await client.receipt.print({ receiptId })
    await client.receipt.print({ receiptId })
    await client.movement.noSale({ commandId: newId(), reason: 'Change for the meter' })
    const auditor = await clientOf(till, 'auditor')
    const table = await auditor.report.run(reportOf('journal'))
    const told = column(table, 'Journal', 'what').join('\n')
    for (const words of ['signed in', 'opened by M. Alvarez', '13.00', 'copy 2', 'Change for the meter'])
      expect(told).toContain(words)
    const order = column(table, 'Journal', 'seq')
    expect(order).toEqual(order.map((_, at) => at + 1))
  })
})

/** The carrier by the clock: when files are due, and that they are made and answered without anybody asking. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { BUILT_IN_ACK } from '../../../central/carrier/acknowledgement.ts'
import { dueDate, minutesOf, startCarrier } from '../../../central/carrier/schedule.ts'
import type { PaymentTemplate } from '../../../central/carrier/template/template.ts'
import { silentLog } from '../../../electron/backend/runtime/log.ts'
import { type BusinessDate, daysLater } from '../../../shared/time.ts'
import { ackText, CarrierShop, CSV, DAY, filesIn, freshFolder } from '../../support/central/carrier-shop.ts'
import { account, billAccounts, water } from '../../support/central/central-shop.ts'
import { itOnPostgres, postgresForFile } from '../../support/central/postgres.ts'

const postgres = postgresForFile()
const shop = async (): Promise<CarrierShop> => CarrierShop.open(await postgres.central())

it.each<[string, number, string, BusinessDate]>([
  ['an evening time is that day’s from then on', Date.UTC(2026, 10, 21, 5, 30), '23:30', DAY],
  ['and the day before’s until then', Date.UTC(2026, 10, 21, 5, 29), '23:30', '2026-11-19' as BusinessDate],
  ['a morning time is the day before’s', Date.UTC(2026, 10, 21, 8), '02:00', DAY],
  ['and before it the one before that', Date.UTC(2026, 10, 21, 7, 59), '02:00', '2026-11-19' as BusinessDate],
])('%s', (_what, nowMs, time, date) => {
  expect(dueDate(nowMs, { minutes: minutesOf(time) ?? -1, timeZone: 'America/Chicago' })).toBe(date)
})

it('what is no time of a day is none', () => {
  expect(['24:00', '7:30', '12:60', ''].map(minutesOf)).toEqual([null, null, null, null])
})

/** A schedule whose minutes pass when the test says so. */
async function scheduled(of: CarrierShop, template: PaymentTemplate = CSV) {
  let nowMs = Date.UTC(2026, 10, 20, 23, 29)
  let waiting: (() => void)[] = []
  const ackIn = freshFolder()
  const carrier = startCarrier({
    db: of.db,
    clock: () => nowMs,
    log: silentLog(),
    payments: { folder: join(of.folder, 'out'), template, minutes: 23 * 60 + 30 },
    answers: { folder: ackIn, template: BUILT_IN_ACK },
    schedule: run => {
      waiting.push(run)
      return () => {
        waiting = waiting.filter(one => one !== run)
      }
    },
  })
  onTestFinished(() => carrier.stop())
  await carrier.look()
  const minute = async (): Promise<void> => {
    nowMs += 60_000
    const [...due] = waiting
    waiting = []
    for (const run of due) run()
    await carrier.look()
  }
  return { carrier, ackIn, minute, names: () => filesIn(join(of.folder, 'out')) }
}

itOnPostgres(
  'files are made at their time of day, answers taken as they come, and both only once',
  async () => {
    const of = await shop()
    const receiptId = of.counter.receipt([water(1, 1_000)])
    await of.push()
    await of.heard()
    const { ackIn, minute, names } = await scheduled(of)
    expect(names()).toEqual([])
    await minute()
    expect(names()).toEqual(['payments-20261120-000001.csv'])
    of.counter.receipt([water(2, 1_000)])
    await of.push()
    await minute()
    expect(names()).toHaveLength(1)
    writeFileSync(join(ackIn, 'good.csv'), ackText(['1,W1-1,1,accepted,B-5,']))
    writeFileSync(join(ackIn, 'half.csv'), 'H\nA,1,W1-1,1,accep')
    mkdirSync(join(ackIn, 'folder.csv'))
    await minute()
    await minute()
    expect(await of.heard()).toContainEqual([receiptId, 'posted', 'B-5', null])
    expect(filesIn(join(ackIn, 'done'))).toContain('good.csv')
    expect(filesIn(join(ackIn, 'refused'))).toContain('half.csv')
    expect(readFileSync(join(ackIn, 'refused', 'half.csv.result.txt'), 'utf8')).toMatch(/no trailer/)
    expect(existsSync(join(ackIn, 'good.csv'))).toBe(false)
  },
)

itOnPostgres('a file that cannot be written is tried again every minute', async () => {
  const of = await shop()
  of.counter.receipt([water(1, 1_000)])
  await of.push()
  const { minute, names } = await scheduled(of)
  const blocked = join(of.folder, 'out', 'payments-20261120-000001.csv')
  writeFileSync(blocked, 'not ours')
  await minute()
  expect(names()).toEqual(['payments-20261120-000001.csv'])
  expect(readFileSync(blocked, 'utf8')).toBe('not ours')
  rmSync(blocked)
  await minute()
  expect(readFileSync(blocked, 'utf8')).toMatch(/T,1,10\.00/)
})

itOnPostgres('a date that does not fit the template keeps no other from its file', async () => {
  const of = await shop()
  const long = account(12)
  await billAccounts(of.db, [{ ...long, account: { ...long.account, number: '10-123456789' } }], 2)
  of.counter.pen.day = daysLater(DAY, -1)
  of.counter.receipt([water(12, 1_000)])
  of.counter.pen.day = DAY
  of.counter.receipt([water(1, 1_000)])
  await of.push()
  const wide = (record: PaymentTemplate['header']): PaymentTemplate['header'] =>
    record.map(field => ({ ...field, width: field.value === 'account' ? 6 : 40 }))
  const [header, detail, trailer] = [wide(CSV.header), wide(CSV.detail), wide(CSV.trailer)]
  const { minute, names } = await scheduled(of, { ...CSV, format: 'fixed', header, detail, trailer })
  await minute()
  expect(names()).toEqual(['payments-20261120-000001.csv'])
})

itOnPostgres('a carrier that is stopped makes no more files', async () => {
  const of = await shop()
  of.counter.receipt([water(1, 1_000)])
  await of.push()
  const { carrier, minute, names } = await scheduled(of)
  await carrier.stop()
  await minute()
  expect(names()).toEqual([])
})

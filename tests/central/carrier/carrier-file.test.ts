/** Payment files of the carrier: what is in them, that it is in one only, and that it is really on disk. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect } from 'vitest'
import { switchCarrier } from '../../../central/carrier/carrier-state.ts'
import { type Disk, realDisk } from '../../../central/carrier/file-on-disk.ts'
import { carryDate, datesToCarry } from '../../../central/carrier/payment-file.ts'
import { CarrierRefusal } from '../../../central/carrier/refusal.ts'
import { takeRange } from '../../../central/posting/receive.ts'
import { resolveSuspense } from '../../../central/posting/resolve.ts'
import type { CentralDb } from '../../../db/central/connection.ts'
import { type BusinessDate, daysLater } from '../../../shared/time.ts'
import { CarrierShop, CSV, DAY, freshFolder, NOW_MS, TODAY } from '../../support/central/carrier-shop.ts'
import {
  account,
  accountLine,
  billAccounts,
  CREDIT_GL,
  itemId,
  SEWER_GL,
  TILL,
  WATER_GL,
  water,
} from '../../support/central/central-shop.ts'
import { itOnPostgres, postgresForFile } from '../../support/central/postgres.ts'

const postgres = postgresForFile()
const NEXT = daysLater(DAY, 1)
const shop = async (options = {}): Promise<CarrierShop> => CarrierShop.open(await postgres.central(), options)

/** Account, cents, receipt and entry of each detail. */
const detailsOf = (records: string[][]): string[][] =>
  records
    .slice(1, -1)
    .map(([, , number = '', amount = '', , receipt = '', , entry = '']) => [number, amount, receipt, entry])

itOnPostgres('a file carries each entry that was posted, and ends with their count and total', async () => {
  const of = await shop()
  const parts = accountLine(1, [
    [itemId(1, 1), 4_000, WATER_GL],
    [itemId(1, 2), 1_000, SEWER_GL],
    [null, 250, CREDIT_GL],
  ])
  of.counter.receipt([parts, water(2, 700)], { cents: 6_000 })
  of.counter.receipt([water(3, 300)])
  await of.push()
  expect(await of.carry()).toMatchObject([
    { file_no: 1, name: 'payments-20261120-000001.csv', detail_count: 4, total_cents: 5_950 },
  ])
  const records = of.read('payments-20261120-000001.csv')
  expect(records[0]).toEqual(['H', DAY, '1', '2026-11-21 06:00:00', 'City utility'])
  expect(detailsOf(records)).toEqual([
    ['10-1', '40.00', 'W1-1', '1'],
    ['10-1', '10.00', 'W1-1', '2'],
    ['10-1', '2.50', 'W1-1', '3'],
    ['10-2', '7.00', 'W1-1', '1'],
  ])
  expect(records.at(-1)).toEqual(['T', '4', '59.50'])
  expect(of.names()).toEqual(['payments-20261120-000001.csv'])
})

itOnPostgres(
  'what comes later makes a supplement with the next number, and nothing new makes no file',
  async () => {
    const of = await shop()
    const first = of.counter.receipt([water(1, 1_000)])
    await of.push()
    await of.carry()
    expect(await of.carry()).toEqual([])
    of.counter.receipt([water(2, 500)])
    of.counter.void(first, 1_000)
    await of.push()
    expect(await of.carry()).toMatchObject([{ file_no: 2, detail_count: 2, total_cents: -500 }])
    expect(detailsOf(of.read('payments-20261120-000002.csv'))).toEqual([
      ['10-1', '-10.00', 'W1-1', '1'],
      ['10-2', '5.00', 'W1-2', '1'],
    ])
    expect(await of.carry()).toEqual([])
    expect(of.names()).toHaveLength(2)
  },
)

itOnPostgres(
  'a line in suspense is carried once it is resolved, under the day on which it is booked',
  async () => {
    const of = await shop()
    const receiptId = of.counter.receipt([water(7, 1_000), water(2, 100)])
    await of.push()
    expect(await of.carry()).toMatchObject([{ detail_count: 1, total_cents: 100 }])
    await billAccounts(of.db, [account(7)], 2)
    const line = { tillId: TILL, receiptId, lineNo: 1, timeZone: 'UTC' }
    expect(await resolveSuspense(of.db, line, { nowMs: NOW_MS })).toEqual({ ok: true })
    expect(await of.carry()).toEqual([])
    expect(await of.carry(TODAY)).toMatchObject([{ file_no: 2, detail_count: 1, total_cents: 1_000 }])
    expect((await of.booked(TODAY))[WATER_GL]).toBe(1_000)
  },
)

itOnPostgres(
  'a void waits until its payment is in a file: no file takes back what nobody heard of',
  async () => {
    const of = await shop()
    const receiptId = of.counter.receipt([water(1, 1_000)])
    of.counter.pen.day = NEXT
    of.counter.void(receiptId, 1_000)
    await of.push()
    expect(await of.carry(NEXT)).toEqual([])
    expect(await of.carry(DAY)).toMatchObject([{ total_cents: 1_000 }])
    expect(await of.carry(NEXT)).toMatchObject([{ total_cents: -1_000 }])
  },
)

itOnPostgres(
  'a city without the carrier carries nothing, and what was posted before it came is not carried',
  async () => {
    const of = await shop({ carrier: false })
    const before = of.counter.receipt([water(1, 1_000)])
    await of.push()
    expect(await of.heard()).toEqual([[before, 'posted', 'P1-1', null]])
    await switchCarrier(of.db, { on: true, timeZone: undefined })
    expect(await of.carry()).toEqual([])
    const after = of.counter.receipt([water(2, 500)])
    await of.push()
    expect(await of.heard()).toEqual([[after, 'acknowledged', 'P1-2', null]])
    await switchCarrier(of.db, { on: false, timeZone: undefined })
    of.counter.void(after, 500)
    of.counter.receipt([water(4, 500)])
    await of.push()
    expect(await of.carry()).toMatchObject([{ detail_count: 2, total_cents: 0 }])
  },
)

itOnPostgres(
  'what must not be cut is refused, nothing is recorded, and a wider template carries it',
  async () => {
    const of = await shop()
    of.counter.receipt([water(1, 1_000)])
    await of.push()
    const narrow = { ...CSV, format: 'fixed' as const }
    const [header, detail, trailer] = [CSV.header, CSV.detail, CSV.trailer].map(record =>
      record.map(field => ({ ...field, width: field.value === 'account' ? 3 : 40 })),
    )
    const order = { businessDate: DAY, folder: of.folder, nowMs: NOW_MS }
    const template = { ...narrow, header: header ?? [], detail: detail ?? [], trailer: trailer ?? [] }
    await expect(carryDate(of.db, { ...order, template })).rejects.toThrow(
      /account of receipt W1-1.*longer than its 3/,
    )
    expect(of.names()).toEqual([])
    expect(await of.carry()).toMatchObject([{ file_no: 1 }])
  },
)

/** What happens at the counter, one after the other. */
type Step =
  | { kind: 'pay'; account: number; item: number; credit: number }
  | { kind: 'void'; which: number }
  | { kind: 'next-day' }
  | { kind: 'push' }
  | { kind: 'carry'; days: number }

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('pay' as const),
      account: fc.integer({ min: 1, max: 8 }),
      item: fc.integer({ min: 1, max: 900 }),
      credit: fc.integer({ min: 0, max: 300 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('void' as const), which: fc.nat(50) }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'next-day' as const }) },
  { weight: 2, arbitrary: fc.constant({ kind: 'push' as const }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('carry' as const), days: fc.nat(3) }) },
)

/** Lives through the steps, and then carries every day until nothing is left. */
async function live(of: CarrierShop, steps: readonly Step[]): Promise<BusinessDate[]> {
  const dates = [DAY]
  const paid: { receiptId: string; cents: number }[] = []
  for (const step of steps)
    switch (step.kind) {
      case 'pay': {
        const { account: no, item, credit } = step
        const gl = item % 2 === 0 ? SEWER_GL : WATER_GL
        const line = accountLine(no, [
          [itemId(no, item % 2 === 0 ? 2 : 1), item, gl],
          ...(credit > 0 ? [[null, credit, CREDIT_GL] as [null, number, string]] : []),
        ])
        paid.push({ receiptId: of.counter.receipt([line]), cents: item + credit })
        break
      }
      case 'void': {
        const [one] = paid.splice(step.which % Math.max(1, paid.length), 1)
        if (one) of.counter.void(one.receiptId, one.cents)
        break
      }
      case 'next-day':
        of.counter.pen.day = daysLater(of.counter.pen.day, 1)
        dates.push(of.counter.pen.day)
        break
      case 'push':
        await pushed(of)
        break
      case 'carry':
        await of.carry(dates[step.days % dates.length])
    }
  await pushed(of)
  while ((await datesToCarry(of.db, of.counter.pen.day)).length > 0)
    for (const date of await datesToCarry(of.db, of.counter.pen.day)) await of.carry(date)
  return dates
}

async function pushed(of: CarrierShop): Promise<void> {
  const range = of.counter.pen.take()
  if (range.rows.length > 0)
    expect(await takeRange(of.db, range, { nowMs: NOW_MS })).toMatchObject({ ok: true })
}

itOnPostgres(
  'the files of each day come to what the GL journal says of it, and carry nothing twice',
  async () => {
    const runs = fc.array(anyStep, { minLength: 5, maxLength: 40 })
    await fc.assert(
      fc.asyncProperty(runs, async steps => {
        const of = await shop()
        const dates = await live(of, steps)
        const files = of.names().map(name => of.read(name))
        for (const date of dates) {
          const ofDate = files.filter(([header]) => header?.[1] === date)
          const sums: Record<string, number> = {}
          for (const record of ofDate.flatMap(file => file.slice(1, -1))) {
            const gl = record[12] ?? ''
            sums[gl] = (sums[gl] ?? 0) + Math.round(Number(record[3]) * 100)
          }
          const booked = await of.booked(date)
          for (const gl of [WATER_GL, SEWER_GL, CREDIT_GL])
            expect(sums[gl] ?? 0, `${gl} ${date}`).toBe(booked[gl] ?? 0)
        }
        const carried = files.flatMap(file =>
          file
            .slice(1, -1)
            .map(record => `${record[5]} ${record[6]} ${record[7]} ${record[3]?.startsWith('-')}`),
        )
        expect(new Set(carried).size).toBe(carried.length)
        expect(files.map(([header]) => Number(header?.[2]))).toHaveLength(
          new Set(files.map(([h]) => h?.[2])).size,
        )
      }),
      { numRuns: 12 },
    )
  },
  120_000,
)

/** A disk on which the power fails before or after one of its steps. */
function failing(at: keyof Disk, when: 'before' | 'after' | 'half'): Disk {
  const cut = (): never => {
    throw new Error('The power is gone')
  }
  const wrapped =
    <A extends readonly unknown[], R>(step: (...of: A) => R) =>
    (...of: A): R => {
      if (when === 'before') cut()
      step(...of)
      return cut()
    }
  const half: Disk['write'] = (path, bytes) => {
    realDisk.write(path, bytes.subarray(0, bytes.length / 2))
    cut()
  }
  return {
    write: at === 'write' ? (when === 'half' ? half : wrapped(realDisk.write)) : realDisk.write,
    rename: at === 'rename' ? wrapped(realDisk.rename) : realDisk.rename,
    syncFolder: at === 'syncFolder' ? wrapped(realDisk.syncFolder) : realDisk.syncFolder,
    read: realDisk.read,
  }
}

itOnPostgres.each([
  ['before it was written', 'write', 'before'],
  ['in the middle of writing it', 'write', 'half'],
  ['before it had its name', 'rename', 'before'],
  ['before its name was on disk', 'syncFolder', 'before'],
  ['before it was noted as written', 'syncFolder', 'after'],
] as const)(
  'a program that ends after a file is recorded, %s, writes the same bytes under the same name',
  async (_when, step, moment) => {
    const [of, other] = [await shop(), await shop()]
    for (const one of [of, other]) {
      one.counter.receipt([water(1, 1_000)])
      await one.push()
    }
    await other.carry()
    await expect(of.carry(DAY, failing(step, moment))).rejects.toThrow('The power is gone')
    of.counter.receipt([water(2, 500)])
    await of.push()
    const written = await of.carry()
    const names = ['payments-20261120-000001.csv', 'payments-20261120-000002.csv']
    expect(written.map(file => file.name)).toEqual(names)
    expect(of.names()).toEqual(names)
    expect(of.read(names[0] ?? '')).toEqual(other.read(names[0] ?? ''))
    expect(detailsOf(of.read(names[1] ?? ''))).toEqual([['10-2', '5.00', 'W1-2', '1']])
    expect(await of.carry()).toEqual([])
  },
)

itOnPostgres('two runs at once put each detail into one file', async () => {
  const of = await shop()
  for (let no = 0; no < 20; no += 1) of.counter.receipt([water(1, 10 + no)])
  await of.push()
  const runs = await Promise.all([of.carry(), of.carry(), of.carry()])
  expect(new Set(runs.flat().map(file => file.file_no))).toEqual(new Set([1]))
  expect(of.names()).toHaveLength(1)
  expect(detailsOf(of.read('payments-20261120-000001.csv'))).toHaveLength(20)
})

itOnPostgres(
  'a byte that changed on its way to the disk is found, and the file is not noted as written',
  async () => {
    const of = await shop()
    of.counter.receipt([water(1, 1_000)])
    await of.push()
    let reads = 0
    const flipping = (nth: number): Disk => ({
      ...realDisk,
      read: path => {
        const bytes = realDisk.read(path)
        reads += 1
        // In the city's name, where no figure says that it is another.
        if (bytes && reads === nth) bytes[40] = (bytes[40] ?? 0) ^ 1
        return bytes
      },
    })
    await expect(of.carry(DAY, flipping(2))).rejects.toThrow(/ALARM: .* reads otherwise/)
    expect(of.names().filter(name => !name.startsWith('.'))).toEqual([])
    reads = 0
    await expect(of.carry(DAY, flipping(3))).rejects.toThrow(CarrierRefusal)
    expect(await unwritten(of.db)).toBe(1)
    expect(await of.carry()).toMatchObject([{ file_no: 1 }])
    expect(await unwritten(of.db)).toBe(0)
    expect(of.names()).toEqual(['payments-20261120-000001.csv'])
  },
)

const unwritten = async (db: CentralDb): Promise<number> =>
  (await db.kysely.selectFrom('payment_file').select('file_no').where('written_at', 'is', null).execute())
    .length

itOnPostgres(
  'another file under its name is not overwritten, and stops the next until somebody has looked',
  async () => {
    const of = await shop()
    of.counter.receipt([water(1, 1_000)])
    await of.push()
    const path = join(of.folder, 'payments-20261120-000001.csv')
    writeFileSync(path, 'not ours')
    await expect(of.carry()).rejects.toThrow(/ALARM: .* is there already with other content/)
    await expect(of.carry(TODAY)).rejects.toThrow(CarrierRefusal)
    expect(readFileSync(path, 'utf8')).toBe('not ours')
    rmSync(path)
    expect(await of.carry()).toMatchObject([{ file_no: 1 }])
  },
)

itOnPostgres(
  'a file that was begun in one folder is finished there, and not once more in another',
  async () => {
    const of = await shop()
    of.counter.receipt([water(1, 1_000)])
    await of.push()
    await expect(of.carry(DAY, failing('syncFolder', 'after'))).rejects.toThrow()
    const elsewhere = freshFolder()
    const order = { businessDate: DAY, template: CSV, folder: elsewhere, nowMs: NOW_MS }
    expect(await carryDate(of.db, order)).toMatchObject([{ file_no: 1, folder: of.folder }])
  },
)

/** Central is put back from a backup after payment files were delivered: what they held never goes to the billing system again. */
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { accountsSince, receiptStatesSince } from '../../../central/accounts/feeds.ts'
import { takeAckFile } from '../../../central/carrier/ack-file.ts'
import { BUILT_IN_ACK } from '../../../central/carrier/acknowledgement.ts'
import { carrierNow, switchCarrier } from '../../../central/carrier/carrier-state.ts'
import { carryDate, finishFiles } from '../../../central/carrier/payment-file.ts'
import { CarrierRefusal } from '../../../central/carrier/refusal.ts'
import { takeRange } from '../../../central/posting/receive.ts'
import type { CentralDb } from '../../../db/central/connection.ts'
import { ackText, CarrierShop, CSV, DAY, freshFolder, NOW_MS } from '../../support/central/carrier-shop.ts'
import { account, billAccounts, TILL, water } from '../../support/central/central-shop.ts'
import { itOnPostgres, postgresForFile } from '../../support/central/postgres.ts'
import { admin, backUp, type Lives, lost } from '../../support/central/put-back.ts'

const postgres = postgresForFile()
const backedUp = (before?: (of: CarrierShop) => Promise<void>): Promise<Lives> => backUp(postgres, before)

itOnPostgres('what was delivered is not carried again, and numbers go on after it', async () => {
  const lives = await backedUp()
  const { of, putBack } = lives
  await lost(lives, () => {
    of.counter.receipt([water(2, 700), water(4, 300)])
    of.counter.void(of.counter.receipt([water(5, 250)]), 250)
  })
  await expect(of.carryFrom(putBack)).rejects.toThrow(
    /ALARM: central was restored .*copy of file 2, and 1 is/,
  )
  expect(of.names()).toEqual([])
  for (const command of ['carrier', 'alarms'])
    expect((await admin(putBack, command)).said).toMatch(/ALARM: central was restored/)
  expect((await admin(putBack, 'carrier')).said).toMatch(/central payment-files-delivered N/)
  expect(await admin(putBack, 'payment-files-delivered', '2')).toEqual({
    code: 0,
    said: 'Files up to 2 count as delivered; 1 of them were read from their copies. Payment files go on with 3',
  })
  expect(await of.carryFrom(putBack)).toEqual([])
  expect(await carrierNow(putBack)).toMatchObject({ waiting: 0, awaited: 0, held: '' })
  expect((await admin(putBack, 'alarms')).said).toBe('')
  of.counter.receipt([water(6, 125)])
  await takeRange(putBack, of.counter.pen.take(), { nowMs: NOW_MS })
  expect(await of.carryFrom(putBack)).toMatchObject([{ file_no: 3, detail_count: 1, total_cents: 125 }])
  expect((await admin(putBack, 'payment-files')).said).toMatch(/^2 .* 4 details, 10\.00 /m)
})

itOnPostgres('what comes again only after it was said is in the delivered file all the same', async () => {
  const lives = await backedUp()
  const { of, goesOn, putBack } = lives
  of.counter.receipt([water(2, 700)])
  const range = of.counter.pen.take()
  await takeRange(goesOn, range, { nowMs: NOW_MS })
  await of.carryFrom(goesOn)
  await expect(of.carryFrom(putBack)).rejects.toThrow(CarrierRefusal)
  await admin(putBack, 'payment-files-delivered', '2')
  expect((await admin(putBack, 'carrier')).said).toMatch(/not settled: 1\./)
  await takeRange(putBack, range, { nowMs: NOW_MS })
  expect(await of.carryFrom(putBack)).toEqual([])
  const file = join(freshFolder(), 'answers.csv')
  writeFileSync(file, ackText(['2,W1-2,1,accepted,B7,']))
  const answers = { template: BUILT_IN_ACK, nowMs: NOW_MS }
  expect(await takeAckFile(putBack, file, answers)).toMatchObject({ ok: true, taken: { left: [] } })
})

itOnPostgres(
  'a till that has heard more than central holds stops the carrier, whichever feed it asks',
  async () => {
    for (const feed of ['receipts', 'accounts'] as const) {
      const lives = await backedUp()
      const { of, goesOn, putBack } = lives
      const ask = (db: CentralDb, cursor?: string) =>
        feed === 'receipts'
          ? receiptStatesSince(db, { tillId: TILL, cursor })
          : accountsSince(db, { tillId: TILL, cursor }, { nowMs: NOW_MS })
      await ask(putBack, (await ask(putBack)).cursor)
      expect((await carrierNow(putBack)).held).toBe('')
      of.counter.receipt([water(2, 700)])
      await takeRange(goesOn, of.counter.pen.take(), { nowMs: NOW_MS })
      await billAccounts(goesOn, [account(9)], 3)
      await ask(putBack, (await ask(goesOn)).cursor)
      await expect(of.carryFrom(putBack)).rejects.toThrow(/has heard what this database does not hold/)
      await expect(finishFiles(putBack, { nowMs: NOW_MS })).rejects.toThrow(CarrierRefusal)
      expect(await admin(putBack, 'payment-files-delivered', '1')).toMatchObject({ code: 0 })
      expect(await of.carryFrom(putBack)).toEqual([])
    }
  },
)

itOnPostgres(
  'the backup may be of before the carrier was switched on: it is held once it is on again',
  async () => {
    const db = await postgres.central()
    const of = await CarrierShop.open(db, { carrier: false })
    await receiptStatesSince(db, { tillId: TILL, cursor: '9.0123456789abcdef' })
    expect((await admin(db, 'carrier')).said).not.toMatch(/ALARM/)
    await switchCarrier(db, { on: true, timeZone: 'UTC' })
    of.counter.receipt([water(2, 700)])
    await of.push()
    await expect(of.carry()).rejects.toThrow(/has heard what this database does not hold/)
    expect(await admin(db, 'payment-files-delivered', '0')).toMatchObject({ code: 0 })
    expect(await of.carry()).toMatchObject([{ file_no: 1, total_cents: 700 }])
  },
)

itOnPostgres('files of which nobody has a copy, a changed copy, and a lower number are refused', async () => {
  const lives = await backedUp()
  const { of, putBack } = lives
  await lost(lives, () => of.counter.receipt([water(2, 700)]))
  const kept = join(of.folder, 'kept')
  const elsewhere = freshFolder()
  const copy = '000000002.json'
  const refused = async (words: string[], why: RegExp) => {
    const { code, said } = await admin(putBack, 'payment-files-delivered', ...words)
    expect(said).toMatch(why)
    expect(code).toBe(1)
    await expect(of.carryFrom(putBack)).rejects.toThrow(CarrierRefusal)
  }
  await expect(of.carryFrom(putBack)).rejects.toThrow(CarrierRefusal)
  await refused(['400000'], /^No copy in \S+kept of file 3, /)
  renameSync(join(kept, copy), join(elsewhere, copy))
  await refused(['2'], /No copy in .*kept of file 2, .*--kept/)
  await refused(['2', '--kept', kept], /No copy/)
  const text = readFileSync(join(elsewhere, copy), 'utf8')
  for (const changed of [text.replace('7.00', '9.00'), text.replace('"line_no":1', '"line_no":2')]) {
    writeFileSync(join(elsewhere, copy), changed)
    await refused(['2', '--kept', elsewhere], /is not as it was kept/)
  }
  writeFileSync(join(elsewhere, copy), text)
  expect(await admin(putBack, 'payment-files-delivered', '2', '--kept', elsewhere)).toMatchObject({ code: 0 })
  expect(await of.carryFrom(putBack)).toEqual([])
  expect(await admin(putBack, 'payment-files-delivered', '1')).toMatchObject({
    code: 1,
    said: expect.stringMatching(/^File 2 is on record as written/),
  })
})

itOnPostgres('a file that was not delivered is made anew under its number', async () => {
  const lives = await backedUp()
  const { of, putBack } = lives
  await lost(lives, () => of.counter.receipt([water(2, 700)]))
  await expect(of.carryFrom(putBack)).rejects.toThrow(CarrierRefusal)
  expect(await admin(putBack, 'payment-files-delivered', '1')).toMatchObject({ code: 0 })
  expect(await of.carryFrom(putBack)).toMatchObject([{ file_no: 2, total_cents: 700 }])
})

itOnPostgres('a file on record as unwritten is not written again where it was delivered', async () => {
  const cut = new Error('cut off')
  const lives = await backedUp(async of => {
    of.counter.receipt([water(1, 1_000)])
    await of.push()
    const write = (): never => {
      throw cut
    }
    const disk = { write, rename: write, syncFolder: write, read: () => undefined }
    await expect(of.carry(DAY, disk)).rejects.toThrow(cut)
  })
  const { of, goesOn, putBack } = lives
  expect(await finishFiles(goesOn, { nowMs: NOW_MS })).toHaveLength(1)
  for (const name of of.names()) rmSync(join(of.folder, name))
  await admin(putBack, 'payment-files-delivered', '1')
  expect(await finishFiles(putBack, { nowMs: NOW_MS })).toEqual([])
  expect(of.names()).toEqual([])
})

itOnPostgres('copies in every folder into which files were ever written are looked at', async () => {
  const lives = await backedUp()
  const { of, goesOn, putBack } = lives
  const other = freshFolder()
  of.counter.receipt([water(2, 700)])
  const range = of.counter.pen.take()
  for (const db of [goesOn, putBack]) {
    await takeRange(db, range, { nowMs: NOW_MS })
    if (db === goesOn) expect(await of.carryFrom(db)).toMatchObject([{ file_no: 2 }])
  }
  const order = { businessDate: DAY, template: CSV, folder: other, nowMs: NOW_MS }
  await expect(carryDate(putBack, order)).rejects.toThrow(/copy of file 2, and 1 is the last/)
  await expect(finishFiles(putBack, { nowMs: NOW_MS })).rejects.toThrow(CarrierRefusal)
})

itOnPostgres(
  'what one life delivered under a number takes the place of what another has on record',
  async () => {
    const lives = await backedUp()
    const { of, goesOn, putBack } = lives
    of.counter.receipt([water(2, 700)])
    const first = of.counter.pen.take()
    of.counter.receipt([water(4, 300)])
    const second = of.counter.pen.take()
    await takeRange(goesOn, first, { nowMs: NOW_MS })
    expect(await of.carryFrom(goesOn)).toMatchObject([{ file_no: 2, total_cents: 700 }])
    for (const name of of.names()) rmSync(join(of.folder, name))
    // Nobody picked that up: the one that is put back makes another file 2, which is delivered.
    await admin(putBack, 'payment-files-delivered', '1')
    for (const range of [first, second]) await takeRange(putBack, range, { nowMs: NOW_MS })
    expect(await of.carryFrom(putBack)).toMatchObject([{ file_no: 2, total_cents: 1_000 }])
    for (const name of of.names()) rmSync(join(of.folder, name))
    // And now the first is put back after all.
    await takeRange(goesOn, second, { nowMs: NOW_MS })
    await expect(of.carryFrom(goesOn)).rejects.toThrow(/copy of another file 2/)
    expect(await admin(goesOn, 'payment-files-delivered', '2')).toMatchObject({ code: 0 })
    expect(await of.carryFrom(goesOn)).toEqual([])
    expect((await admin(goesOn, 'payment-files')).said).toMatch(/^2 .* 2 details, 10\.00 /m)
  },
)

itOnPostgres('a folder that is not there takes no file, now or later', async () => {
  const of = await CarrierShop.open(await postgres.central())
  of.counter.receipt([water(1, 1_000)])
  await of.push()
  const gone = join(of.folder, 'not', 'mounted')
  const order = { businessDate: DAY, template: CSV, folder: gone, nowMs: NOW_MS }
  await expect(carryDate(of.db, order)).rejects.toThrow(/not there: mount it/)
  expect(existsSync(gone)).toBe(false)
})

itOnPostgres('answers that come before the next file are about what was delivered', async () => {
  const lives = await backedUp()
  const { putBack } = lives
  await admin(putBack, 'payment-files-delivered', '1')
  const { of, goesOn } = lives
  of.counter.receipt([water(2, 700)])
  const range = of.counter.pen.take()
  await takeRange(goesOn, range, { nowMs: NOW_MS })
  await of.carryFrom(goesOn)
  await admin(putBack, 'payment-files-delivered', '2')
  await takeRange(putBack, range, { nowMs: NOW_MS })
  const file = join(freshFolder(), 'answers.csv')
  writeFileSync(file, ackText(['2,W1-2,1,accepted,B7,']))
  const answers = { template: BUILT_IN_ACK, nowMs: NOW_MS }
  expect(await takeAckFile(putBack, file, answers)).toMatchObject({ ok: true, taken: { left: [] } })
})

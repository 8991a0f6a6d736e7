/**
 * A payment that was delivered finds no home, or another one, once central was put back from a backup: whatever is decided,
 * and in whatever order, the files together say of each account what central has there.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect } from 'vitest'
import { takeAckFile } from '../../../central/carrier/ack-file.ts'
import { BUILT_IN_ACK } from '../../../central/carrier/acknowledgement.ts'
import { carrierNow } from '../../../central/carrier/carrier-state.ts'
import { takeRange } from '../../../central/posting/receive.ts'
import { type Resolution, resolveSuspense } from '../../../central/posting/resolve.ts'
import type { CentralDb } from '../../../db/central/connection.ts'
import type { Range } from '../../../shared/central/protocol.ts'
import { ackText, DAY, freshFolder, NOW_MS, TODAY } from '../../support/central/carrier-shop.ts'
import { account, accountId, billAccounts, TILL, water } from '../../support/central/central-shop.ts'
import { itOnPostgres, postgresForFile } from '../../support/central/postgres.ts'
import { admin, backUp, type Lives, lost } from '../../support/central/put-back.ts'

const postgres = postgresForFile()

interface World extends Lives {
  db: CentralDb
  receiptId: string
  /** What its till has sent since the backup. */
  sent: Range[]
}

/** 40.00 on account 8, of which the backup knows nothing, stand in file 2; in the one that was put back they wait. */
async function inSuspense(): Promise<World> {
  const lives = await backUp(postgres)
  await billAccounts(lives.goesOn, [account(8)], 2)
  let receiptId = ''
  const range = await lost(lives, () => {
    receiptId = lives.of.counter.receipt([water(8, 4_000)])
  })
  return { ...lives, db: lives.putBack, receiptId, sent: [range] }
}

const resolve = async ({ db, receiptId }: World, to: Partial<Resolution>): Promise<void> => {
  const line = { tillId: TILL, receiptId, lineNo: 1, timeZone: 'UTC' }
  expect(await resolveSuspense(db, { ...line, ...to }, { nowMs: NOW_MS })).toEqual({ ok: true })
}

async function voided({ db, of, receiptId, sent }: World): Promise<void> {
  of.counter.void(receiptId, 4_000)
  sent.push(of.counter.pen.take())
  await send(db, sent.slice(-1))
}

async function send(db: CentralDb, ranges: readonly Range[]): Promise<void> {
  for (const range of ranges)
    expect(await takeRange(db, range, { nowMs: NOW_MS })).toMatchObject({ ok: true })
}

const billed8 = ({ db }: World): Promise<void> => billAccounts(db, [account(8)], 2)

/** What every delivered file says of an account, in cents. */
function told({ of }: World): Record<string, number> {
  const kept = join(of.folder, 'kept')
  const sums: Record<string, number> = {}
  for (const name of readdirSync(kept).filter(one => one.endsWith('.json'))) {
    const { details } = JSON.parse(readFileSync(join(kept, name), 'utf8')) as {
      details: { account_id: string; cents: number }[]
    }
    for (const { account_id: id, cents } of details) sums[id] = (sums[id] ?? 0) + cents
  }
  return Object.fromEntries(Object.entries(sums).filter(([, cents]) => cents !== 0))
}

const carryAll = async ({ of, db }: World): Promise<void> => {
  // A payment is told before it is taken back, also under an earlier date.
  for (const businessDate of [DAY, TODAY, DAY]) await of.carryFrom(db, { businessDate })
}

const delivered = async ({ db }: World, upTo = 2): Promise<void> => {
  expect(await admin(db, 'payment-files-delivered', `${upTo}`)).toMatchObject({ code: 0 })
}

const paid = (no: number, cents: number) => ({ [accountId(no)]: cents })
const FIRST = paid(1, 1_000)

describe('files together say what central has', () => {
  const decisions: [what: string, decide: (world: World) => Promise<void>, more: Record<string, number>][] = [
    [
      'the account comes again, and it is tried again',
      async world => {
        await billed8(world)
        await resolve(world, {})
      },
      paid(8, 4_000),
    ],
    [
      'it becomes the credit of its account',
      async world => {
        await billed8(world)
        await resolve(world, { accountNumber: '10-8' })
      },
      paid(8, 4_000),
    ],
    ['it is resolved to another account', world => resolve(world, { accountNumber: '10-2' }), paid(2, 4_000)],
    ['it is voided in suspense', voided, {}],
    ['it is written off', world => resolve(world, { writeOffTo: '900-1000' }), {}],
    [
      'it is resolved to another account, and voided',
      async world => {
        await resolve(world, { accountNumber: '10-2' })
        await voided(world)
      },
      {},
    ],
    [
      'it is tried again, and voided',
      async world => {
        await billed8(world)
        await resolve(world, {})
        await voided(world)
      },
      {},
    ],
  ]
  for (const [what, decide, more] of decisions)
    itOnPostgres(
      `where ${what}, before it is said what was delivered, after, and once it was carried`,
      async () => {
        const before = await inSuspense()
        await decide(before)
        await delivered(before)
        await carryAll(before)
        expect(told(before), 'before').toEqual({ ...FIRST, ...more })
        const after = await inSuspense()
        await delivered(after)
        await carryAll(after)
        expect(told(after)).toEqual({ ...FIRST, ...paid(8, 4_000) })
        await decide(after)
        await carryAll(after)
        expect(told(after), 'after').toEqual({ ...FIRST, ...more })
        expect((await carrierNow(after.db)).awaited).toBe(0)
        // Put back once more, from the same backup, which knows of neither file nor decision.
        const again = { ...after, db: after.putBackAgain }
        const last = (await carrierNow(after.db)) && (await lastFileOf(after.db))
        await delivered(again, last)
        const [first, ...others] = after.sent
        await send(again.db, first ? [first] : [])
        await resolve(again, { accountNumber: '10-4' })
        await carryAll(again)
        await send(again.db, others)
        await carryAll(again)
        expect(told(again), 'again').toEqual({ ...FIRST, ...(others.length === 0 && paid(4, 4_000)) })
      },
    )
})

const lastFileOf = async (db: CentralDb): Promise<number> => {
  const rows = await db.kysely.selectFrom('payment_file').select('file_no').execute()
  return Math.max(...rows.map(row => row.file_no))
}

itOnPostgres('what the billing system rejects of a delivered file is not taken back', async () => {
  const world = await inSuspense()
  await delivered(world)
  await resolve(world, { accountNumber: '10-2' })
  const file = join(freshFolder(), 'answers.csv')
  writeFileSync(file, ackText(['2,W1-2,1,rejected,,No such account']))
  const answers = { template: BUILT_IN_ACK, nowMs: NOW_MS }
  expect(await takeAckFile(world.db, file, answers)).toMatchObject({
    ok: true,
    taken: { rejected: 1, left: [] },
  })
  await carryAll(world)
  expect(told(world)).toEqual({ ...FIRST, ...paid(8, 4_000), ...paid(2, 4_000) })
})

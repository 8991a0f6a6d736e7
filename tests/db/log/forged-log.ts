/** Somebody who writes into a ledger's log what a change would have made of it, and keeps the sums of its frames. */
import { closeSync, copyFileSync, openSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { freshDir } from '../../support/data-folder.ts'

const PAGE = 4_096
const LOG_HEADER = 32
const FRAME_HEADER = 24
const STEP = PAGE + FRAME_HEADER
const WORD = 0xffffffffn

/** The pages of a ledger with its log, before and after a change. */
function pagesAround(path: string, sql: string): [before: Buffer, after: Buffer] {
  const copy = join(freshDir(), 'copy')
  for (const end of ['', '-wal']) copyFileSync(path + end, copy + end)
  const ledger = new Database(copy)
  ledger.pragma('wal_checkpoint(TRUNCATE)')
  const before = readFileSync(copy)
  ledger.exec(sql)
  ledger.pragma('wal_checkpoint(TRUNCATE)')
  ledger.close()
  return [before, readFileSync(copy)]
}

/** What two words, so many pairs before the end, must be for the sums to change by so much. */
function wordsFor(pairs: number, [first, second]: [bigint, bigint]): [bigint, bigint] {
  let [one, other] = [first & WORD, second & WORD]
  for (let at = 0; at < pairs; at += 1) [one, other] = [(2n * one - other) & WORD, (other - one) & WORD]
  return [one, (other - one) & WORD]
}

/** Makes a page of a table sum to what another one sums to, by two words between its cells that nothing uses. */
function summedAs(was: Buffer, now: Buffer): Buffer {
  const page = Buffer.from(now)
  const head = page[0] === 2 || page[0] === 5 ? 12 : 8
  const from = Math.ceil((head + 2 * page.readUInt16BE(3)) / 8) * 8
  if (from + 8 > page.readUInt16BE(5)) throw new Error('There is no room in the page')
  was.copy(page, from, from, from + 8)
  let [first, second] = [0n, 0n]
  const changeAt = (at: number): bigint => BigInt(page.readUInt32LE(at)) - BigInt(was.readUInt32LE(at))
  for (let at = 0; at < PAGE; at += 8) {
    first = (first + changeAt(at) + second) & WORD
    second = (second + changeAt(at + 4) + first) & WORD
  }
  const words = wordsFor((PAGE - from) / 8 - 1, [-first, -second])
  for (const [no, word] of words.entries()) {
    const at = from + 4 * no
    page.writeUInt32LE(Number((BigInt(page.readUInt32LE(at)) + word) & WORD), at)
  }
  return page
}

/** Writes into the last frame of each page what a change makes of it. */
export function forgeLog(path: string, sql: string): void {
  const [before, after] = pagesAround(path, sql)
  const log = readFileSync(`${path}-wal`)
  const file = openSync(`${path}-wal`, 'r+')
  for (let no = 2; no * PAGE <= after.length; no += 1) {
    const [was, now] = [before, after].map(pages => pages.subarray((no - 1) * PAGE, no * PAGE))
    if (!was || !now || was.equals(now)) continue
    let last = 0
    for (let at = LOG_HEADER; at + STEP <= log.length; at += STEP)
      if (log.readUInt32BE(at) === no && log.subarray(at + FRAME_HEADER, at + STEP).equals(was)) last = at
    if (last === 0) throw new Error(`Page ${no} is not in the log`)
    writeSync(file, summedAs(was, now), 0, PAGE, last + FRAME_HEADER)
  }
  closeSync(file)
}

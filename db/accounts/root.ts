/** Digests over the whole accounts file. */
import { createHash } from 'node:crypto'
import type { AccountsReader } from './reader.ts'

const HASHES_AT_ONCE = 1_000

/**
 * SHA-256 (hex) over the row hashes in the order of account ids, and over the ids that are gone: one figure that stands for every
 * account, and for what this till has taken for it.
 */
export function mirrorRoot(reader: AccountsReader): string {
  const digest = createHash('sha256')
  let waiting: string[] = []
  for (const rowHash of reader.rowHashes()) {
    waiting.push(rowHash)
    if (waiting.length < HASHES_AT_ONCE) continue
    digest.update(waiting.join(''))
    waiting = []
  }
  digest.update(waiting.join(''))
  for (const id of reader.formerIds()) digest.update(`${id}\n`)
  return digest.digest('hex')
}

/**
 * SHA-256 (hex) over the find index byte for byte, and over the place of each account in it: the index
 * is not in the row hashes, and a changed one would hide accounts without changing any.
 */
export function findDigest(reader: AccountsReader): string {
  const digest = createHash('sha256')
  const { connection } = reader
  const blocks = connection.prepare<[], { id: number; block: Buffer }>(
    'SELECT id, block FROM account_find_data ORDER BY id',
  )
  // Sequence numbers of blocks reach beyond the safe integers of JavaScript.
  for (const { id, block } of blocks.safeIntegers().iterate())
    digest.update(`${id} ${block.length}\n`).update(block)
  const entries = connection.prepare<[], [bigint, Buffer, bigint]>(
    'SELECT segid, CAST(term AS BLOB), pgno FROM account_find_idx ORDER BY segid, term',
  )
  for (const [segment, term, page] of entries.raw().safeIntegers().iterate()) {
    digest.update(`${segment} ${term.toString('hex')} ${page}\n`)
  }
  const settings = connection.prepare<[], string>(
    "SELECT k || ' ' || typeof(v) || ' ' || v FROM account_find_config ORDER BY k",
  )
  digest.update(settings.pluck().all().join('\n'))
  const places = connection.prepare<[], string>("SELECT seq || ' ' || number_key FROM account ORDER BY seq")
  for (const place of places.pluck().iterate()) digest.update(`${place}\n`)
  return digest.digest('hex')
}

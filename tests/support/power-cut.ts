/**
 * A power cut, made from a recording of system calls: what was flushed is there, and of what was not, any part
 * may be there, missing or torn at a sector, as a disk's own memory would leave it.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BodyOf } from '../../shared/ledger/facts.ts'
import type { Cents } from '../../shared/money.ts'
import { ZERO } from '../../shared/money.ts'
import { catalogItemId, tenderOf } from './ledger-day.ts'

export type Event =
  | { kind: 'write'; file: string; at: number; bytes: Buffer }
  | { kind: 'truncate'; file: string; size: number }
  | { kind: 'flush'; file: string }
  | { kind: 'acknowledged'; count: number }

/** Whether system calls can be recorded here; says so aloud when they cannot. */
export function cannotRecord(): boolean {
  const tried = spawnSync('strace', ['-qq', '-e', 'trace=none', 'true'])
  if (tried.status === 0) return false
  console.warn('NOT TESTED: power cuts, because strace is not installed or may not trace here')
  return true
}

export function bodyOfReceipt(of: {
  receiptId: string
  sessionId: string
  count: number
  amount: Cents
}): BodyOf<'receipt.posted'> {
  const { receiptId, sessionId, count, amount } = of
  return {
    receiptId,
    receiptNo: count,
    number: `W1-${String(count).padStart(6, '0')}`,
    sessionId,
    totalCents: amount,
    tenderedCents: amount,
    roundingCents: ZERO,
    changeCents: ZERO,
    lines: [
      {
        kind: 'catalog',
        catalogItemId: catalogItemId('MISC'),
        code: 'MISC',
        name: 'Miscellaneous receipt',
        quantity: 1,
        unitPriceCents: amount,
        baseCents: null,
        reference: 'Found in the lobby',
        cents: amount,
        glAccount: '110-3690',
      },
    ],
    tenders: [tenderOf('cash', amount)],
  }
}

const CALLS = 'trace=pwrite64,write,fdatasync,fsync,ftruncate'
const LONGEST_WRITE = '200000'

/** Runs a till under strace and gives what its main thread asked of the system, in order. */
export function record(dir: string, recordingDir: string, args: readonly string[]): Event[] {
  mkdirSync(recordingDir)
  const out = join(recordingDir, 'calls')
  const options = ['-ff', '-qq', '-y', '-x', '-s', LONGEST_WRITE, '-e', CALLS, '-o', out]
  const child = join(import.meta.dirname, 'power-child.ts')
  const run = spawnSync('strace', [...options, process.execPath, child, dir, ...args], { encoding: 'utf8' })
  if (run.status !== 0) throw new Error(`The recording failed: ${run.stderr}`)
  // Each thread has a file of its own, so no call is cut in two by another; the till's is the one that acknowledged.
  const threads = readdirSync(recordingDir).map(name => readFileSync(join(recordingDir, name), 'latin1'))
  const main = threads.find(text => text.includes('"acknowledged 1\\n"'))
  if (main === undefined) throw new Error('Nothing was acknowledged')
  return main.split('\n').flatMap(line => eventOf(line))
}

const CALL = /^(\w+)\(\d+<([^>]*)>(?:, (.*))?\) += (-?\d+)/s
const OURS = /\/(ledger\.sqlite(?:-wal|\.head)?)$/

function eventOf(line: string): Event[] {
  const match = CALL.exec(line)
  if (!match || match[4] === '-1') return []
  const [, call = '', path = '', rest = ''] = match
  const acknowledged = /^"acknowledged (\d+)\\n"/.exec(rest)
  if (acknowledged) return [{ kind: 'acknowledged', count: Number.parseInt(acknowledged[1] ?? '', 10) }]
  const file = OURS.exec(path)?.[1]
  if (file === undefined) return []
  if (call === 'fdatasync' || call === 'fsync') return [{ kind: 'flush', file }]
  if (call === 'ftruncate') return [{ kind: 'truncate', file, size: Number.parseInt(rest, 10) }]
  const end = rest.lastIndexOf('", ')
  const at = call === 'pwrite64' ? Number.parseInt(rest.slice(rest.lastIndexOf(', ') + 2), 10) : 0
  return [{ kind: 'write', file, at, bytes: bytesOf(rest.slice(1, end)) }]
}

const ESCAPES: Readonly<Record<string, number>> = { n: 10, t: 9, r: 13, v: 11, f: 12, '"': 34, '\\': 92 }

/** The bytes behind strace's way of writing text. */
function bytesOf(text: string): Buffer {
  const bytes: number[] = []
  for (let i = 0; i < text.length; i++) {
    if (text[i] !== '\\') {
      bytes.push(text.charCodeAt(i))
      continue
    }
    const sign = text[i + 1] ?? ''
    const octal = /^[0-7]{1,3}/.exec(text.slice(i + 1, i + 4))?.[0]
    if (sign === 'x') bytes.push(Number.parseInt(text.slice(i + 2, i + 4), 16))
    else bytes.push(octal === undefined ? (ESCAPES[sign] ?? 0) : Number.parseInt(octal, 8))
    i += sign === 'x' ? 3 : (octal?.length ?? 1)
  }
  return Buffer.from(bytes)
}

type Change = Extract<Event, { kind: 'write' | 'truncate' }>
const SECTOR = 512

function applied(content: Buffer, change: Change): Buffer {
  if (change.kind === 'truncate') {
    const next = Buffer.alloc(change.size)
    content.copy(next)
    return next
  }
  const end = change.at + change.bytes.length
  const next = end > content.length ? Buffer.concat([content, Buffer.alloc(end - content.length)]) : content
  change.bytes.copy(next, change.at)
  return next
}

/** What a disk that was told to write may have written of it: all, nothing, or its first sectors. */
function torn(change: Change, below: (most: number) => number): Change[] {
  const luck = below(3)
  if (luck === 0) return []
  if (luck === 1 || change.kind === 'truncate') return [change]
  const sectors = below(Math.ceil(change.bytes.length / SECTOR))
  return [{ ...change, bytes: change.bytes.subarray(0, sectors * SECTOR) }]
}

/**
 * The files as a power cut before event `cut` may leave them. `flushed` says what a flush is worth: all before
 * it is there for certain. New files are taken to be in their folder from the first write on.
 */
export function filesAfterCut(
  start: ReadonlyMap<string, Buffer>,
  events: readonly Event[],
  cut: number,
  below: (most: number) => number,
): Map<string, Buffer> {
  const done = events.slice(0, cut)
  const lastFlush = new Map<string, number>()
  done.forEach((event, index) => {
    if (event.kind === 'flush') lastFlush.set(event.file, index)
  })
  const files = new Map<string, Buffer>([...start].map(([name, content]) => [name, Buffer.from(content)]))
  done.forEach((event, index) => {
    if (event.kind !== 'write' && event.kind !== 'truncate') return
    const isCertain = index < (lastFlush.get(event.file) ?? -1)
    for (const change of isCertain ? [event] : torn(event, below))
      files.set(event.file, applied(files.get(event.file) ?? Buffer.alloc(0), change))
  })
  return files
}

/** How many receipts had been acknowledged before the cut. */
export function acknowledgedBefore(events: readonly Event[], cut: number): number {
  return events
    .slice(0, cut)
    .reduce((most, event) => (event.kind === 'acknowledged' ? Math.max(most, event.count) : most), 0)
}

export function readFiles(dir: string, names: readonly string[]): Map<string, Buffer> {
  return new Map(
    names.flatMap(name => {
      const path = join(dir, name)
      return existsSync(path) ? [[name, readFileSync(path)] as const] : []
    }),
  )
}

export function writeFiles(dir: string, files: ReadonlyMap<string, Buffer>): void {
  for (const [name, content] of files) writeFileSync(join(dir, name), content)
}

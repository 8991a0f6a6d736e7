/**
 * A power cut, made from a recording of system calls: what was flushed is there, and of what was not, any part
 * may be there, missing or torn at a sector, as a disk's own memory would leave it.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export type Event =
  | { kind: 'write'; file: string; at: number; bytes: Buffer }
  | { kind: 'truncate'; file: string; size: number }
  | { kind: 'flush'; file: string }
  | { kind: 'rename'; file: string; to: string }
  | { kind: 'unlink'; file: string }
  | { kind: 'acknowledged'; count: number }

/** Whether system calls can be recorded here; says so aloud when they cannot. */
export function cannotRecord(): boolean {
  const tried = spawnSync('strace', ['-qq', '-e', 'trace=none', 'true'])
  if (tried.status === 0) return false
  console.warn('NOT TESTED: power cuts, because strace is not installed or may not trace here')
  return true
}

const CALLS = 'trace=pwrite64,write,fdatasync,fsync,ftruncate,rename,unlink'
const LONGEST_WRITE = '200000'

/** Runs a program of a till under strace and gives what its main thread asked of the system, in order. */
export function record(program: string, recordingDir: string, args: readonly string[]): Event[] {
  mkdirSync(recordingDir)
  const out = join(recordingDir, 'calls')
  const options = ['-ff', '-qq', '-y', '-x', '-s', LONGEST_WRITE, '-e', CALLS, '-o', out]
  const child = join(import.meta.dirname, program)
  const run = spawnSync('strace', [...options, process.execPath, child, ...args], { encoding: 'utf8' })
  if (run.status !== 0) throw new Error(`The recording failed: ${run.stderr}`)
  // Each thread has a file of its own, so no call is cut in two by another; the till's is the one that acknowledged.
  const threads = readdirSync(recordingDir).map(name => readFileSync(join(recordingDir, name), 'latin1'))
  const main = threads.find(text => text.includes('"acknowledged 1\\n"'))
  if (main === undefined) throw new Error('Nothing was acknowledged')
  return main.split('\n').flatMap(line => eventOf(line))
}

const CALL = /^(\w+)\(\d+<([^>]*)>(?:, (.*))?\) += (-?\d+)/s
const OURS = /\/(ledger\.sqlite(?:-wal|\.head|\.rebuild(?:-wal|-journal)?)?)$/
const RENAME = /^rename\("([^"]*)", "([^"]*)"\) += 0/
const UNLINK = /^unlink\("([^"]*)"\) += 0/

function eventOf(line: string): Event[] {
  const [, from = '', onto = ''] = RENAME.exec(line) ?? []
  const [file, to] = [OURS.exec(from)?.[1], OURS.exec(onto)?.[1]]
  if (file !== undefined && to !== undefined) return [{ kind: 'rename', file, to }]
  const gone = OURS.exec(UNLINK.exec(line)?.[1] ?? '')?.[1]
  return gone === undefined ? callOf(line) : [{ kind: 'unlink', file: gone }]
}

function callOf(line: string): Event[] {
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

/** A file that grows by doubling, because a log is written by thousands of small additions. */
class Growing {
  #room: Buffer
  #size: number

  constructor(content: Buffer) {
    this.#room = Buffer.from(content)
    this.#size = content.length
  }

  get content(): Buffer {
    return this.#room.subarray(0, this.#size)
  }

  apply(change: Change): void {
    const end = change.kind === 'truncate' ? change.size : change.at + change.bytes.length
    if (end > this.#room.length) {
      const room = Buffer.alloc(end * 2)
      this.content.copy(room)
      this.#room = room
    }
    if (change.kind === 'truncate') {
      this.#room.fill(0, Math.min(end, this.#size))
      this.#size = end
      return
    }
    change.bytes.copy(this.#room, change.at)
    this.#size = Math.max(this.#size, end)
  }
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
 * it is there for certain. New files, names and removals are taken to be in their folder at once.
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
  const files = new Map([...start].map(([name, content]) => [name, new Growing(content)]))
  done.forEach((event, index) => {
    if (event.kind === 'rename') {
      const moved = files.get(event.file)
      if (moved) files.set(event.to, moved)
    }
    if (event.kind === 'rename' || event.kind === 'unlink') files.delete(event.file)
    if (event.kind !== 'write' && event.kind !== 'truncate') return
    const file = files.get(event.file) ?? new Growing(Buffer.alloc(0))
    files.set(event.file, file)
    const isCertain = index < (lastFlush.get(event.file) ?? -1)
    for (const change of isCertain ? [event] : torn(event, below)) file.apply(change)
  })
  return new Map([...files].map(([name, file]) => [name, file.content]))
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

/** The billing system's accounts as a file: CSV as the till's own import reads it, or JSON lines. */
import { createReadStream } from 'node:fs'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { inspectFile } from '../../db/account-file/file-text.ts'
import { ImportRefused } from '../../db/account-file/file-types.ts'
import type { CentralDb } from '../../db/central/connection.ts'
import { type AccountWithItems, accountWithItemsField } from '../../shared/account.ts'
import type { ImportRefusal } from '../../shared/rules/account/account-file.ts'
import type { BadRow, FileEntry, FileOptions } from './account-entries.ts'
import { tableEntries } from './account-table.ts'
import { byNumber } from './by-number.ts'
import { closeOtherAccounts, putAccounts } from './changes.ts'
import { type FileMoments, momentsOf, noteMoments, unansweredLines } from './file-moment.ts'

export interface FileTaken {
  accounts: number
  added: number
  changed: number
  unchanged: number
  closed: number
  /** Rows that are left out, by line, with why. At most a hundred are listed. */
  bad: BadRow[]
  badCount: number
  /** Nothing is closed while it is not known of whom a row speaks. */
  nothingClosed: boolean
  paymentsThroughMs: number
  /** Lines of payment files without an answer: the billing system may have taken them, and its figures may contain them. */
  unanswered: number
}

/** The file as a whole is no file of accounts; `message` says why. */
export class NoAccountFile extends Error {
  override readonly name = 'NoAccountFile'
}

type Stated = Extract<FileEntry, { account: unknown }>

const AT_ONCE = 1_000
/** Rows that wait for each other are written together: of a round of numbers none could be the first. */
const LATER_AT_ONCE = 20_000
const MOST_LISTED = 100

/**
 * Takes every account of the file over, a batch in one transaction. Rows that cannot be read are left out with all of
 * their account, listed, and stop nothing. Once more with the same file changes nothing, wherever the first time ended.
 * Throws `NoAccountFile` for what is none, and then nothing was changed.
 */
export async function takeAccountFile(db: CentralDb, file: string, options: FileOptions): Promise<FileTaken> {
  const work = options.stagingDir ?? (await mkdtemp(join(tmpdir(), 'tillproof-accounts-')))
  try {
    const text = await inspectFile(file, { onProgress: () => options.signal?.throwIfAborted() })
    const moments = await momentsOrRefuse(db, text, options)
    // Noted before the first of it is taken: broken off, it is the same file the next time.
    const begin = () => noteMoments(db, { sha256: text.sha256, ...moments })
    const taking = new Taking(db, { ...options, moments }, begin)
    const isJson = await beginsLikeJson(file)
    const entries = isJson ? jsonEntries(file) : tableEntries(file, text, { ...options, work })
    for await (const entry of entries) await taking.take(entry)
    return await taking.finish()
  } catch (error) {
    throw error instanceof ImportRefused ? new NoAccountFile(refusalLabels(error)) : error
  } finally {
    if (options.stagingDir === undefined) await rm(work, { recursive: true, force: true })
  }
}

async function momentsOrRefuse(
  db: CentralDb,
  { sha256, writtenAtMs }: { sha256: string; writtenAtMs: number },
  { paymentsThroughMs: statedMs, isExact = false, nowMs = Date.now() }: FileOptions,
): Promise<FileMoments> {
  const moments = await momentsOf(db, { sha256, writtenAtMs, statedMs, isExact, nowMs })
  if (moments !== null) return moments
  throw new NoAccountFile(
    'It cannot be told up to when payments are in this file: some were posted since the last one, it is the same as one before or older than the last one, or its time lies ahead. State the moment with --payments-through (for a watched folder, --accounts-payments-through)',
  )
}

class Taking {
  readonly #db: CentralDb
  readonly #options: FileOptions & { moments: FileMoments }
  readonly #taken: FileTaken
  readonly #begin: () => Promise<void>
  /** It is known of whom each row speaks. */
  #isRead = true
  /** Every account that the file names, by id. */
  readonly #named = new Set<string>()
  /** Those of which it has said everything. */
  readonly #done = new Set<string>()
  #waiting = new Map<string, Stated>()
  /** Rows that another one, which comes later, may make room for. */
  readonly #later = new Map<string, Stated>()
  #no = 0

  constructor(db: CentralDb, options: FileOptions & { moments: FileMoments }, begin: () => Promise<void>) {
    this.#db = db
    this.#begin = begin
    this.#options = options
    const { throughMs: paymentsThroughMs } = options.moments
    const counts = { accounts: 0, added: 0, changed: 0, unchanged: 0, closed: 0, badCount: 0 }
    this.#taken = { ...counts, bad: [], nothingClosed: false, paymentsThroughMs, unanswered: 0 }
  }

  async take(entry: FileEntry): Promise<void> {
    if (!('account' in entry)) return this.#leave(entry)
    const { accountId } = entry.account.account
    // The same account twice in one statement would be refused by the database: the later line counts.
    if (this.#waiting.has(accountId)) await this.#put()
    this.#named.add(accountId)
    this.#waiting.set(accountId, entry)
    if (this.#waiting.size >= AT_ONCE) await this.#put()
  }

  async finish(): Promise<FileTaken> {
    await this.#put()
    const taken = this.#taken
    if (this.#named.size === 0)
      throw new NoAccountFile(`No account in this file can be read${firstOf(taken.bad)}`)
    if (this.#options.missing === 'close' && !taken.nothingClosed)
      taken.closed = await closeOtherAccounts(this.#db, this.#named, this.#batch())
    // One that is closed now makes room for whoever has its number.
    await this.#putLater()
    taken.unanswered = await unansweredLines(this.#db)
    return taken
  }

  /** Rows that waited for each other, as long as one makes room for the next; what is left then has none. */
  async #putLater(): Promise<void> {
    for (let before = Number.POSITIVE_INFINITY, isLast = false; this.#later.size > 0; ) {
      isLast = this.#later.size >= before
      before = this.#later.size
      const all = [...this.#later.values()]
      this.#later.clear()
      for (let at = 0; at < all.length; at += LATER_AT_ONCE) {
        const some = all.slice(at, at + LATER_AT_ONCE)
        this.#waiting = new Map(some.map(one => [one.account.account.accountId, one]))
        await this.#put({ isLast })
      }
    }
  }

  #leave(entry: Exclude<FileEntry, { account: unknown }>): void {
    const { bad } = this.#taken
    if ('named' in entry) this.#named.add(entry.named)
    else {
      this.#isRead = false
      this.#taken.nothingClosed = this.#options.missing === 'close'
    }
    this.#taken.badCount += entry.bad.length
    bad.push(...entry.bad.slice(0, MOST_LISTED - bad.length))
  }

  async #put({ isLast = false } = {}): Promise<void> {
    this.#options.signal?.throwIfAborted()
    if (this.#waiting.size === 0) return
    if (this.#no === 0) await this.#begin()
    const list = [...this.#waiting.values()]
    this.#waiting = new Map()
    const accounts = await byNumber(
      this.#db,
      list.map(({ account }) => account),
    )
    const stated = new Map(accounts.map(({ account }, at) => [account.accountId, list[at]]))
    // Named twice, by its number and by its id, the later row counts.
    const once = [...new Map(accounts.map(one => [one.account.accountId, one])).values()]
    for (const id of stated.keys()) this.#named.add(id)
    const { left, ...counts } = await putAccounts(this.#db, once, { ...this.#batch(), isLast })
    for (const name of ['added', 'changed', 'unchanged'] as const) this.#taken[name] += counts[name]
    this.#taken.accounts += once.length - left.length
    const leftIds = new Set(left.map(({ accountId }) => accountId))
    for (const id of stated.keys()) {
      if (leftIds.has(id)) continue
      this.#done.add(id)
      // Of an account that is named twice the later row counts, also where the earlier one waits.
      this.#later.delete(id)
    }
    for (const { accountId, why, mayWait } of left) {
      const one = stated.get(accountId)
      if (one && mayWait && !isLast) this.#later.set(accountId, one)
      else this.#leave({ named: accountId, bad: [{ line: one?.line ?? 0, why }] })
    }
  }

  #batch() {
    this.#no += 1
    const { importId, moments } = this.#options
    return { importId, no: this.#no, ...moments, done: this.#done, isRead: this.#isRead }
  }
}

const firstOf = ([first]: readonly BadRow[]): string => (first ? `: line ${first.line}: ${first.why}` : '')

const HEAD_BYTES = 1_024

async function beginsLikeJson(file: string): Promise<boolean> {
  const handle = await open(file)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
    return buffer.toString('utf8', 0, bytesRead).trimStart().startsWith('{')
  } finally {
    await handle.close()
  }
}

async function* jsonEntries(file: string): AsyncGenerator<FileEntry> {
  const input = createReadStream(file)
  let line = 0
  for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    line += 1
    if (text.trim() === '') continue
    const read = readLine(text.replace('\ufeff', ''))
    yield 'why' in read ? { bad: [{ line, why: read.why }] } : { account: read, line }
  }
}

function readLine(text: string): AccountWithItems | { why: string } {
  try {
    const read = accountWithItemsField.safeParse(JSON.parse(text))
    if (!read.success) return { why: read.error.issues[0]?.message ?? 'cannot be read' }
    const stray = read.data.items.some(item => item.accountId !== read.data.account.accountId)
    if (stray) return { why: 'an item of another account' }
    const ids = new Set(read.data.items.map(({ itemId }) => itemId))
    return ids.size < read.data.items.length ? { why: 'the same item twice' } : read.data
  } catch {
    return { why: 'is not JSON' }
  }
}

const REFUSALS: Readonly<Record<ImportRefusal, string>> = {
  'no-such-file': 'There is no such file',
  'not-a-text-file': 'This is no text file',
  'empty-file': 'There is no account in this file',
  'repeated-header': 'Two columns have the same name',
  'header-over-lines':
    'The names of the columns stand on more than one line, or a quote there is never closed',
  'too-many-columns': 'No file of accounts has so many columns',
  'line-too-long': 'No file of accounts has so long a line',
  'no-number-column': 'No column holds the account number',
  'no-money-column': 'No column holds an amount or a balance',
  'unknown-column': 'There is no column of this name',
}

function refusalLabels({ reason, detail }: ImportRefused): string {
  return `${REFUSALS[reason]}: ${detail}`
}

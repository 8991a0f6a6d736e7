/**
 * A folder into which another program puts files. Each is taken once it has stopped growing, in the order of their
 * last changes, and is then moved to `done` or `refused` with a file beside it that says what came of it.
 */
import { createHash } from 'node:crypto'
import {
  constants,
  copyFileSync,
  createReadStream,
  lstatSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { lstat } from 'node:fs/promises'
import { extname, join } from 'node:path'
import type { Logger } from 'pino'
import { isBusy } from '../db/central/busy.ts'
import type { CentralDb } from '../db/central/connection.ts'
import type { TakenFileRow } from '../db/central/schema.ts'
import { isThere } from '../db/file/set-aside.ts'
import { plainLine } from '../shared/rules/text/plain-line.ts'

export interface WatchedFile {
  path: string
  name: string
  /** Of its bytes, hex. */
  sha256: string
  byteCount: number
  /** UTC milliseconds. */
  writtenAtMs: number
}

/** Words that are written beside the file: what came of it, or why it was refused. */
export type FileOutcome = { ok: true; result: string } | { ok: false; why: string }

export interface FolderDeps {
  db: CentralDb
  /** Made where it is missing, with `done` and `refused` in it. */
  dir: string
  /** Keeps files of one kind apart from those of another: the same bytes may mean something in both. */
  folder: TakenFileRow['folder']
  /**
   * Takes a file over. It may be called again for a file that it took in part, or as a whole, when the program ended
   * before that was noted: twice must come to the same as once. Once `signal` is aborted it should stop by throwing.
   */
  take(file: WatchedFile, signal: AbortSignal): Promise<FileOutcome>
  /** UTC milliseconds. */
  clock: () => number
  log: Logger
  everyMs?: number
  schedule?: Schedule
}

/** Calls `run` once after so many milliseconds, unless what it gives is called before. */
export type Schedule = (run: () => void, ms: number) => () => void

export interface FolderWatch {
  /** Looks now, and takes what is ready. Never rejects: what goes wrong is logged and tried again. */
  look(): Promise<void>
  /** Looks no more; a file in hand is left where it is, and is taken from its start next time. */
  stop(): Promise<void>
}

const EVERY_MS = 60_000
const FAULT =
  'Central met something that it did not foresee; its log says what. The file can be put into the folder again.'

const byTimer: Schedule = (run, ms) => {
  const timer = setTimeout(run, ms)
  return () => clearTimeout(timer)
}

/** Looks at once, and then every minute after the look before has ended. Throws where the folder cannot be made. */
export function watchFolder(deps: FolderDeps): FolderWatch {
  const { everyMs = EVERY_MS, schedule = byTimer } = deps
  const folder = new Folder(deps)
  const stopping = new AbortController()
  let cancel = (): void => undefined
  let looking: Promise<void> = Promise.resolve()
  const look = (): Promise<void> => {
    looking = looking.then(() => folder.look(stopping.signal))
    return looking
  }
  const again = async (): Promise<void> => {
    await look()
    if (!stopping.signal.aborted) cancel = schedule(() => void again(), everyMs)
  }
  void again()
  return {
    look,
    stop: async () => {
      stopping.abort()
      cancel()
      await looking
    },
  }
}

/** Ends of names of files that are still being sent, or that only speak of others. */
const NOT_YET = ['.tmp', '.part', '.partial', '.filepart', '.crdownload', '.swp']
const TRIGGER = '.done'

interface Seen {
  byteCount: number
  writtenAtMs: number
}

class Folder {
  readonly #deps: FolderDeps
  #before = new Map<string, Seen>()

  constructor(deps: FolderDeps) {
    this.#deps = deps
    for (const name of ['done', 'refused']) mkdirSync(join(deps.dir, name), { recursive: true })
  }

  async look(signal: AbortSignal): Promise<void> {
    const { log, dir } = this.#deps
    try {
      for (const name of await this.#ready()) {
        if (signal.aborted) return
        await this.#takeOne(name, signal)
      }
    } catch (error) {
      // What was written after a file waits for it, so nothing more is taken this time.
      if (!signal.aborted) log.error({ err: error, dir }, 'a watched folder is looked at again later')
    }
  }

  /** Names of files that have not changed since the last look, or whose trigger file is there. */
  async #ready(): Promise<string[]> {
    const names = readdirSync(this.#deps.dir).sort()
    const now = new Map<string, Seen>()
    const ready: string[] = []
    for (const name of names) {
      if (isNotOne(name)) continue
      const seen = await this.#see(name)
      if (!seen) continue
      now.set(name, seen)
      if (names.includes(name + TRIGGER) || isSame(this.#before.get(name), seen)) ready.push(name)
    }
    this.#before = now
    // The one that was written last counts, whatever its name.
    const writtenAt = (name: string) => now.get(name)?.writtenAtMs ?? 0
    return ready.sort((a, b) => writtenAt(a) - writtenAt(b))
  }

  /** Undefined for what is no plain file, and for what went away in the meantime. */
  async #see(name: string): Promise<Seen | undefined> {
    const found = await lstat(join(this.#deps.dir, name)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined
      throw error
    })
    return found?.isFile() ? { byteCount: found.size, writtenAtMs: Math.trunc(found.mtimeMs) } : undefined
  }

  async #takeOne(name: string, signal: AbortSignal): Promise<void> {
    const seen = await this.#see(name)
    if (!seen) return
    const path = join(this.#deps.dir, name)
    const file = { path, name, sha256: await sha256Of(path), ...seen }
    const known = await this.#known(file)
    if (known) return this.#again(file, known)
    const outcome = await this.#outcome(file, signal)
    // Whoever writes into a file that was ready has something else in it now: it is taken once more.
    if (!isSame(await this.#see(name), seen)) return
    if (!outcome.ok) return this.#refuse(file, outcome.why)
    await this.#remember(file, outcome.result)
    await this.#finish(file, outcome.result)
  }

  async #outcome(file: WatchedFile, signal: AbortSignal): Promise<FileOutcome> {
    const { take, log } = this.#deps
    try {
      return await take(file, signal)
    } catch (error) {
      if (signal.aborted || isBusy(error)) throw error
      log.error({ err: error, file: file.name }, 'fault')
      return { ok: false, why: FAULT }
    }
  }

  async #again(file: WatchedFile, known: TakenFileRow): Promise<void> {
    // The program ended between taking it and moving it.
    if (known.moved === 0 && known.name === file.name) return this.#finish(file, known.result)
    const when = new Date(known.at).toISOString()
    this.#refuse(file, `This file was taken already, as ${plainLine(known.name)}, at ${when}`)
  }

  #known({ sha256 }: WatchedFile): Promise<TakenFileRow | undefined> {
    const { db, folder } = this.#deps
    const rows = db.kysely.selectFrom('taken_file').selectAll()
    return rows.where('folder', '=', folder).where('sha256', '=', sha256).executeTakeFirst()
  }

  async #remember({ sha256, name }: WatchedFile, result: string): Promise<void> {
    const { db, folder, clock } = this.#deps
    const row = { folder, sha256, name, at: clock(), result, moved: 0 }
    await db.kysely.insertInto('taken_file').values(row).execute()
  }

  async #finish(file: WatchedFile, result: string): Promise<void> {
    const { db, folder, log } = this.#deps
    if (!this.#move(file, 'done', result)) return
    await db.kysely
      .updateTable('taken_file')
      .set({ moved: 1 })
      .where('folder', '=', folder)
      .where('sha256', '=', file.sha256)
      .execute()
    log.info({ folder, file: file.name, result }, 'a file was taken')
  }

  #refuse(file: WatchedFile, why: string): void {
    if (this.#move(file, 'refused', why))
      this.#deps.log.warn({ folder: this.#deps.folder, file: file.name, why }, 'a file was refused')
  }

  /** False for a file that cannot be moved: it is tried again at the next look. It was decided on, and others need not wait. */
  #move(file: WatchedFile, to: 'done' | 'refused', words: string): boolean {
    const { dir, log } = this.#deps
    try {
      moveWithWords(file, join(dir, to), words)
      rmSync(file.path + TRIGGER, { force: true })
      this.#before.delete(file.name)
      return true
    } catch (error) {
      log.error({ err: error, file: file.name, to: join(dir, to), words }, 'a file cannot be moved away')
      return false
    }
  }
}

/**
 * The words come first: a file in `done` without them would say less than one that is still in the folder. Nothing is
 * written over what lies there, nor through a link.
 */
function moveWithWords(file: WatchedFile, dir: string, words: string): void {
  if (!lstatSync(dir).isDirectory()) throw new Error(`${dir} is a link, or no folder: take it away`)
  const to = join(dir, freeName(dir, file))
  writeFileSync(to + RESULT, `${plainLine(file.name)}\nSHA-256 ${file.sha256}\n${words}\n`, { flag: 'wx' })
  try {
    moveTo(file.path, to)
  } catch (error) {
    rmSync(to + RESULT, { force: true })
    throw error
  }
}

/** To another disk too, where `done` is one. */
function moveTo(from: string, to: string): void {
  try {
    renameSync(from, to)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error
    copyFileSync(from, to, constants.COPYFILE_EXCL)
    rmSync(from)
  }
}

const isNotOne = (name: string): boolean =>
  name.startsWith('.') ||
  name.startsWith('~') ||
  name.endsWith(TRIGGER) ||
  NOT_YET.includes(extname(name).toLowerCase())

/** An empty file is one that somebody has only begun. */
const isSame = (one: Seen | undefined, other: Seen): boolean =>
  one?.byteCount === other.byteCount && one.writtenAtMs === other.writtenAtMs && other.byteCount > 0

/** A name under which nothing lies there yet, nor words about it: files of two days may have one name. */
function freeName(dir: string, { name, sha256 }: WatchedFile): string {
  const isFree = (one: string): boolean => !isThere(join(dir, one)) && !isThere(join(dir, `${one}${RESULT}`))
  const end = extname(name).length > MOST_END ? '' : extname(name)
  const stem = shortened(end === '' ? name : name.slice(0, -end.length), MOST_NAME - Buffer.byteLength(end))
  const names = [`${stem}${end}`, `${stem}-${sha256.slice(0, 8)}${end}`]
  const free = names.find(isFree)
  for (let no = 2; free === undefined; no += 1) {
    const next = `${stem}-${sha256.slice(0, 8)}-${no}${end}`
    if (isFree(next)) return next
  }
  return free
}

/** Beside a file that was taken or refused: what came of it. */
const RESULT = '.result.txt'
/** Bytes of a name that leave room for that, and for what tells two files of one name apart; a disk has 255. */
const MOST_NAME = 220
const MOST_END = 20

function shortened(stem: string, most: number): string {
  const signs = [...stem]
  while (Buffer.byteLength(signs.join('')) > most) signs.pop()
  return signs.join('')
}

async function sha256Of(path: string): Promise<string> {
  const digest = createHash('sha256')
  for await (const part of createReadStream(path)) digest.update(part)
  return digest.digest('hex')
}

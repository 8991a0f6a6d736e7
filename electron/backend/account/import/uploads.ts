/** Files that were handed over for import. */
import { createWriteStream, lstatSync, readdirSync, rmSync } from 'node:fs'
import { mkdir, rm, rmdir, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { sourceName } from '../../../../db/account-file/source-name.ts'
import { Turns } from '../../runtime/turns.ts'

export const UPLOADS_FOLDER = 'uploads'

/** A file that was handed over, and where the rows of it that are not imported are written: never over the file itself. */
export interface Upload {
  path: string
  badRowsFile: string
}

/** Ids are ours: what bears another name in that folder is somebody else's, and stays. */
const UPLOAD_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Files that were handed over for import, by id; gone when the program closes, or when it starts after it was killed. */
export class Uploads {
  readonly #dir: string
  readonly #uploads = new Map<string, Upload>()
  /** One preview at a time: each has a thread and a copy of its file. */
  readonly turns = new Turns()
  /** One import at a time: the second would wait for the first one's lock and look frozen. */
  running = false

  constructor(dataDir: string, { clears }: { clears: boolean }) {
    this.#dir = join(dataDir, UPLOADS_FOLDER)
    for (const name of clears ? this.#left() : [])
      rmSync(join(this.#dir, name), { recursive: true, force: true })
  }

  /** Keeps a file under its own name in a folder of its own; the name may come from anywhere. */
  async add(uploadId: string, file: { fileName: string; content: Blob; madeAtMs: number }): Promise<string> {
    const dir = join(this.#dir, uploadId)
    const own = join(dir, 'file')
    await mkdir(own, { recursive: true })
    const path = join(own, sourceName(file.fileName))
    await pipeline(Readable.from(file.content.stream() as AsyncIterable<Uint8Array>), createWriteStream(path))
    const madeAt = new Date(file.madeAtMs)
    await utimes(path, madeAt, madeAt)
    this.#uploads.set(uploadId, { path, badRowsFile: join(dir, BAD_ROWS_FILE) })
    return path
  }

  get(uploadId: string): Upload | undefined {
    return this.#uploads.get(uploadId)
  }

  async close(): Promise<void> {
    for (const name of this.#uploads.keys()) await rm(join(this.#dir, name), { recursive: true, force: true })
    // Only where nothing else is in it.
    await rmdir(this.#dir).catch(() => undefined)
  }

  #left(): string[] {
    const isFolder = lstatSync(this.#dir, { throwIfNoEntry: false })?.isDirectory() === true
    return isFolder ? readdirSync(this.#dir).filter(name => UPLOAD_ID.test(name)) : []
  }
}

/** The name under which the rows that are not imported are given out. */
export const BAD_ROWS_FILE = 'rows-not-imported.csv'

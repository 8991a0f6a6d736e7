/** Imports of accounts: the file at hand, the run, and the fact that states it. */
import { createWriteStream } from 'node:fs'
import { mkdir, rm, utimes } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ImportMark } from '../../db/accounts/mark.ts'
import { lastAccountImport } from '../../db/queries/journal.ts'
import { tillOf } from '../../db/queries/setup.ts'
import { containsCardNumber } from '../../shared/rules/card-number.ts'
import { CENTRAL_ACTOR, TILL_ACTOR } from './actors.ts'
import type { Backend } from './backend.ts'
import { ownCommand } from './pins.ts'

/**
 * States an import or a pull in the journal. The accounts file and the ledger are two files, so a program that ended
 * between them is caught up with at the next start: the mark says what the journal does not say yet.
 */
export function recordImport(
  backend: Pick<Backend, 'ledger' | 'clock' | 'newId'>,
  mark: ImportMark,
  actorId: string = mark.source === 'central' ? CENTRAL_ACTOR : TILL_ACTOR,
): void {
  if (lastAccountImport(backend.ledger.reader)?.import_id === mark.importId) return
  const { accountCount, itemCount, asOfMs, through, root } = mark
  const stated = { accountCount, itemCount, asOfMs, through, root }
  ownCommand(backend, actorId, `accounts.${mark.source}`, tx =>
    mark.source === 'file'
      ? tx.append('accounts.imported', {
          ...stated,
          importId: mark.importId,
          fileName: mark.sourceName,
          fileSha256: mark.fileSha256,
          badRowCount: mark.badRowCount,
        })
      : tx.append('accounts.pulled', {
          ...stated,
          pullId: mark.importId,
          address: mark.sourceName,
          changedCount: mark.changedCount,
        }),
  )
}

/** Where the billing system is that the accounts are read from; undefined where they come from files. */
export function accountsAtCentral({ accounts }: Pick<Backend, 'accounts'>): string | undefined {
  const pull = accounts.pullState()
  // A billing system that keeps no accounts itself leaves them to files.
  const isRead = accounts.importMark()?.source === 'central' || (pull?.taken ?? 0) > 0
  return isRead ? pull?.address : undefined
}

/** States at start what an interrupted import or pull left behind. */
export function catchUpImports(backend: Backend): void {
  const mark = backend.accounts.importMark()
  if (mark && tillOf(backend.ledger.reader)) recordImport(backend, mark)
}

/** Files that were handed over for import, by id; gone when the program closes. */
export class Uploads {
  readonly #dir: string
  readonly #paths = new Map<string, string>()
  /** One import at a time: the second would wait for the first one's lock and look frozen. */
  running = false

  constructor(dataDir: string) {
    this.#dir = join(dataDir, 'uploads')
  }

  /** Keeps a file under its own name in a folder of its own; the name may come from anywhere. */
  async add(uploadId: string, file: { fileName: string; content: Blob; madeAtMs: number }): Promise<string> {
    const dir = join(this.#dir, uploadId)
    await mkdir(dir, { recursive: true })
    const path = join(dir, safeName(file.fileName))
    await pipeline(Readable.from(file.content.stream() as AsyncIterable<Uint8Array>), createWriteStream(path))
    const madeAt = new Date(file.madeAtMs)
    await utimes(path, madeAt, madeAt)
    this.#paths.set(uploadId, path)
    return path
  }

  pathOf(uploadId: string): string | undefined {
    return this.#paths.get(uploadId)
  }

  async close(): Promise<void> {
    await rm(this.#dir, { recursive: true, force: true })
  }
}

/** Where the rows that are not imported are written. */
export function badRowsPath(path: string): string {
  return join(dirname(path), 'rows-not-imported.csv')
}

/** Characters; each may take four of the 255 bytes that a file's name may have. */
const MOST_NAME = 60

const NAMELESS = 'accounts.csv'

function safeName(fileName: string): string {
  const plain = basename(fileName)
    .replace(/[^\p{L}\p{N}._ -]/gu, '_')
    .replace(/^\.+/, '_')
  // The name goes into the journal, where a card number must never be.
  return containsCardNumber(plain) ? NAMELESS : plain.slice(-MOST_NAME) || NAMELESS
}

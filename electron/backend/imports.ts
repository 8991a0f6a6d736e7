/** Imports of accounts: the file at hand, the run, and the fact that states it. */
import { createWriteStream } from 'node:fs'
import { mkdir, rm, utimes } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ImportMark } from '../../db/accounts/mark.ts'
import { lastAccountImport, lastSeqAt } from '../../db/queries/journal.ts'
import { tillOf } from '../../db/queries/setup.ts'
import { containsCardNumber } from '../../shared/rules/card-number.ts'
import type { Backend } from './backend.ts'
import { ownCommand } from './pins.ts'

/**
 * States an import in the journal. The accounts file and the ledger are two files, so a program that ended
 * between them is caught up with at the next start: the mark says what the journal does not say yet, also
 * whether the balances contain what was taken here.
 */
export function recordImport(backend: Backend, actorId: string, mark: ImportMark): void {
  if (lastAccountImport(backend.ledger.reader)?.import_id === mark.importId) return
  ownCommand(backend, actorId, 'accounts.import', tx =>
    tx.append('accounts.imported', {
      importId: mark.importId,
      fileName: mark.fileName,
      fileSha256: mark.fileSha256,
      accountCount: mark.accountCount,
      itemCount: mark.itemCount,
      badRowCount: mark.badRowCount,
      asOfMs: mark.asOfMs,
      paymentsThroughSeq: mark.paymentsIncluded ? lastSeqAt(tx, mark.asOfMs) : 0,
      root: mark.root,
    }),
  )
}

/** States at start what an interrupted import left behind. */
export function catchUpImports(backend: Backend): void {
  const mark = backend.accounts.importMark()
  if (mark && tillOf(backend.ledger.reader)) recordImport(backend, 'till', mark)
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

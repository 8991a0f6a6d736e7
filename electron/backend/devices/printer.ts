/** Where papers go: a folder of PDF files, or a print queue of the system. */

import { execFile } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { writeWhole } from '../../../db/file/whole-file.ts'
import type { Settings } from '../../../shared/settings/index.ts'

/** Where papers are kept, also those that went to a queue. */
export const PAPERS_FOLDER = 'papers'

const run = promisify(execFile)
const PRINT_TIMEOUT_MS = 20_000

/** The paper was saved, but the queue did not take it. */
export class PrinterFailed extends Error {
  readonly saved: string
  constructor(detail: string, saved: string) {
    super(detail)
    this.name = 'PrinterFailed'
    this.saved = saved
  }
}

export interface Printed {
  printed: 'folder' | 'queue'
  where: string
}

/** Saves a paper, and hands it to the queue where the city has one. */
export async function printPaper(
  dataDir: string,
  printer: Settings['printer'],
  paper: { name: string; pdf: Uint8Array },
): Promise<Printed> {
  const folder = join(dataDir, PAPERS_FOLDER)
  const path = join(folder, `${paper.name}.pdf`)
  await mkdir(folder, { recursive: true })
  writeWhole(path, paper.pdf)
  if (printer.mode === 'folder') return { printed: 'folder', where: path }
  try {
    await run('lp', ['-d', printer.queue, '--', path], { timeout: PRINT_TIMEOUT_MS })
    return { printed: 'queue', where: printer.queue }
  } catch (error) {
    throw new PrinterFailed(error instanceof Error ? error.message : 'no answer', path)
  }
}

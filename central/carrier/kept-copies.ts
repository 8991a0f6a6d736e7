/**
 * A copy of every payment file beside the folder from which it is picked up, with its details as they are on record. A database
 * that was put back from a backup knows less than they say.
 */
import { existsSync, readdirSync, readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { DeliveredDetailRow, PaymentFileRow } from '../../db/central/schema.ts'
import { makeFolder } from '../../db/file/make-folder.ts'
import { asideOf } from '../../db/file/set-aside.ts'
import { writeWhole } from '../../db/file/whole-file.ts'
import { businessDateField, centsField, hashField } from '../../shared/fields.ts'
import type { UNANSWERED } from '../posting/books/details.ts'
import { sha256Of } from './file-on-disk.ts'
import { CarrierRefusal } from './refusal.ts'

/** A detail as it was when its file was made: nobody had answered. */
export type KeptDetail = Omit<DeliveredDetailRow, keyof typeof UNANSWERED>

export interface KeptFile {
  /** Of everything else in the copy. */
  hash: string
  file: Omit<PaymentFileRow, 'written_at'>
  details: KeptDetail[]
}

const countField = z.int().min(0)
const keptField = z.strictObject({
  hash: hashField,
  file: z.strictObject({
    file_no: countField,
    business_date: businessDateField,
    name: z.string(),
    folder: z.string(),
    template: z.string(),
    content: z.string(),
    sha256: z.string(),
    detail_count: countField,
    total_cents: centsField,
    made_at: countField,
  }),
  details: z.array(
    z.strictObject({
      till_id: z.string(),
      receipt_id: z.string(),
      line_no: countField,
      entry_no: countField,
      kind: z.enum(['posted', 'reversed']),
      attempt: countField,
      account_id: z.string(),
      item_id: z.string().nullable(),
      gl_account: z.string(),
      cents: centsField,
      file_no: countField,
      detail_no: countField,
    }),
  ),
})

/** Where the copies of a folder's files lie. */
export const keptIn = (folder: string): string => join(folder, 'kept')

const DIGITS = 9
const pathOf = (kept: string, fileNo: number): string =>
  join(kept, `${String(fileNo).padStart(DIGITS, '0')}.json`)

const hashOf = ({ file, details }: Omit<KeptFile, 'hash'>): string =>
  sha256Of(Buffer.from(JSON.stringify({ file, details }), 'utf8'))

/** Refuses (CarrierRefusal) a folder that is not there: a disk that is not mounted would seem to have the file. */
export function refuseMissing(folder: string): void {
  if (!existsSync(folder)) throw new CarrierRefusal(`${folder} is not there: mount it, or make it`)
}

/**
 * Keeps a copy until after a power cut; false where another file of this number was kept: it is left. Refuses (CarrierRefusal)
 * a folder that is not there.
 */
export function keepCopy(copy: Omit<KeptFile, 'hash'>): boolean {
  const { folder, file_no: fileNo, sha256 } = copy.file
  refuseMissing(folder)
  const kept = keptIn(folder)
  const path = pathOf(kept, fileNo)
  if (existsSync(path)) return readKept(kept, fileNo)?.file.sha256 === sha256
  makeFolder(kept)
  writeWhole(path, JSON.stringify({ ...copy, hash: hashOf(copy) }), { isFlushed: true })
  return true
}

/** The copy of a file; undefined where there is none. Refuses (CarrierRefusal) what is none, or was changed. */
export function readKept(kept: string, fileNo: number): KeptFile | undefined {
  const path = pathOf(kept, fileNo)
  if (!existsSync(path)) return undefined
  const copy = parsed(readFileSync(path, 'utf8'))
  const isRight = copy?.file.file_no === fileNo && hashOf(copy) === copy.hash
  if (!isRight) throw new CarrierRefusal(`${path} is not as it was kept: bring another copy of it`)
  return copy
}

function parsed(text: string): KeptFile | undefined {
  try {
    return keptField.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}

const numbersIn = (kept: string): number[] =>
  existsSync(kept)
    ? readdirSync(kept).flatMap(name => (/^\d{9}\.json$/.test(name) ? [Number.parseInt(name, 10)] : []))
    : []

const placedPath = (kept: string, fileNo: number): string => `${pathOf(kept, fileNo)}.placed`

/** Notes that a file lay where it is picked up, proved to be as it was recorded. */
export const notePlaced = ({ folder, file_no: fileNo, sha256 }: KeptFile['file']): void =>
  writeWhole(placedPath(keptIn(folder), fileNo), sha256, { isFlushed: true })

/** Whether a file was placed before: it may have been picked up since, and is not written again. */
export function isPlaced({ folder, file_no: fileNo, sha256 }: KeptFile['file']): boolean {
  const path = placedPath(keptIn(folder), fileNo)
  return existsSync(path) && readFileSync(path, 'utf8') === sha256
}

/** Number of the last file of which a copy is kept; 0 for none. */
export const lastKept = (kept: string): number => Math.max(0, ...numbersIn(kept))

/** Copies of files that were not delivered make room for others of their numbers. */
export function setAsideAfter(kept: string, fileNo: number, nowMs: number): void {
  for (const no of numbersIn(kept)) {
    const path = pathOf(kept, no)
    if (no > fileNo) renameSync(path, asideOf(path, nowMs))
  }
}

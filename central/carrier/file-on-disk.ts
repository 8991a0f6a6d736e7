/** A payment file on disk: all of it under its name or nothing, and never in the place of another. */
import { createHash, randomBytes } from 'node:crypto'
import {
  closeSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import type { Cents } from '../../shared/money.ts'
import { readFigures } from './read-back.ts'
import { CarrierRefusal } from './refusal.ts'
import type { PaymentTemplate } from './template/template.ts'

/** The steps by which a file comes into a folder, one by one. */
export interface Disk {
  /** Writes a new file, and waits until it is on the disk. */
  write(path: string, bytes: Buffer): void
  rename(from: string, to: string): void
  /** Waits until the names in a folder are on the disk. */
  syncFolder(dir: string): void
  /** Undefined where there is no such file. */
  read(path: string): Buffer | undefined
}

export const realDisk: Disk = {
  write: (path, bytes) => {
    const file = openSync(path, 'wx')
    try {
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
  },
  rename: renameSync,
  syncFolder: dir => {
    const folder = openSync(dir, 'r')
    try {
      fsyncSync(folder)
    } finally {
      closeSync(folder)
    }
  },
  read: path => {
    try {
      return readFileSync(path)
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
      throw error
    }
  },
}

export interface WantedFile {
  dir: string
  name: string
  content: string
  sha256: string
  count: number
  totalCents: Cents
  template: PaymentTemplate
}

export const sha256Of = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

/**
 * Puts a file into its folder, and proves by reading it again that it is the one that was recorded. The same file
 * there already is left as it is; another one under its name is refused (CarrierRefusal) and stays.
 */
export function placeFile(file: WantedFile, disk: Disk): void {
  const path = join(file.dir, file.name)
  const found = disk.read(path)
  if (found && sha256Of(found) !== file.sha256)
    throw new CarrierRefusal(
      `ALARM: ${path} is there already with other content. It was not overwritten. Find out who wrote it, move it away, and run this again`,
    )
  removeLeftovers(file)
  if (!found) {
    const temporary = `.${file.name}.${randomBytes(4).toString('hex')}.tmp`
    disk.write(join(file.dir, temporary), Buffer.from(file.content, 'utf8'))
    prove(file, join(file.dir, temporary), disk)
    disk.rename(join(file.dir, temporary), path)
  }
  disk.syncFolder(file.dir)
  prove(file, path, disk)
}

/** What stands on the disk is what was recorded, and its own trailer and details say the same. */
function prove({ sha256, count, totalCents, template }: WantedFile, path: string, disk: Disk): void {
  const bytes = disk.read(path)
  const figures = bytes && readFigures(template, bytes.toString('utf8'))
  const isRight =
    bytes !== undefined &&
    sha256Of(bytes) === sha256 &&
    figures?.count === count &&
    figures.details === count &&
    figures.totalCents === totalCents &&
    figures.detailCents === totalCents
  if (!isRight)
    throw new CarrierRefusal(
      `ALARM: ${path} reads otherwise than it was written. Do not load it; check the disk, move the file away, and run this again`,
    )
}

/** Temporary files of runs that were cut off. */
function removeLeftovers({ dir, name }: WantedFile): void {
  const isLeft = (one: string): boolean => one.startsWith(`.${name}.`) && one.endsWith('.tmp')
  for (const one of readdirSync(dir).filter(isLeft)) rmSync(join(dir, one), { force: true })
}

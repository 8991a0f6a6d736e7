import { closeSync, fsyncSync, openSync, renameSync } from 'node:fs'
import { dirname } from 'node:path'

/** Gives a file its name once its bytes are on the disk, and the name itself too. */
export function moveFlushed(from: string, to: string): void {
  flushFile(from, 'r+')
  renameSync(from, to)
  flushFolder(dirname(to))
}

/** Waits until the names in a folder are on the disk. */
export function flushFolder(dir: string): void {
  // Windows has no handle on a folder to flush; there a name is the file system's to keep.
  if (process.platform !== 'win32') flushFile(dir, 'r')
}

/** Waits until what was written to a file is on the disk. */
export function flushFile(path: string, mode: 'r' | 'r+'): void {
  const handle = openSync(path, mode)
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

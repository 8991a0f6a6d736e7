import { closeSync, fsyncSync, openSync, renameSync } from 'node:fs'
import { dirname } from 'node:path'

/** Gives a file its name once its bytes are on the disk, and the name itself too. */
export function moveFlushed(from: string, to: string): void {
  flushFile(from, 'r+')
  renameSync(from, to)
  // Windows has no handle on a folder to flush; there the rename itself is the file system's to keep.
  if (process.platform !== 'win32') flushFile(dirname(to), 'r')
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

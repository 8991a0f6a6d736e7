/**
 * A folder in memory for the data folders of one run of tests, where there is room for it: thousands of tills flush
 * each command, and what they wait for would be the disk alone. What is said of disks is tested on a disk.
 */
import { chmodSync, mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { join } from 'node:path'

const PLACE = '/dev/shm'
/** How Linux names a file system that is memory: TMPFS_MAGIC of <linux/magic.h>. */
const IN_MEMORY = 0x01_02_19_94
const LEAST_ROOM_BYTES = 2 * 1024 ** 3
const LEAST_MEMORY_BYTES = 4 * 1024 ** 3

function hasRoom(): boolean {
  try {
    const { type, bavail, bsize } = statfsSync(PLACE)
    const isRoomy = bavail * bsize >= LEAST_ROOM_BYTES && process.availableMemory() >= LEAST_MEMORY_BYTES
    return type === IN_MEMORY && isRoomy
  } catch {
    // Other systems have no such place.
    return false
  }
}

/** Before all tests; what is left behind in the folder goes with it. */
export default function memoryDisk(): (() => void) | undefined {
  if (!hasRoom()) return undefined
  const dir = mkdtempSync(join(PLACE, 'tillproof-tests-'))
  // As the system's own folder for such files: a server that runs as somebody else works in it too.
  chmodSync(dir, 0o1777)
  process.env.TILLPROOF_MEMORY_DISK = dir
  return () => rmSync(dir, { recursive: true, force: true })
}

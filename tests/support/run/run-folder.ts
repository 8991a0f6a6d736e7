/**
 * A folder for the data folders of one run of tests, in memory where there is room for it: thousands of tills flush
 * each command, and what they wait for would be the disk alone. What is said of disks is tested on a disk.
 */
import { chmodSync, mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const MEMORY = '/dev/shm'
/** How Linux names a file system that is memory: TMPFS_MAGIC of <linux/magic.h>. */
const IN_MEMORY = 0x01_02_19_94
const LEAST_ROOM_BYTES = 2 * 1024 ** 3
const LEAST_MEMORY_BYTES = 4 * 1024 ** 3

function hasRoomInMemory(): boolean {
  try {
    const { type, bavail, bsize } = statfsSync(MEMORY)
    const isRoomy = bavail * bsize >= LEAST_ROOM_BYTES && process.availableMemory() >= LEAST_MEMORY_BYTES
    return type === IN_MEMORY && isRoomy
  } catch {
    // Other systems have no such place.
    return false
  }
}

/** Before all tests; what is left behind in the folder goes with it. */
export default function runFolder(): () => void {
  const dir = mkdtempSync(join(hasRoomInMemory() ? MEMORY : tmpdir(), 'tillproof-tests-'))
  // As the system's own folder for such files: a server that runs as somebody else works in it too.
  chmodSync(dir, 0o1777)
  process.env.TILLPROOF_RUN_FOLDER = dir
  return () => rmSync(dir, { recursive: true, force: true })
}

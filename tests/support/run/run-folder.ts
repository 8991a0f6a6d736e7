/**
 * A folder for the data folders of one run of tests, in memory where there is room for it: thousands of tills flush
 * each command, and what they wait for would be the disk alone. What is said of disks is tested on a disk.
 */
import { chmodSync, mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Jobs } from '../../../electron/backend/runtime/jobs.ts'

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

/**
 * Keeps what Node compiles in the run's folder, and compiles a till's thread before the first test. From source each
 * thread would strip the types anew, in WebAssembly: half a second, and V8 can bring a process down that does so in
 * several threads at once.
 */
async function compileThread(dir: string): Promise<void> {
  process.env.NODE_COMPILE_CACHE = join(dir, 'compiled')
  const jobs = new Jobs(dir)
  jobs.warm()
  await jobs.close()
}

/** Before all tests; what is left behind in the folder goes with it. */
export default async function runFolder(): Promise<() => void> {
  const dir = mkdtempSync(join(hasRoomInMemory() ? MEMORY : tmpdir(), 'tillproof-tests-'))
  // As the system's own folder for such files: a server that runs as somebody else works in it too.
  chmodSync(dir, 0o1777)
  process.env.TILLPROOF_RUN_FOLDER = dir
  await compileThread(dir)
  return () => rmSync(dir, { recursive: true, force: true })
}

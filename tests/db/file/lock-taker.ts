/** A program of its own that takes a data folder and leaves it again until it is ended; it says when it begins. */
import { takeOwnerLock } from '../../../db/file/owner-lock.ts'
import { LedgerUnavailable } from '../../../db/file/problem.ts'

const [dir = ''] = process.argv.slice(2)
process.stdout.write('taking\n')
for (;;)
  try {
    takeOwnerLock(dir, 0).release()
  } catch (error) {
    if (!(error instanceof LedgerUnavailable)) throw error
  }

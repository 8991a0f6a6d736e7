/** Gives up root's rights, which no file mode stops, tries to open a till, and says what came of it. */
import { LedgerUnavailable } from '../../db/file/problem.ts'
import { openTill } from '../../db/ledger/till.ts'

const NOBODY = 65_534
process.setgroups?.([])
process.setgid?.(NOBODY)
process.setuid?.(NOBODY)
try {
  openTill(process.argv[2] ?? '', { nowMs: 1, newTillId: '' }).close()
  process.stdout.write('problem none\n')
} catch (error) {
  if (!(error instanceof LedgerUnavailable)) throw error
  process.stdout.write(`problem ${error.problem}\n`)
}

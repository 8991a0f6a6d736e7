/** Opens a data folder in a program that has not one open file left, and says what came of it. */
import { openSync } from 'node:fs'
import { openTillFor } from '../../../electron/backend/open-till.ts'

const [, , dir = ''] = process.argv
let error: unknown
while (error === undefined) {
  try {
    openSync('/dev/null', 'r')
  } catch (thrown) {
    error = thrown
  }
}
const till = openTillFor(dir)
process.stdout.write('unavailable' in till ? till.unavailable.problem : 'opened')

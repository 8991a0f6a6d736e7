/** A program of its own that holds a till's data folder until it is ended; it says when it does. */
import { openTill } from '../../../db/ledger/till.ts'

const [dir = '', sinceMs = '0'] = process.argv.slice(2)
const till = openTill(dir, { nowMs: Number.parseInt(sinceMs, 10), newTillId: crypto.randomUUID() })
process.stdout.write('held\n')
// What nobody refers to is collected, with its lock.
setInterval(() => till.dir, 60_000)

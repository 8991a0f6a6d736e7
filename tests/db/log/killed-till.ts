/** A till that states one more row, and is killed in the same turn: its note is of before. */
import { openTill } from '../../../db/ledger/till.ts'
import { row } from './some-rows.ts'

const [dir = ''] = process.argv.slice(2)
const till = openTill(dir, { nowMs: 1, newTillId: '019aa000-0000-7000-8000-0000000000ff' })
await new Promise(setImmediate)
row(till)
process.kill(process.pid, 'SIGKILL')

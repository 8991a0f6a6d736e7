/**
 * A till that posts receipts as fast as it can and says each one that it acknowledged. Its system calls are
 * recorded from outside. With `normal` it is the control: the same till with the library's own default.
 */
import { writeSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { namedId } from '../../../db/accounts/named-id.ts'
import { LEDGER_FILE } from '../../../db/ledger/folder.ts'
import { Ledger } from '../../../db/ledger/ledger.ts'
import { openTill } from '../../../db/ledger/till.ts'
import { newSalt } from '../../../shared/id.ts'
import { cents } from '../../../shared/money.ts'
import type { BusinessDate } from '../../../shared/time.ts'
import { bodyOfReceipt } from './power-receipt.ts'

const [dir = '', receipts = '0', sync = 'full', sessionId = ''] = process.argv.slice(2)

/** The ledger that trusts the default, its own check told what it wants to hear. */
function careless(): Ledger {
  const connection = new Database(join(dir, LEDGER_FILE))
  connection.pragma('journal_mode = WAL')
  connection.pragma('synchronous = NORMAL')
  const ask = connection.pragma.bind(connection)
  connection.pragma = (text, options) => (text === 'synchronous' ? 2 : ask(text, options))
  return new Ledger(connection, '')
}

const ledger = sync === 'full' ? openTill(dir, { nowMs: 1, newTillId: '' }).ledger : careless()
for (let count = 1; count <= Number.parseInt(receipts, 10); count++) {
  const receiptId = `019aa000-0000-7000-9000-${count.toString(16).padStart(12, '0')}`
  const command = {
    commandId: receiptId,
    commandHash: '0'.repeat(64),
    actorId: namedId('person', 'M. Alvarez'),
    at: count,
    businessDate: '2026-11-20' as BusinessDate,
  }
  ledger.write(command, tx =>
    tx.append('receipt.posted', bodyOfReceipt({ receiptId, sessionId, count, amount: cents(100 + count) }), {
      words: { texts: { lines: [{ reference: 'Found in the lobby' }] }, salt: newSalt() },
    }),
  )
  writeSync(1, `acknowledged ${count}\n`)
}
process.exit(0)

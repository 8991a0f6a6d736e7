/** Reading the ledger of a data folder on a connection of one's own, beside the program that writes it. */
import { Reader } from './reader.ts'
import { openLedgerReadOnly } from './till.ts'

/** Everything that is read is of one moment: what is posted meanwhile is in all of it or in none. */
export function readLedger<T>(dataDir: string, read: (reader: Reader) => T): T {
  const ledger = openLedgerReadOnly(dataDir)
  try {
    ledger.exec('BEGIN')
    return read(new Reader(ledger))
  } finally {
    ledger.close()
  }
}

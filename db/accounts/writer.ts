import { namingProblems } from './errors.ts'
import { AccountsReader } from './reader.ts'

/** Reads and changes the accounts of one file. Only an import or the sample holds one. */
export class AccountsWriter extends AccountsReader {
  /** Begins the one transaction of an import. Throws `AccountsUnavailable` ('in-use') while another is under way. */
  begin(): void {
    namingProblems(this.connection.name, () => this.connection.exec('BEGIN IMMEDIATE'))
  }

  commit(): void {
    namingProblems(this.connection.name, () => this.connection.exec('COMMIT'))
  }

  /** Takes everything back since `begin`; nothing when there is nothing to take back. */
  rollback(): void {
    if (this.connection.inTransaction) this.connection.exec('ROLLBACK')
  }

  /** Moves the write-ahead log into the file, so that it does not stay as large as the import. */
  tidy(): void {
    if (!this.connection.inTransaction) this.connection.pragma('wal_checkpoint(TRUNCATE)')
  }
}

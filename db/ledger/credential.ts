import type Database from 'better-sqlite3'
import { canonical } from '../../shared/ledger/canonical.ts'
import { hashText } from '../../shared/ledger/chain.ts'
import type { CredentialRow } from '../../shared/ledger/person.ts'

/** What the journal says of a PIN: enough to notice a changed row, useless for guessing without the salt. */
export function credentialDigest(row: CredentialRow): string {
  return hashText(
    canonical({ personId: row.person_id, salt: row.salt, verifier: row.verifier, cost: row.cost }),
  )
}

export function credentialSave(connection: Database.Database): (row: CredentialRow) => void {
  const save = connection.prepare(
    `INSERT INTO credential (person_id, salt, verifier, cost) VALUES (?, ?, ?, ?)
     ON CONFLICT (person_id) DO UPDATE SET salt = excluded.salt, verifier = excluded.verifier, cost = excluded.cost`,
  )
  return row => {
    save.run(row.person_id, row.salt, row.verifier, row.cost)
  }
}

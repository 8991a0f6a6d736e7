/** How far central holds the journals of its tills. */
import type { CentralDb, CentralTx } from '../../db/central/connection.ts'
import { inTransaction } from '../../db/central/open.ts'
import type { EnrolledTillRow } from '../../db/central/schema.ts'
import type { KnownKinds, Position } from '../../shared/central/protocol.ts'
import { knownVersions } from '../../shared/ledger/facts.ts'
import { type JournalPosition, NOWHERE } from '../../shared/ledger/journal-position.ts'

export const NOTHING_HELD: Position = { epoch: 0, seq: 0, hash: '' }

/** How far central holds a till's journal (epoch 0 and seq 0 for nothing), and which facts it reads. */
export async function positionOf(
  db: CentralDb,
  tillId: string,
): Promise<{ position: Position; alarms: number; kinds: KnownKinds }> {
  return inTransaction(
    db,
    async query => {
      const { alarms } = await query.query
        .selectFrom('alarm')
        .select(({ fn }) => fn.countAll<number>().as('alarms'))
        .where('till_id', '=', tillId)
        .where('cleared_at', 'is', null)
        .executeTakeFirstOrThrow()
      return { position: await lastHeld(query, tillId), alarms, kinds: knownVersions() }
    },
    { snapshot: true },
  )
}

/** The till's row, which every change of what central holds of the till waits for. */
export async function lockTill(tx: CentralTx, tillId: string): Promise<EnrolledTillRow | undefined> {
  const row = tx.query.selectFrom('enrolled_till').selectAll().where('till_id', '=', tillId)
  return (tx.flavour === 'postgres' ? row.forUpdate() : row).executeTakeFirst()
}

/** The journal itself says what is held: a note beside it could differ from it. */
export async function lastHeld(tx: CentralTx, tillId: string): Promise<Position> {
  const row = await tx.query
    .selectFrom('journal')
    .select(['epoch', 'seq', 'hash'])
    .where('till_id', '=', tillId)
    .orderBy('epoch', 'desc')
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ?? NOTHING_HELD
}

/** How far the billing system's own figures contain what the till took before it was enrolled. */
export const knownOf = ({ known_epoch: epoch, known_seq: seq }: EnrolledTillRow): JournalPosition => ({
  epoch,
  seq,
})

export async function knownThrough(tx: CentralTx, tillId: string): Promise<JournalPosition> {
  const till = await tx.query
    .selectFrom('enrolled_till')
    .selectAll()
    .where('till_id', '=', tillId)
    .executeTakeFirst()
  return till ? knownOf(till) : NOWHERE
}

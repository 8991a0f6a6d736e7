/** A till in a process of its own that is enrolled at a running central, as an administrator does it. */
import { sql } from 'kysely'
import { namedId } from '../../db/accounts/named-id.ts'
import { openLedgerReadOnly } from '../../db/ledger/till.ts'
import { samplePeople } from '../../electron/backend/setup/sample/city.ts'
import type { TillClient } from '../../shared/contract/index.ts'
import { type Host, startHost } from '../../tests/support/host.ts'
import { clientOf } from '../host-client.ts'
import type { RunningCentral } from './central-process.ts'

const LOOK_MS = 100

/** Calls `work` with a till's host and ends it afterwards. */
export async function withHost<T>(dataDir: string, work: (host: Host) => Promise<T>): Promise<T> {
  const host = await startHost(dataDir)
  try {
    return await work(host)
  } finally {
    await host.stop()
  }
}

/** A client with the rights of the sample's administrator. */
export async function asAdministrator(host: Host): Promise<TillClient> {
  let signInToken: string | undefined
  const client = clientOf(host, () => signInToken)
  const administrator = samplePeople().find(person => person.role === 'administrator')
  if (!administrator) throw new Error('The sample has no administrator')
  const { name, pin } = administrator
  signInToken = (await client.person.signIn({ personId: namedId('person', name), pin })).signInToken
  return client
}

export async function enrolAt(central: RunningCentral, client: TillClient): Promise<void> {
  const supervisor = samplePeople().find(person => person.role === 'supervisor')
  if (!supervisor) throw new Error('The sample has no supervisor')
  const approval = { personId: namedId('person', supervisor.name), pin: supervisor.pin }
  await client.sync.enrol({ address: central.address, code: await central.code(), approval })
}

export interface TillHead {
  tillId: string
  facts: number
}

/** Which till a folder holds, and how many facts its journal has; its host must not run. */
export function headOf(dataDir: string): TillHead {
  const ledger = openLedgerReadOnly(dataDir)
  try {
    const row = ledger
      .prepare<[], { tillId: string; facts: number }>(
        'SELECT till_id AS tillId, count(*) AS facts FROM journal GROUP BY till_id',
      )
      .get()
    if (!row) throw new Error('A till without a journal')
    return row
  } finally {
    ledger.close()
  }
}

/** Facts of a till that central holds; asked of its database, so that neither program is disturbed. */
async function heldAt({ db }: RunningCentral, tillId: string): Promise<number> {
  const { rows } = await sql<{ seq: number }>`SELECT seq FROM journal WHERE till_id = ${tillId}
    ORDER BY epoch DESC, seq DESC LIMIT 1`.execute(db.kysely)
  return rows[0]?.seq ?? 0
}

/** Waits until central holds so many facts of a till; `look` is called now and then. */
export async function untilHeld(
  central: RunningCentral,
  { tillId, facts }: TillHead,
  look: () => Promise<void>,
): Promise<void> {
  while ((await heldAt(central, tillId)) < facts) {
    await look()
    await new Promise(later => setTimeout(later, LOOK_MS))
  }
}

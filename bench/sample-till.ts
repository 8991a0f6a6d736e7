/** A sample till in a folder of its own, and a way to ask it as a signed-in cashier does. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRouterClient, type RouterClient } from '@orpc/server'
import { namedId } from '../db/accounts/named-id.ts'
import type { Backend } from '../electron/backend/backend.ts'
import { openBackend } from '../electron/backend/open-backend.ts'
import { type Router, router } from '../electron/backend/router.ts'
import { silentLog } from '../electron/backend/runtime/log.ts'
import { makeSampleTill } from '../electron/backend/setup/first-run.ts'
import { samplePeople } from '../electron/backend/setup/sample/city.ts'
import { newId } from '../shared/id.ts'
import { cents, ZERO } from '../shared/money.ts'

/** Calls `work` with a new folder on disk and removes it afterwards, whatever happens. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'tillproof-bench-'))
  try {
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Makes the sample city with so many accounts in a folder, and closes it again. */
export async function makeTill(dataDir: string, accounts: number): Promise<void> {
  const backend = openBackend({ dataDir, log: silentLog() })
  try {
    await makeSampleTill(backend, accounts, {})
  } finally {
    await backend.close()
  }
}

/** A second till with the same content; the first one must be closed. */
export function copyTill(from: string, to: string): void {
  cpSync(from, to, { recursive: true })
}

export interface OpenTill {
  backend: Backend
  client: RouterClient<Router>
}

export const CASHIER = { name: 'M. Alvarez', pin: samplePeople()[0]?.pin ?? '' }

/** Opens a sample till, signs its first cashier in, and opens the first drawer with 200.00 where it is not open yet. */
export async function openAtWindow(dataDir: string): Promise<OpenTill> {
  const backend = openBackend({ dataDir, log: silentLog() })
  let signInToken: string | undefined
  const client = createRouterClient(router, { context: () => ({ till: backend, signInToken }) })
  const signInAs = async ({ name, pin }: { name: string; pin: string }) => {
    signInToken = (await client.person.signIn({ personId: namedId('person', name), pin })).signInToken
  }
  // Thousands of receipts in one session are more than a drawer's cash limit allows.
  for (const administrator of samplePeople().filter(person => person.role === 'administrator')) {
    await signInAs(administrator)
    for (const drawer of await client.setup.drawers())
      await client.setup.saveDrawer({
        commandId: newId(),
        before: drawer,
        drawer: { ...drawer, limitCents: ZERO },
      })
  }
  await signInAs(CASHIER)
  if ((await client.till.state()).session === null)
    await client.session.open({
      commandId: newId(),
      drawerId: namedId('drawer', 'Window 1'),
      pieces: [{ valueCents: cents(2_000), kind: 'note', pieces: 10, bundles: 0 }],
    })
  return { backend, client }
}

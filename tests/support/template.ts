/** The sample city as a data folder, made once for each run and copied for each test. */

import { scryptSync } from 'node:crypto'
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openAccountsReader } from '../../db/accounts/open.ts'
import { highWaterMarkPath, readHighWaterMark } from '../../db/file/high-water-mark.ts'
import { leftAs } from '../../db/file/still-there.ts'
import { LEDGER_FILE } from '../../db/ledger/folder.ts'
import { openTill } from '../../db/ledger/till.ts'
import type { Backend } from '../../electron/backend/backend.ts'
import { openBackend } from '../../electron/backend/open-backend.ts'
import { silentLog } from '../../electron/backend/runtime/log.ts'
import { makeSampleTill } from '../../electron/backend/setup/first-run.ts'
import { type SamplePerson, samplePeople } from '../../electron/backend/setup/sample/city.ts'
import type { AccountWithItems } from '../../shared/account.ts'
import { hashText } from '../../shared/ledger/chain.ts'
import type { Role } from '../../shared/roles.ts'
import { businessDateOf } from '../../shared/time.ts'
import { START_MS, testId } from './clock.ts'
import { madeOnce } from './run/made-once.ts'

const ACCOUNTS = 300
/** Tests sign in thousands of times; what a real PIN costs has a test of its own. */
const CHEAP_COST = 16

/** By which the tills of tests know checks. */
export const TILL_KEY = Buffer.alloc(32, 'till key of tests')

export interface Template {
  dir: string
  accounts: readonly AccountWithItems[]
}

let template: Promise<Template> | undefined

export function sampleTemplate(): Promise<Template> {
  template ??= makeTemplate()
  return template
}

/** Ids of what the template is made with; those of `testId` begin after it, whoever made it. */
export function templateIds(prefix = '019aa1b1'): () => string {
  let made = 0
  return () => {
    made += 1
    return `${prefix}-0000-7000-8000-${String(made).padStart(12, '0')}`
  }
}

async function makeTemplate(): Promise<Template> {
  const dir = await madeOnce('sample-city', fillTemplate)
  const copy = emptyFolder()
  cpSync(dir, copy, { recursive: true })
  const accounts = accountsIn(copy)
  rmSync(copy, { recursive: true, force: true })
  return { dir, accounts }
}

async function fillTemplate(dir: string): Promise<void> {
  const newId = templateIds()
  openTill(dir, { nowMs: START_MS, newTillId: newId() }).close()
  writeFileSync(join(dir, 'till.key'), TILL_KEY, { mode: 0o600 })
  const backend = openBackend({ dataDir: dir, log: silentLog(), clock: () => START_MS, newId })
  await makeSampleTill(backend, ACCOUNTS, {})
  cheapPins(backend, EVERYBODY, newId)
  await backend.close()
}

const EVERYBODY: readonly Who[] = ['cashier', 'colleague', 'lead', 'supervisor', 'auditor', 'administrator']

/** Gives people of a till the PINs of the sample city, whose proof costs next to nothing. */
export function cheapPins(backend: Backend, people: readonly Who[], newId = testId): void {
  backend.ledger.write(
    {
      commandId: newId(),
      commandHash: hashText('cheap PINs'),
      actorId: 'till',
      at: START_MS,
      businessDate: businessDateOf(START_MS, 'America/Chicago'),
    },
    tx => {
      for (const { personId, pin } of people.map(samplePerson)) {
        const salt = hashText(personId).slice(0, 32)
        const verifier = scryptSync(pin, Buffer.from(salt, 'hex'), 32, { N: CHEAP_COST, r: 8, p: 1 })
        tx.setCredential({ person_id: personId, salt, verifier: verifier.toString('hex'), cost: CHEAP_COST })
      }
    },
  )
}

function accountsIn(dir: string): AccountWithItems[] {
  const reader = openAccountsReader(dir)
  const ids = reader.connection
    .prepare<[], string>('SELECT account_id FROM account ORDER BY number')
    .pluck()
    .all()
  const all = ids.flatMap(id => {
    const account = reader.accountById(id)
    return account === null ? [] : [{ account, items: reader.itemsOf(id) }]
  })
  reader.close()
  return all
}

/** A data folder in which no till has been. The caller removes it. */
export function emptyFolder(): string {
  return mkdtempSync(join(tmpdir(), 'tillproof-till-'))
}

/** A data folder of one test alone: the sample city as it was opened. The caller removes it. */
export async function sampleFolder(): Promise<string> {
  const { dir } = await sampleTemplate()
  const copy = emptyFolder()
  cpSync(dir, copy, { recursive: true })
  believe(join(copy, LEDGER_FILE))
  return copy
}

/** Notes a copied ledger as its till would have left it: thousands of tills would prove one after the other what is the same. */
export function believe(path: string): void {
  const note = readHighWaterMark(path)
  if (note) writeFileSync(highWaterMarkPath(path), JSON.stringify({ ...note, file: leftAs(path), log: '' }))
}

/** Everybody of the sample city; `cashier` and `colleague` are both cashiers. */
export type Who = Role | 'colleague'

export function samplePerson(who: Who): SamplePerson {
  const role = who === 'colleague' ? 'cashier' : who
  const found = samplePeople().filter(person => person.role === role)[who === 'colleague' ? 1 : 0]
  if (!found) throw new Error(`The sample city has no ${who}`)
  return found
}

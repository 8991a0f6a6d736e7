/** A till in a folder of its own, with a clock and ids that are the same in every run. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRouterClient } from '@orpc/server'
import { onTestFinished } from 'vitest'
import { type Backend, openBackend } from '../../electron/backend/backend.ts'
import { catchUpImports } from '../../electron/backend/imports.ts'
import { Jobs } from '../../electron/backend/jobs.ts'
import { silentLog } from '../../electron/backend/log.ts'
import { makeSampleTill } from '../../electron/backend/operations/first-run.ts'
import { ownCommand } from '../../electron/backend/pins.ts'
import { router } from '../../electron/backend/router.ts'
import { type SamplePerson, samplePeople } from '../../electron/backend/sample/city.ts'
import { writeSampleAccounts } from '../../electron/backend/sample/write-accounts.ts'
import type { TillClient } from '../../shared/contract/index.ts'
import { madeOnce } from './made-once.ts'

/** Friday 20 November 2026, nine in the morning at the sample city. */
export const START_MS = Date.UTC(2026, 10, 20, 15, 0)

export interface LedgerTill {
  backend: Backend
  dir: string
  /** What the till's clock says; a test moves it. */
  clock: { nowMs: number }
  newId: () => string
  /** The contract as a signed-in person asks it, without a door and without typing a PIN. */
  as(name: string): TillClient
  personId(name: string): string
  close(): Promise<void>
}

/** A folder of this test alone, removed when it ends. */
export function freshDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'tillproof-ledger-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}

/** UUIDv7 in spelling, counted up from a number. */
export function countedIds(from = 0): () => string {
  let count = from
  return () => {
    count += 1
    return `019aa000-0000-7000-8000-${count.toString(16).padStart(12, '0')}`
  }
}

/** Work that a worker thread would do, done here: no paper is drawn, accounts are written by the same code. */
class JobsHere extends Jobs {
  override async run(): Promise<never> {
    // The document is of no interest to these tests, and bytes are all that anybody asks of it.
    return new Uint8Array() as never
  }
  override async runLong(task: string, input: unknown): Promise<never> {
    if (task !== 'sample-accounts') throw new Error(`${task} belongs in a worker thread`)
    return (await writeSampleAccounts(input as Parameters<typeof writeSampleAccounts>[0])) as never
  }
}

/** scrypt's N for people of tests: what is tested here is not how long a PIN takes. */
const QUICK_COST = 16

/** Opens the till of a folder; a folder without one becomes the sample city with a few accounts. */
export async function openLedgerTill(dir: string, options: { ids?: number } = {}): Promise<LedgerTill> {
  const clock = { nowMs: START_MS }
  const newId = countedIds(options.ids ?? 0)
  const backend = openBackend({ dataDir: dir, log: silentLog(), clock: () => clock.nowMs, newId })
  backend.jobs = new JobsHere(dir)
  catchUpImports(backend)
  const personId = (name: string): string => samplePerson(name).personId
  return {
    backend,
    dir,
    clock,
    newId,
    personId,
    as: name => {
      const { token } = backend.signIns.add(personId(name))
      return createRouterClient(router, { context: { till: backend, signInToken: token } })
    },
    close: () => backend.close(),
  }
}

/** PINs of the sample's approvers, kept at a cost that suits a test; the PINs stay the same. */
async function quickenPins(till: LedgerTill): Promise<void> {
  const { scryptSync } = await import('node:crypto')
  for (const person of samplePeople()) {
    const salt = '00'.repeat(16)
    const verifier = scryptSync(person.pin, Buffer.from(salt, 'hex'), 32, { N: QUICK_COST, r: 8, p: 1 })
    ownCommand(till.backend, person.personId, 'person.changePin', tx =>
      tx.setCredential({
        person_id: person.personId,
        salt,
        verifier: verifier.toString('hex'),
        cost: QUICK_COST,
      }),
    )
  }
}

const templates = new Map<number, Promise<string>>()

function makeTemplate(accounts: number): Promise<string> {
  return madeOnce(`sample-ledger-${accounts}`, async dir => {
    const till = await openLedgerTill(dir)
    await makeSampleTill(till.backend, accounts, {})
    await quickenPins(till)
    await till.close()
  })
}

/** A folder with the sample city in it, set up once and copied. */
export async function sampleTillDir(accounts = 40): Promise<string> {
  const template = templates.get(accounts) ?? makeTemplate(accounts)
  templates.set(accounts, template)
  const dir = freshDir()
  cpSync(await template, dir, { recursive: true })
  return dir
}

/** The sample city's till, opened; closed when the test ends. */
export async function sampleTill(options: { accounts?: number; ids?: number } = {}): Promise<LedgerTill> {
  const till = await openLedgerTill(await sampleTillDir(options.accounts), { ids: options.ids ?? 1_000 })
  let open = true
  onTestFinished(async () => {
    if (open) await till.close()
  })
  return {
    ...till,
    close: async () => {
      open = false
      await till.close()
    },
  }
}

export const CASHIER = 'M. Alvarez'
export const SECOND_CASHIER = 'J. Okonkwo'
export const LEAD = 'R. Chen'
export const SUPERVISOR = 'D. Whitfield'
export const ADMINISTRATOR = 'S. Kowalski'

export function samplePerson(name: string): SamplePerson {
  const person = samplePeople().find(one => one.name === name)
  if (!person) throw new Error(`Nobody is called ${name}`)
  return person
}

export const pinOf = (name: string): string => samplePerson(name).pin

/** How long one keystroke's search takes over the accounts of a very large utility. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openAccountsReader } from '../db/accounts/open.ts'
import type { AccountsReader } from '../db/accounts/reader.ts'
import { Chance } from '../electron/backend/setup/sample/chance.ts'
import { writeSampleAccounts } from '../electron/backend/setup/sample/write-accounts.ts'
import type { Account } from '../shared/account.ts'
import { newId } from '../shared/id.ts'
import type { BusinessDate } from '../shared/time.ts'

/** One line of a bench: `ratio` is value by limit, `target` the ratio not to be exceeded (null: for orientation). */
export interface FindBenchRow {
  name: string
  value: number
  unit: string
  limit: number | null
  ratio: number | null
  target: number | null
}

const SEED = 20_261_120
const TODAY = '2026-11-20' as BusinessDate
const QUERIES_PER_KIND = 600
/** One answer within this time is felt as immediate while typing. */
const LIMIT_MS = 20

type MakeQuery = (account: Account, chance: Chance) => string

function word(text: string, chance: Chance): string {
  return chance.pick(asList(text.split(/\s+/)))
}

function asList(list: readonly string[]): [string, ...string[]] {
  const [first = '', ...rest] = list
  return [first, ...rest]
}

function part(text: string, length: number, chance: Chance): string {
  const start = chance.below(Math.max(text.length - length, 0) + 1)
  return text.slice(start, start + length)
}

function digits(text: string): string {
  return text.replace(/\D/g, '')
}

const BROAD = asList('a|e|m|1|st|ave|dr|apt|555|0101|00|000|001|s t|5550|55501|(555) 01'.split('|'))
const APART = asList(
  'rd ave|blvd ct|ter cir|way pl|blvd ter|llc apt|café ct|jr cir|rd blvd apt|pl ave 555'.split('|'),
)

const KINDS: Readonly<Record<string, MakeQuery>> = {
  'whole number': account => account.number,
  'part of a number': (account, chance) => part(digits(account.number), chance.between(3, 8), chance),
  'name, whole words': account => account.name,
  'name, words turned round': account => account.name.split(' ').reverse().join(' '),
  'name, beginnings': account =>
    account.name
      .split(' ')
      .map(text => text.slice(0, 3))
      .join(' '),
  'one letter more at a time': (account, chance) =>
    account.name.slice(0, chance.between(1, account.name.length)),
  address: account => account.address,
  'house number and street': account => account.address.split(' ').slice(0, 2).join(' '),
  'phone digits': (account, chance) =>
    part(digits(account.phones[0] ?? '5550101'), chance.between(3, 10), chance),
  'mixed: name, street, number': (account, chance) =>
    `${word(account.name, chance).slice(0, 3)} ${word(account.address, chance)} ${account.number.slice(-5)}`,
  'mixed: name and house number': account =>
    `${account.name.slice(0, 4)} ${account.address.split(' ')[0] ?? ''}`,
  'very common': (_, chance) => chance.pick(BROAD),
  'common words that never meet': (_, chance) => chance.pick(APART),
  nobody: (account, chance) =>
    `${word(account.name, chance)} ${word(account.address, chance)} zz${chance.below(99)}`,
}

/**
 * Builds the sample accounts in a folder of its own and times find by kind of query: median and 99th
 * percentile in milliseconds against 20 ms, and the time that building took, in seconds.
 */
export async function benchFind({ accounts }: { accounts: number }): Promise<FindBenchRow[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'tillproof-find-'))
  try {
    const began = performance.now()
    await writeSampleAccounts({
      dataDir,
      accounts,
      seed: SEED,
      today: TODAY,
      importId: newId(),
      atMs: Date.now(),
    })
    const builtInS = (performance.now() - began) / 1_000
    const reader = openAccountsReader(dataDir)
    try {
      const name = `accounts: write ${accounts} with find index`
      return [
        { name, value: rounded(builtInS), unit: 's', limit: null, ratio: null, target: null },
        ...Object.entries(KINDS).flatMap(([kind, make]) => timeKind(reader, kind, make)),
      ]
    } finally {
      reader.close()
    }
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}

function timeKind(reader: AccountsReader, kind: string, make: MakeQuery): FindBenchRow[] {
  const chance = new Chance(SEED)
  const queries = Array.from({ length: QUERIES_PER_KIND }, () => make(anyAccount(reader, chance), chance))
  const times = queries.map(query => {
    const began = performance.now()
    reader.findAccounts(query)
    return performance.now() - began
  })
  times.sort((a, b) => a - b)
  return [row(`find ${kind}, median`, times, 0.5), row(`find ${kind}, p99`, times, 0.99)]
}

function anyAccount(reader: AccountsReader, chance: Chance): Account {
  const number = String(10 + chance.below(90)).padStart(4, '0')
  const found = reader.findAccounts(`${number}${chance.below(10)}${chance.below(10)}`)
  const [first, ...rest] = found
  return first === undefined ? anyAccount(reader, chance) : chance.pick([first, ...rest])
}

function row(name: string, sortedTimes: readonly number[], share: number): FindBenchRow {
  const value = sortedTimes[Math.min(Math.floor(sortedTimes.length * share), sortedTimes.length - 1)] ?? 0
  return {
    name,
    value: rounded(value),
    unit: 'ms',
    limit: LIMIT_MS,
    ratio: rounded(value / LIMIT_MS),
    target: 1,
  }
}

function rounded(value: number): number {
  return Math.round(value * 1_000) / 1_000
}

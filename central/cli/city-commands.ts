/** The command line's part about what the city keeps here for all tills. */

import { readFile, stat } from 'node:fs/promises'
import type { CentralDb, CentralTx } from '../../db/central/connection.ts'
import { inTransaction } from '../../db/central/open.ts'
import type { SettingName } from '../../shared/settings/index.ts'
import { newestPublished, publishCity } from '../city/city.ts'
import { type KnownHere, readCity } from '../city/city-file.ts'
import type { Command } from './command.ts'
import { BadUsage } from './usage.ts'

export const CITY_USAGE = `central publish-city FILE            what all tills take over: catalog, tenders, banks, policies, people
central show-city                    the newest version of it, as a file to change and publish again`

const GL_SETTINGS: SettingName[] = ['creditGlAccount', 'overShortGlAccount', 'roundingGlAccount']

/** A till reads its answer whole, and into memory. */
const MOST_BYTES = 8_000_000
const MOST_PROBLEMS_SAID = 50

export const CITY_COMMANDS: Readonly<Record<string, Command>> = {
  'publish-city': async ({ db, nowMs, say }, [file]) => {
    if (file === undefined) throw new BadUsage('FILE is missing')
    const text = await textOf(file)
    if (text === undefined) {
      say(`${file} is larger than all tills could take`)
      return 1
    }
    const read = readCity(text, await knownHere(db))
    if (!read.ok) {
      for (const problem of read.problems.slice(0, MOST_PROBLEMS_SAID)) say(problem)
      say(`Nothing is published: ${read.problems.length} to correct`)
      return 1
    }
    const version = await publishCity(db, read.city, { nowMs })
    const { catalog, tenders, bankAccounts, policies, people } = read.city
    const lists = `${catalog.length} catalog items, ${tenders.length} tenders, ${bankAccounts.length} bank accounts`
    const policy = policies === null ? 'no policies' : 'policies'
    say(`Version ${version} is published: ${lists}, ${policy}, ${people.length} people`)
    return 0
  },
  'show-city': async ({ db, say }) => {
    const city = await newestPublished(db)
    say(city ? JSON.stringify(city, null, 2) : 'Nothing is published yet')
    return city ? 0 : 1
  },
}

async function textOf(file: string): Promise<string | undefined> {
  return (await stat(file)).size > MOST_BYTES ? undefined : readFile(file, 'utf8')
}

async function knownHere(db: CentralDb): Promise<KnownHere> {
  const newest = await newestPublished(db)
  return inTransaction(
    db,
    async tx => ({ version: newest?.version ?? 0, glAccounts: new Set(await glAccountsKnown(tx)) }),
    { snapshot: true },
  )
}

/** GL accounts that bills are of, and that tills book credits, differences and rounding to. */
async function glAccountsKnown(tx: CentralTx): Promise<string[]> {
  const items = await tx.query.selectFrom('account_item').select('gl_account').distinct().execute()
  const settings = await tx.query
    .selectFrom('setting')
    .select('value')
    .where('name', 'in', GL_SETTINGS)
    .distinct()
    .execute()
  const booked = settings
    .map(({ value }): unknown => JSON.parse(value))
    .filter(value => typeof value === 'string')
  return [...items.map(row => row.gl_account), ...booked]
}

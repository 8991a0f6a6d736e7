/** Central's command line: `npm run central:admin -- <what to do>`. */
import { randomBytes } from 'node:crypto'
import { own } from '../../shared/own.ts'
import { plainLines } from '../../shared/rules/text/plain-line.ts'
import { parseBusinessDate } from '../../shared/time.ts'
import { citySettingOf } from '../city/city.ts'
import { revoke } from '../city/enrol.ts'
import { CODE_BYTES, makeCode } from '../city/enrolment-codes.ts'
import { glCsv, glOfDate } from '../posting/books/gl-journal.ts'
import { type CentralSettings, centralSettings, openCentral } from '../settings.ts'
import { ACCOUNT_COMMANDS, ACCOUNT_USAGE } from './account-commands.ts'
import { CARRIER_COMMANDS, CARRIER_USAGE } from './carrier-commands.ts'
import { CITY_COMMANDS, CITY_USAGE } from './city-commands.ts'
import type { AdminDeps, Command } from './command.ts'
import { SUSPENSE_COMMANDS, SUSPENSE_USAGE } from './suspense-commands.ts'
import { TILL_COMMANDS, TILL_USAGE } from './till-commands.ts'
import { BadUsage, readId, readWords } from './usage.ts'

export const USAGE = `central enrol [--till TILL-ID] [NOTE] a code with which one till enrols within seven days, shown once; a till
                                     that was revoked comes back with one of its own
central revoke TILL-ID               refuses every later request of a till
${TILL_USAGE}
${ACCOUNT_USAGE}
${SUSPENSE_USAGE}
central gl-export DATE               the GL journal of a business date, as CSV
${CITY_USAGE}
${CARRIER_USAGE}
Options before them: --database URL (or DATABASE_URL), --data FOLDER (of the demonstration)
`

/** Carries one command out. Gives the exit code: 0 done, 1 refused, 2 not understood. */
export async function administer(
  parts: AdminDeps,
  [command = '', ...words]: readonly string[],
): Promise<number> {
  const known = own(COMMANDS, command)
  try {
    if (!known) throw new BadUsage(command === '' ? 'What is to be done?' : `There is no command ${command}`)
    return await known(parts, words)
  } catch (error) {
    if (!(error instanceof BadUsage)) throw error
    parts.say(`${error.message}\n\n${USAGE}`)
    return 2
  }
}

const COMMANDS: Readonly<Record<string, Command>> = {
  ...ACCOUNT_COMMANDS,
  ...CITY_COMMANDS,
  ...CARRIER_COMMANDS,
  ...SUSPENSE_COMMANDS,
  ...TILL_COMMANDS,
  enrol: async ({ db, nowMs, say }, words) => {
    const { values, positionals } = readWords(words, {
      options: { till: { type: 'string' } },
      ...{ least: 0, most: 40 },
    })
    const tillId = values.till === undefined ? null : readId(values.till, 'TILL-ID')
    const note = positionals.join(' ')
    const code = await makeCode(db, { nowMs, bytes: randomBytes(CODE_BYTES), note, tillId })
    say(`${code}   works once; only its hash is kept`)
    if ((await citySettingOf(db, 'address')) === undefined)
      say(
        'Say by which address tills reach central, or one that stands between could enrol them in its name: central set address https://…',
      )
    return 0
  },
  revoke: async ({ db, nowMs, say }, [till]) => {
    const tillId = readId(till, 'TILL-ID')
    const revoked = await revoke(db, tillId, { nowMs })
    say(revoked ? `${tillId} is revoked; what it sent stays` : `No till ${tillId} is enrolled`)
    return revoked ? 0 : 1
  },
  'gl-export': async ({ db, say }, [date = '']) => {
    const businessDate = parseBusinessDate(date)
    if (businessDate === null) throw new BadUsage('DATE is a day, like 2026-11-20')
    say(glCsv(await glOfDate(db, businessDate)))
    return 0
  },
}

async function main(): Promise<number> {
  const args = process.argv.slice(2)
  const takesNext = (word = ''): boolean => word.startsWith('--') && !word.includes('=')
  const first = args.findIndex((word, index) => !word.startsWith('--') && !takesNext(args[index - 1]))
  const options = first === -1 ? args : args.slice(0, first)
  const nowMs = Date.now()
  const say = (line: string): void => {
    process.stdout.write(`${plainLines(line)}\n`)
  }
  const settings = settingsOf(options)
  if (typeof settings === 'string') {
    process.stderr.write(`${settings}\n\n${USAGE}`)
    return 2
  }
  const db = await openCentral(settings, { nowMs, onLost: () => undefined })
  try {
    return await administer({ db, nowMs, say }, first === -1 ? [] : args.slice(first))
  } finally {
    await db.close()
  }
}

/** The settings, or what is wrong with the options. */
function settingsOf(options: readonly string[]): CentralSettings | string {
  try {
    return centralSettings(options, process.env)
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

if (import.meta.main)
  main().then(
    code => {
      process.exitCode = code
    },
    (error: unknown) => {
      process.stderr.write(`${plainLines(error instanceof Error ? error.message : String(error))}\n`)
      process.exitCode = 1
    },
  )

/** Central's command line: `npm run central:admin -- <what to do>`. */
import { randomBytes, randomUUID } from 'node:crypto'
import type { CentralDb } from '../db/central/open.ts'
import { formatCents } from '../shared/money.ts'
import { parseBusinessDate } from '../shared/time.ts'
import { takeAccountFile } from './account-file.ts'
import { CODE_BYTES, makeCode, revoke } from './enrol.ts'
import { glCsv, glOfDate } from './gl-journal.ts'
import { centralSettings, openCentral } from './settings.ts'
import { resolveSuspense, suspenseLines } from './suspense.ts'
import { tillLines } from './tills.ts'

export const USAGE = `central enrol [NOTE]                 a code with which one till enrols, shown once
central revoke TILL-ID               refuses every later request of a till
central tills                        every till: how far it is held, when it was last heard of
central import-accounts FILE         takes accounts over from a file of JSON lines
central suspense                     what waits in suspense, and why
central resolve TILL-ID RECEIPT-ID LINE [ACCOUNT]
                                     tries a line again, or credits it to another account
central gl-export DATE               the GL journal of a business date, as CSV
Options before them: --database URL (or DATABASE_URL), --data FOLDER (of the demonstration)
`

export interface AdminParts {
  db: CentralDb
  nowMs: number
  say: (line: string) => void
}

/** Carries one command out. Gives the exit code: 0 done, 1 refused, 2 not understood. */
export async function administer(
  parts: AdminParts,
  [command = '', ...words]: readonly string[],
): Promise<number> {
  const known = COMMANDS[command]
  if (known) return known(parts, words)
  parts.say(USAGE)
  return 2
}

type Command = (parts: AdminParts, words: readonly string[]) => Promise<number>

const COMMANDS: Readonly<Record<string, Command>> = {
  enrol: async ({ db, nowMs, say }, words) => {
    const code = await makeCode(db, { nowMs, bytes: randomBytes(CODE_BYTES), note: words.join(' ') })
    say(`${code}   works once; only its hash is kept`)
    return 0
  },
  revoke: async ({ db, nowMs, say }, [tillId = '']) => {
    const revoked = await revoke(db, tillId, { nowMs })
    say(revoked ? `${tillId} is revoked; what it sent stays` : `No till ${tillId} is enrolled`)
    return revoked ? 0 : 1
  },
  tills: async ({ db, nowMs, say }) => {
    for (const till of await tillLines(db)) {
      const heard = `heard of ${agoOf(nowMs - till.lastSeenAtMs)}`
      const state = till.revokedAtMs === null ? heard : 'revoked'
      const open = `${till.suspense} in suspense, ${till.alarms} alarms`
      say(`${till.tillId}  ${till.code.padEnd(6)}  held ${till.epoch}/${till.seq}  ${state}  ${open}`)
    }
    return 0
  },
  'import-accounts': async ({ db, say }, [file]) => {
    if (file === undefined) return 2
    const { accounts, bad, badCount } = await takeAccountFile(db, file, { importId: randomUUID() })
    for (const { line, why } of bad) say(`line ${line}: ${why}`)
    say(`${accounts} accounts taken over, ${badCount} lines left out`)
    return badCount === 0 ? 0 : 1
  },
  suspense: async ({ db, say }) => {
    for (const line of await suspenseLines(db)) {
      const what = `${line.number} line ${line.lineNo}  ${formatCents(line.cents)} for ${line.accountNumber}`
      say(`${line.tillId} ${line.receiptId} ${line.lineNo}  ${what}  ${line.state} ${line.reason ?? ''}`)
    }
    return 0
  },
  resolve: async ({ db, nowMs, say }, [tillId = '', receiptId = '', line = '', accountNumber]) => {
    const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone
    const lineNo = Number.parseInt(line, 10)
    const result = await resolveSuspense(
      db,
      { tillId, receiptId, lineNo, accountNumber, timeZone },
      { nowMs },
    )
    say(result.ok ? 'Posted' : `Not posted: ${result.reason}`)
    return result.ok ? 0 : 1
  },
  'gl-export': async ({ db, say }, [date = '']) => {
    const businessDate = parseBusinessDate(date)
    if (businessDate === null) return 2
    say(glCsv(await glOfDate(db, businessDate)))
    return 0
  },
}

const MINUTE_MS = 60_000

function agoOf(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / MINUTE_MS))
  if (minutes < 120) return `${minutes} minutes ago`
  return minutes < 2 * 24 * 60
    ? `${Math.floor(minutes / 60)} hours ago`
    : `${Math.floor(minutes / (24 * 60))} days ago`
}

async function main(): Promise<number> {
  const args = process.argv.slice(2)
  const first = args.findIndex((word, index) => !word.startsWith('--') && !args[index - 1]?.startsWith('--'))
  const options = first === -1 ? args : args.slice(0, first)
  const nowMs = Date.now()
  const say = (line: string): void => {
    process.stdout.write(`${line}\n`)
  }
  const db = await openCentral(centralSettings(options, process.env), { nowMs, onLost: () => undefined })
  try {
    return await administer({ db, nowMs, say }, first === -1 ? [] : args.slice(first))
  } finally {
    await db.close()
  }
}

if (import.meta.main)
  main().then(
    code => {
      process.exitCode = code
    },
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
      process.exitCode = 1
    },
  )

/** Browser mode: the same backend under plain Node, behind the HTTP transport. */
import { randomBytes } from 'node:crypto'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { LedgerUnavailable } from '../db/file/problem.ts'
import { tillOf } from '../db/queries/till.ts'
import type { Backend, Unavailable } from './backend/backend.ts'
import { defaultDataDir } from './backend/data-folder.ts'
import { inUseSentence, openTillFor } from './backend/open-till.ts'
import { makeSampleTill } from './backend/setup/first-run.ts'
import { type HttpTransport, openHttpTransport } from './transports/http.ts'

const SCREEN_DIR = fileURLToPath(new URL('../renderer', import.meta.url))
const SAMPLE_ACCOUNTS = 50_000
const MOST_PORT = 65_535

interface Options {
  port: number
  dataDir: string
  sample: boolean
  accounts: number
}

function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '0' },
      data: { type: 'string' },
      sample: { type: 'boolean', default: false },
      accounts: { type: 'string', default: String(SAMPLE_ACCOUNTS) },
    },
  })
  return {
    port: wholeNumber('--port', values.port, MOST_PORT),
    dataDir: resolve(values.data ?? defaultDataDir()),
    sample: values.sample,
    accounts: wholeNumber('--accounts', values.accounts, 2_000_000),
  }
}

function wholeNumber(name: string, text: string, most: number): number {
  const value = /^\d{1,7}$/.test(text) ? Number.parseInt(text, 10) : -1
  if (value < 0 || value > most) fail(`${name} takes a whole number from 0 to ${most}, not "${text}".`)
  return value
}

function fail(sentence: string): never {
  process.stderr.write(`${sentence}\n`)
  process.exit(1)
}

function openOrFail(dataDir: string): Backend | Unavailable {
  try {
    return openTillFor(dataDir)
  } catch (error) {
    if (error instanceof LedgerUnavailable) fail(inUseSentence(error))
    throw error
  }
}

async function openTransportOrFail(
  till: Backend | Unavailable,
  port: number,
  token: string,
): Promise<HttpTransport> {
  try {
    return await openHttpTransport({ till, port, token, screenDir: SCREEN_DIR })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'EADDRINUSE')
      fail(
        `Port ${port} is taken by another program. Choose another with --port, or leave it out for a free one.`,
      )
    if (code === 'EACCES') fail(`Port ${port} may not be used by this user. Choose one above 1023.`)
    throw error
  }
}

// A terminal sees the figures run; a log gets one line.
async function makeSample(till: Backend, accounts: number): Promise<void> {
  const { stderr } = process
  stderr.write(`Making the sample city with ${accounts} accounts.\n`)
  await makeSampleTill(till, accounts, {
    onProgress: ({ phase, done, total }) => {
      if (stderr.isTTY) stderr.write(`\r${phase} ${done} of ${total}   `)
    },
  })
  if (stderr.isTTY) stderr.write('\n')
}

async function main(): Promise<void> {
  const options = readOptions()
  const till = openOrFail(options.dataDir)
  if ('unavailable' in till) process.stderr.write(`The ledger cannot be used: ${till.unavailable.message}\n`)
  else if (options.sample && !tillOf(till.ledger.reader)) await makeSample(till, options.accounts)
  const token = randomBytes(24).toString('base64url')
  const transport = await openTransportOrFail(till, options.port, token)
  let closing = false
  const close = async (): Promise<void> => {
    if (closing) return
    closing = true
    await transport.close()
    if (!('unavailable' in till)) await till.close()
    process.exit(0)
  }
  process.once('SIGTERM', () => void close())
  process.once('SIGINT', () => void close())
  process.stdout.write(`Tillproof is open at http://127.0.0.1:${transport.port}/#token=${token}\n`)
  if (!('unavailable' in till)) till.jobs.warm()
}

await main()

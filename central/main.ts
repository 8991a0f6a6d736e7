/** `npm run central`: the receiver, until it is told to stop. */

import { randomBytes } from 'node:crypto'
import pino from 'pino'
import { plainLines } from '../shared/rules/text/plain-line.ts'
import { watchAccounts } from './accounts/watched-accounts.ts'
import { carrierSettings } from './carrier/carrier-settings.ts'
import { startCarrier } from './carrier/schedule.ts'
import { CODE_BYTES, makeCode } from './city/enrolment-codes.ts'
import { keptKeyOf } from './city/signing-key.ts'
import { makeApp } from './http/app.ts'
import { listen } from './http/server.ts'
import { centralSettings, openCentral } from './settings.ts'

const DEMONSTRATION =
  'DEMONSTRATION: no DATABASE_URL is given, so data is kept without being flushed to disk. Not for money.'

async function main(): Promise<void> {
  const settings = centralSettings(process.argv.slice(2), process.env)
  const files = carrierSettings(settings.carrier)
  const log = pino(
    { base: null, redact: ['publicKey', 'code.value'] },
    pino.destination({ dest: 2, sync: true }),
  )
  const db = await openCentral(settings, {
    nowMs: Date.now(),
    onLost: error => log.error({ err: error }, 'a connection to the database broke'),
  })
  const key = await keptKeyOf(db, settings.signingKey).catch(async (error: unknown) => {
    await db.close()
    throw error
  })
  const app = makeApp({ db, clock: () => Date.now(), log, key })
  const carrier = startCarrier({ db, clock: () => Date.now(), log, ...files })
  const server = await listen(app, { ...settings, log }).catch(async (error: unknown) => {
    await carrier.stop()
    await db.close()
    throw error
  })
  const accounts = settings.accounts && watchAccounts({ ...settings.accounts, db, clock: Date.now, log })
  if (db.demonstration) process.stderr.write(`${DEMONSTRATION}\n`)
  process.stdout.write(`Central listens on ${server.address}\n`)
  // The command line that gives codes cannot open a demonstration beside this program.
  if (db.demonstration) {
    const code = await makeCode(db, { nowMs: Date.now(), bytes: randomBytes(CODE_BYTES), note: 'at start' })
    process.stdout.write(`A till enrols here with the code ${code}, once\n`)
  }
  const stop = (): void => {
    process.off('SIGTERM', stop)
    process.off('SIGINT', stop)
    void Promise.all([server.close(), carrier.stop(), accounts?.stop()]).then(() => db.close())
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}

main().catch((error: unknown) => {
  process.stderr.write(`${plainLines(error instanceof Error ? error.message : String(error))}\n`)
  process.exitCode = 1
})

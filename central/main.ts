/** `npm run central`: the receiver, until it is told to stop. */
import pino from 'pino'
import { makeApp } from './app.ts'
import { listen } from './server.ts'
import { centralSettings, openCentral } from './settings.ts'

const DEMONSTRATION =
  'DEMONSTRATION: no DATABASE_URL is given, so data is kept without being flushed to disk. Not for money.'

async function main(): Promise<void> {
  const settings = centralSettings(process.argv.slice(2), process.env)
  const log = pino(
    { base: null, redact: ['publicKey', 'code.value'] },
    pino.destination({ dest: 2, sync: true }),
  )
  const db = await openCentral(settings, {
    nowMs: Date.now(),
    onLost: error => log.error({ err: error }, 'a connection to the database broke'),
  })
  const app = makeApp({ db, clock: () => Date.now(), log })
  const server = await listen(app, settings).catch(async (error: unknown) => {
    await db.close()
    throw error
  })
  if (db.demonstration) process.stderr.write(`${DEMONSTRATION}\n`)
  process.stdout.write(`Central listens on ${server.address}\n`)
  const stop = (): void => {
    process.off('SIGTERM', stop)
    process.off('SIGINT', stop)
    void server.close().then(() => db.close())
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
})

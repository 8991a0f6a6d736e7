/** Begins long work many times and ends it at another moment each time: what may take the whole process with it. */
import { setTimeout as pause } from 'node:timers/promises'
import { JobFailed, Jobs } from '../../../electron/backend/runtime/jobs.ts'
import { AT_MS, IMPORT_ID, TODAY } from '../../support/accounts-file.ts'

const [dataDir = '', times = '0'] = process.argv.slice(2)
const count = Number(times)
const said = { cancelled: 0, done: 0 }

for (let time = 0; time < count; time += 1) {
  const jobs = new Jobs(dataDir)
  const stop = new AbortController()
  const order = { dataDir, accounts: 3_000, seed: time, today: TODAY, importId: IMPORT_ID, atMs: AT_MS }
  let waits: Promise<void> | undefined
  const onProgress = ({ phase }: { phase: string }): void => {
    if (phase !== 'indexing') return
    waits ??= pause((time * 7) % 23).then(() => stop.abort())
  }
  try {
    await jobs.runLong('sample-accounts', order, { onProgress, signal: stop.signal })
    said.done += 1
  } catch (error) {
    if (!(error instanceof JobFailed) || error.name !== 'Cancelled') throw error
    said.cancelled += 1
  }
  await waits
  await jobs.close()
}
console.log(JSON.stringify(said))

/** Central as it runs in production: a process of its own, on a PostgreSQL cluster that flushes to disk. */
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../../build/setup.mjs'
import { CODE_BYTES, makeCode } from '../../central/city/enrolment-codes.ts'
import type { CentralDb } from '../../db/central/connection.ts'
import { openPostgres } from '../../db/central/open.ts'
import {
  type Cluster,
  freshDatabase,
  startCluster,
  stopCluster,
} from '../../tests/support/central/postgres.ts'

const LISTENS = /Central listens on (\S+)/

export interface RunningCentral {
  address: string
  processId: number
  /** Of its database. */
  url: string
  /** Its database, on connections of the bench's own. */
  db: CentralDb
  /** A code with which one till enrols. */
  code(): Promise<string>
  stop(): Promise<void>
}

/** Calls `work` with a cluster with PostgreSQL's own settings, and removes it afterwards. */
export async function onCluster<T>(work: (cluster: Cluster) => Promise<T>): Promise<T> {
  const cluster = await startCluster()
  try {
    return await work(cluster)
  } finally {
    await stopCluster(cluster)
  }
}

/** Starts central on a fresh database of the cluster, on a free port. */
export async function startCentral(cluster: Cluster): Promise<RunningCentral> {
  const url = await freshDatabase(cluster)
  const db = await openPostgres(url, { connections: 2 })
  const dir = mkdtempSync(join(tmpdir(), 'tillproof-bench-central-'))
  const args = [join(root, 'central/main.ts'), '--port', '0', '--database', url, '--data', dir]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const exited = once(child, 'exit')
  const said = new Promise<string>(resolve => {
    let text = ''
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      text += part
      if (LISTENS.test(text)) resolve(text)
    })
    void exited.then(() => resolve(text))
  })
  const [, address] = LISTENS.exec(await said) ?? []
  if (address === undefined || child.pid === undefined) throw new Error('Central did not open')
  return {
    address,
    processId: child.pid,
    url,
    db,
    code: () => makeCode(db, { nowMs: Date.now(), bytes: randomBytes(CODE_BYTES), note: 'bench' }),
    stop: async () => {
      child.kill('SIGTERM')
      await exited
      rmSync(dir, { recursive: true, force: true })
      await db.close()
    },
  }
}

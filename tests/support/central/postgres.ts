/** A PostgreSQL cluster of a test file's own, in a temporary folder, with a fresh database for each test. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { chownSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, it, onTestFinished } from 'vitest'
import { findPostgres } from '../../../build/setup.mjs'
import type { CentralDb } from '../../../db/central/connection.ts'
import { openPostgres } from '../../../db/central/open.ts'

const bin = findPostgres() ?? ''
/** False where no PostgreSQL is installed: tests that need it are skipped, and say so. */
export const hasPostgres = bin !== ''
if (!hasPostgres)
  console.warn(
    'SKIPPED: no PostgreSQL here (Debian: apt-get install postgresql). Central is not tested on it.',
  )

/** A test that needs PostgreSQL. */
export const itOnPostgres = it.skipIf(!hasPostgres)

export interface Cluster {
  port: number
  dir: string
  /** The running server; another one after a crash. */
  server: ChildProcess
  /** Starts a server on the cluster's data. */
  run: () => ChildProcess
}

/** PostgreSQL refuses to run as root; its package brings a user of its own. */
function whoRuns(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {}
  const idOf = (what: '-u' | '-g'): number =>
    Number.parseInt(spawnSync('id', [what, 'postgres'], { encoding: 'utf8' }).stdout, 10)
  return { uid: idOf('-u'), gid: idOf('-g') }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  await new Promise(closed => server.close(closed))
  if (address === null || typeof address === 'string') throw new Error('No port')
  return address.port
}

export const urlOf = ({ port }: Pick<Cluster, 'port'>, database = 'postgres'): string =>
  `postgres://postgres@127.0.0.1:${port}/${database}`

/** Runs statements on a connection of their own; undefined where there is no server yet. */
async function runOn(cluster: Pick<Cluster, 'port'>, statement: string): Promise<true | undefined> {
  const client = new pg.Client({ connectionString: urlOf(cluster) })
  client.on('error', () => undefined)
  try {
    await client.connect()
  } catch {
    return undefined
  }
  await client.query(statement)
  await client.end()
  return true
}

/** A cluster that flushes to disk as one in production does. */
export async function startCluster(settings: Record<string, string> = {}): Promise<Cluster> {
  const user = whoRuns()
  const dir = mkdtempSync(join(tmpdir(), 'tillproof-postgres-'))
  if (user.uid !== undefined && user.gid !== undefined) chownSync(dir, user.uid, user.gid)
  const initdb = [
    '-D',
    join(dir, 'data'),
    '-U',
    'postgres',
    '-A',
    'trust',
    '--no-sync',
    '-E',
    'UTF8',
    '--locale=C',
  ]
  const made = spawnSync(join(bin, 'initdb'), initdb, { encoding: 'utf8', cwd: dir, ...user })
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`)
  const port = await freePort()
  const all = { port: `${port}`, listen_addresses: '127.0.0.1', unix_socket_directories: '', ...settings }
  const args = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const run = (): ChildProcess =>
    spawn(join(bin, 'postgres'), ['-D', join(dir, 'data'), ...args], { stdio: 'ignore', cwd: dir, ...user })
  const cluster = { port, dir, server: run(), run }
  // A test runner that ends in the middle must not leave a server behind.
  process.once('exit', () => cluster.server.kill('SIGQUIT'))
  await untilReady(cluster)
  return cluster
}

async function untilReady(cluster: Cluster): Promise<void> {
  while (!(await runOn(cluster, 'SELECT 1'))) {
    if (cluster.server.exitCode !== null) throw new Error('PostgreSQL ended before it was ready')
    await new Promise(later => setTimeout(later, 30))
  }
}

/**
 * Ends the server as `pg_ctl -m immediate` does: what it has in memory and has not written is lost, as when it is
 * killed. Starts it again on the same data and port; done when it has recovered.
 */
export async function crashCluster(cluster: Cluster): Promise<void> {
  const gone = new Promise(done => cluster.server.once('exit', done))
  cluster.server.kill('SIGQUIT')
  await gone
  cluster.server = cluster.run()
  await untilReady(cluster)
}

/** Breaks every connection to a database, each in the middle of whatever it is doing. */
export async function breakConnections(cluster: Cluster, database: string): Promise<void> {
  await runOn(cluster, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${database}'`)
}

/** Ends a cluster without waiting for its clients, and removes it. */
export async function stopCluster({ server, dir }: Cluster): Promise<void> {
  if (server.exitCode === null) {
    const gone = new Promise(done => server.once('exit', done))
    server.kill('SIGINT')
    await gone
  }
  rmSync(dir, { recursive: true, force: true })
}

let databases = 0

/** An empty database of a cluster, or a copy of another, with its address. */
export async function freshDatabase(cluster: Cluster, template = 'template1'): Promise<string> {
  databases += 1
  const name = `central_${databases}`
  await runOn(cluster, `CREATE DATABASE ${name} TEMPLATE ${template}`)
  return urlOf(cluster, name)
}

/** Takes a database away, whoever is connected to it. */
export async function dropDatabase(cluster: Cluster, url: string): Promise<void> {
  await runOn(cluster, `DROP DATABASE ${databaseOf(url)} WITH (FORCE)`)
}

export const databaseOf = (url: string): string => new URL(url).pathname.slice(1)

/** A database with central's tables, made once and copied for each test. */
async function centralTemplate(cluster: Cluster): Promise<string> {
  const url = await freshDatabase(cluster)
  await (await openPostgres(url, { connections: 1 })).close()
  return databaseOf(url)
}

export interface PostgresOfFile {
  /** Central on a fresh database of this test's own; closed when the test ends. */
  central(): Promise<CentralDb & { url: string }>
  cluster(): Cluster
}

/** One cluster for all tests of a file, started before the first of them and ended after the last. */
export function postgresForFile(settings: Record<string, string> = {}): PostgresOfFile {
  let started: Cluster | undefined
  let template = ''
  beforeAll(async () => {
    if (!hasPostgres) return
    started = await startCluster(settings)
    template = await centralTemplate(started)
  })
  afterAll(async () => {
    if (started) await stopCluster(started)
  })
  const cluster = (): Cluster => {
    if (!started) throw new Error('There is no cluster: use itOnPostgres')
    return started
  }
  return {
    cluster,
    central: async () => {
      const url = await freshDatabase(cluster(), template)
      const db = await openPostgres(url, { connections: 4 })
      onTestFinished(() => db.close())
      return { ...db, url }
    },
  }
}

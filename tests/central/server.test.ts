/** Central behind a socket: where it listens, and clients that are slow, cut off or too talkative. */

import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { get } from 'node:https'
import { connect } from 'node:net'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pino from 'pino'
import { expect, it, onTestFinished } from 'vitest'
import { keptKeyOf } from '../../central/city/signing-key.ts'
import { makeApp } from '../../central/http/app.ts'
import { type Listening, listen, UnsafeListening } from '../../central/http/server.ts'
import { centralSettings } from '../../central/settings.ts'
import { openMemory } from '../../db/central/open.ts'
import { openCounter } from '../support/central/central-shop.ts'
import { CENTRAL_OWN } from '../support/central/till-journal.ts'
import { freshDir } from '../support/data-folder.ts'
import { lineOf, startNode } from '../support/run/child.ts'

async function app() {
  const db = await openMemory()
  onTestFinished(() => db.close())
  return makeApp({ key: CENTRAL_OWN, db, clock: () => 0, log: pino({ level: 'silent' }) })
}

async function listening(options: Partial<Parameters<typeof listen>[1]> = {}): Promise<Listening> {
  const server = await listen(await app(), { host: '127.0.0.1', port: 0, ...options })
  onTestFinished(() => server.close())
  return server
}

it('beyond this machine central listens only with TLS', async () => {
  await expect(listen(await app(), { host: '0.0.0.0', port: 0 })).rejects.toThrow(UnsafeListening)
  const dir = freshDir()
  const [certificate, key] = [join(dir, 'c.pem'), join(dir, 'k.pem')]
  const made = spawnSync('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'],
    ...['-subj', '/CN=localhost', '-keyout', key, '-out', certificate],
  ])
  expect(made.status).toBe(0)
  const server = await listening({ host: '0.0.0.0', tls: { certificate, key } })
  expect(server.address).toMatch(/^https:/)
  const status = await new Promise((resolve, reject) => {
    const asked = { port: new URL(server.address).port, path: '/v1/health', ca: readFileSync(certificate) }
    get({ host: 'localhost', ...asked }, answer => resolve(answer.resume().statusCode)).on('error', reject)
  })
  expect(status).toBe(200)
})

it('a client that says nothing, or stops in the middle, keeps nobody waiting', async () => {
  const server = await listening()
  const { hostname, port } = new URL(server.address)
  const slow = [1, 2, 3].map(() => connect(Number.parseInt(port, 10), hostname))
  for (const socket of slow) {
    socket.on('error', () => undefined)
    socket.write('POST /v1/push HTTP/1.1\r\nhost: x\r\ncontent-length: 900\r\n\r\n{"rows"')
  }
  const health = await fetch(`${server.address}/v1/health`)
  expect(await health.json()).toMatchObject({ ok: true })
  for (const socket of slow) socket.destroy()
  expect((await fetch(`${server.address}/v1/health`)).status).toBe(200)
})

it('headers without end are refused by the socket', async () => {
  const server = await listening()
  const answer = await fetch(`${server.address}/v1/health`, { headers: { 'x-long': 'x'.repeat(40_000) } })
  expect(answer.status).toBe(431)
})

it('options that make no sense are said, and none listens beyond this machine by itself', () => {
  expect(centralSettings([], {})).toMatchObject({ host: '127.0.0.1', tls: undefined, databaseUrl: undefined })
  expect(centralSettings(['--port', '0'], { DATABASE_URL: 'postgres://x' })).toMatchObject({
    port: 0,
    databaseUrl: 'postgres://x',
  })
  // The same folder, and the same key in it, from wherever the program is called.
  expect(centralSettings([], {}).dataDir).toBe(fileURLToPath(new URL('../../central-data', import.meta.url)))
  for (const bad of [['--port', 'x'], ['--tls-key', 'k.pem'], ['--nothing']])
    expect(() => centralSettings(bad, {})).toThrow()
})

async function memory() {
  const db = await openMemory()
  onTestFinished(() => db.close())
  return db
}

it('no other key is made while tills know central by the one that is gone', async () => {
  const db = await openMemory()
  onTestFinished(() => db.close())
  const path = join(freshDir(), 'signing.key')
  const { publicKey } = await keptKeyOf(db, path)
  await openCounter(db)
  expect(await keptKeyOf(db, path)).toMatchObject({ publicKey })
  rmSync(path)
  await expect(keptKeyOf(db, path)).rejects.toThrow(/is missing, and tills know central by/)
  expect(existsSync(path)).toBe(false)
  const other = join(freshDir(), 'signing.key')
  await keptKeyOf(await memory(), other)
  await expect(keptKeyOf(db, other)).rejects.toThrow(/another key than the one by which tills know/)
})

it('another key is taken as long as no till knows central by one', async () => {
  const db = await memory()
  const [first, second] = ['1', '2'].map(name => join(freshDir(), name))
  const { publicKey } = await keptKeyOf(db, first ?? '')
  expect((await keptKeyOf(db, second ?? '')).publicKey).not.toBe(publicKey)
})

it('two that begin at one moment have one key, and what is a link to nowhere is no key', async () => {
  const db = await openMemory()
  onTestFinished(() => db.close())
  const path = join(freshDir(), 'signing.key')
  const go = join(freshDir(), 'go')
  const makers = [1, 2, 3].map(() => startNode('tests/central/key-maker.ts', [path, go]))
  await Promise.all(makers.map(maker => lineOf(maker, /ready/)))
  writeFileSync(go, '')
  const keys = await Promise.all(makers.map(async maker => (await lineOf(maker, /key (.*)/))[1]))
  expect(new Set(keys).size).toBe(1)
  expect(await keptKeyOf(db, path)).toMatchObject({ publicKey: keys[0] })
  expect(readdirSync(dirname(path))).toEqual(['signing.key'])
  const link = join(freshDir(), 'signing.key')
  symlinkSync('nowhere', link)
  await expect(keptKeyOf(db, link)).rejects.toThrow(/no file with a key/)
  const pipe = join(freshDir(), 'signing.key')
  spawnSync('mkfifo', ['-m', '600', pipe])
  await expect(keptKeyOf(db, pipe)).rejects.toThrow(/no file with a key/)
})

it('without a database central runs as a demonstration, says so, and locks its folder', {
  timeout: 60_000,
}, async () => {
  const data = join(freshDir(), 'data')
  const first = startNode('central/main.ts', ['--port', '0', '--data', data])
  const [, address = ''] = await lineOf(first, /listens on (\S+)/)
  expect(await (await fetch(`${address}/v1/health`)).json()).toMatchObject({ ok: true, demonstration: true })
  expect(await (await fetch(`${address}/`)).text()).toContain('Not for money')
  const second = startNode('central/main.ts', ['--port', '0', '--data', data])
  await expect(lineOf(second, /listens on (\S+)/)).rejects.toThrow(/data/)
  const gone = new Promise(done => first.once('exit', done))
  first.kill('SIGTERM')
  expect(await gone).toBe(0)
})

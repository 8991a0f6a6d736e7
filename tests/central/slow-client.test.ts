/** Clients that are slow, half-dead, or very many: central lets them go in words, and keeps answering everybody else. */

import { spawnSync } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import pino from 'pino'
import { expect, it, onTestFinished } from 'vitest'
import { makeCode } from '../../central/city/enrolment-codes.ts'
import { type CentralApp, makeApp } from '../../central/http/app.ts'
import { limitAddresses, listen, type SocketLimits } from '../../central/http/server.ts'
import { openMemory } from '../../db/central/open.ts'
import { CENTRAL_OWN } from '../support/central/till-journal.ts'
import { freshDir } from '../support/data-folder.ts'

/** Short enough for a test, and apart from each other, so that each is seen to act by itself. */
const QUICK = { headersTimeout: 200, requestTimeout: 600, connectionsCheckingInterval: 50 }
const NEVER = 60_000

interface Desk {
  port: number
  address: string
  /** Codes that were logged. */
  logged: string[]
}

async function central(
  limits: Partial<SocketLimits>,
  of?: (app: CentralApp) => CentralApp,
  tls?: { certificate: string; key: string },
): Promise<Desk> {
  const db = await openMemory()
  const logged: string[] = []
  const log = pino({}, { write: (line: string) => logged.push(String(JSON.parse(line).code ?? line)) })
  const app = makeApp({ key: CENTRAL_OWN, db, clock: () => 0, log })
  await makeCode(db, { nowMs: 0, bytes: new Uint8Array(12), note: '' })
  const server = await listen(of?.(app) ?? app, { host: '127.0.0.1', port: 0, log, limits, tls })
  onTestFinished(async () => {
    await server.close()
    await db.close()
  })
  const { port } = new URL(server.address)
  return { port: Number.parseInt(port, 10), address: server.address, logged }
}

interface Line {
  socket: Socket
  /** What came until the other side ended the connection, and after how many milliseconds that was. */
  ended: Promise<{ said: string; afterMs: number }>
}

function line(port: number): Line {
  const socket = connect(port, '127.0.0.1')
  const startedAt = performance.now()
  let said = ''
  socket.on('data', part => {
    said += part.toString()
  })
  socket.on('error', () => undefined)
  onTestFinished(() => {
    socket.destroy()
  })
  return {
    socket,
    ended: new Promise(done => {
      socket.once('close', () => done({ said, afterMs: performance.now() - startedAt }))
    }),
  }
}

/** Sends a byte at a time, as somebody does who wants to keep a connection for ever. */
function dribble(socket: Socket, text: string, everyMs = 20): void {
  let at = 0
  const timer = setInterval(() => {
    if (at >= text.length || socket.destroyed) clearInterval(timer)
    else socket.write(text[at++] ?? '')
  }, everyMs)
  onTestFinished(() => clearInterval(timer))
}

const isWell = async ({ address }: Desk): Promise<boolean> =>
  (await fetch(`${address}/v1/health`)).status === 200

const codeIn = (said: string): unknown => JSON.parse(said.slice(said.indexOf('\r\n\r\n'))).code

const HALF =
  'POST /v1/enrol HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 900\r\n\r\n{'

it('headers that dribble in are cut off in words when their time is over', async () => {
  const desk = await central({ ...QUICK, requestTimeout: NEVER })
  const { socket, ended } = line(desk.port)
  dribble(socket, `GET /v1/health HTTP/1.1\r\nx-slow: ${'x'.repeat(10_000)}`)
  const { said, afterMs } = await ended
  expect(said).toMatch(/^HTTP\/1\.1 408 .*\r\ncontent-type: application\/problem\+json/)
  expect(codeIn(said)).toBe('TOO_SLOW')
  expect(afterMs).toBeGreaterThanOrEqual(QUICK.headersTimeout)
  expect(desk.logged).toEqual(['TOO_SLOW'])
  expect(await isWell(desk)).toBe(true)
})

it('a body that dribbles in is cut off when the time of the whole request is over, not before', async () => {
  const desk = await central(QUICK)
  const { socket, ended } = line(desk.port)
  socket.write(HALF)
  dribble(socket, ' '.repeat(899))
  const { said, afterMs } = await ended
  expect(codeIn(said)).toBe('TOO_SLOW')
  expect(afterMs).toBeGreaterThanOrEqual(QUICK.requestTimeout)
  expect(desk.logged.sort()).toEqual(['BODY_INCOMPLETE', 'TOO_SLOW'])
  expect(await isWell(desk)).toBe(true)
})

it('nobody is cut off who is within the time, and who looks only seldom cuts off later', async () => {
  const desk = await central({ ...QUICK, connectionsCheckingInterval: 1_500 })
  const { socket, ended } = line(desk.port)
  socket.write('GET /v1/health HT')
  const { afterMs } = await ended
  // Long over its time, it stands until somebody looks.
  expect(afterMs).toBeGreaterThan(QUICK.headersTimeout + 600)
  const quick = line(desk.port)
  dribble(quick.socket, 'GET /v1/health HTTP/1.1\r\nconnection: close\r\n\r\n', 2)
  expect((await quick.ended).said).toMatch(/^HTTP\/1\.1 200/)
})

it('a client that goes away in the middle of its body is no fault of central', async () => {
  const desk = await central({})
  const { socket, ended } = line(desk.port)
  socket.write(HALF, () => socket.destroy())
  await ended
  await expect.poll(() => desk.logged).toEqual(['BODY_INCOMPLETE'])
  expect(await isWell(desk)).toBe(true)
})

it('a client that does not read its answer is let go', async () => {
  const long = 'x'.repeat(30_000_000)
  const desk = await central({ idleTimeout: 300 }, app => ({
    fetch: request =>
      request.url.endsWith('/long') ? Promise.resolve(new Response(long)) : app.fetch(request),
  }))
  const { socket, ended } = line(desk.port)
  socket.pause()
  socket.write('GET /long HTTP/1.1\r\nhost: x\r\n\r\n')
  await expect.poll(() => desk.logged, { timeout: 5_000 }).toEqual(['ANSWER_NOT_READ'])
  socket.resume()
  expect((await ended).said.length).toBeLessThan(long.length)
  expect(await isWell(desk)).toBe(true)
})

it('what is no HTTP, or has headers without end, is answered in words', async () => {
  const desk = await central({})
  const bad: [code: string, status: number, text: string][] = [
    ['MALFORMED', 400, '\u0016\u0003\u0001 hello\r\n\r\n'],
    ['MALFORMED', 400, 'GET /v1/health HTTP/9.9\r\n\r\n'],
    ['MALFORMED', 400, 'GET /v1/health HTTP/1.1\r\nhost: a b c\r\n\r\n'],
    [
      'MALFORMED',
      400,
      'POST /v1/enrol HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n',
    ],
    ['MALFORMED', 400, 'POST /v1/enrol HTTP/1.1\r\nhost: x\r\ncontent-length: -5\r\n\r\n'],
    ['HEADERS_TOO_LARGE', 431, `GET / HTTP/1.1\r\nhost: x\r\nx-long: ${'x'.repeat(40_000)}\r\n\r\n`],
    ['NOT_FOUND', 404, 'GET /v1/../etc/passwd HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n'],
  ]
  for (const [code, status, text] of bad) {
    const { socket, ended } = line(desk.port)
    socket.end(text)
    const { said } = await ended
    expect([said.slice(9, 12), codeIn(said), said.includes('application/problem+json')], text).toEqual([
      `${status}`,
      code,
      true,
    ])
  }
  expect(desk.logged).toEqual(bad.map(([code]) => code))
  expect(await isWell(desk)).toBe(true)
})

it('hundreds of half-open connections keep nobody waiting, and are gone when their time is over', async () => {
  const desk = await central({ ...QUICK, headersTimeout: 800, requestTimeout: 800 })
  const many = Array.from({ length: 300 }, () => line(desk.port))
  for (const { socket } of many) socket.write('GET /v1/health HTTP/1.1\r\nx: ')
  const asked = await Promise.all(Array.from({ length: 20 }, () => isWell(desk)))
  expect(asked).toEqual(Array.from({ length: 20 }, () => true))
  const ends = await Promise.all(many.map(({ ended }) => ended))
  expect(ends.map(({ said }) => codeIn(said))).toEqual(many.map(() => 'TOO_SLOW'))
})

it('a client that does not finish the handshake of TLS, or speaks without it, is let go', async () => {
  const dir = freshDir()
  const tls = { certificate: join(dir, 'c.pem'), key: join(dir, 'k.pem') }
  const made = spawnSync('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'],
    ...['-subj', '/CN=localhost', '-keyout', tls.key, '-out', tls.certificate],
  ])
  expect(made.status).toBe(0)
  const desk = await central(QUICK, undefined, tls)
  const [silent, plain] = [line(desk.port), line(desk.port)]
  plain.socket.write('GET /v1/health HTTP/1.1\r\nhost: x\r\n\r\n')
  expect((await plain.ended).said).not.toContain('health')
  expect((await silent.ended).afterMs).toBeGreaterThanOrEqual(QUICK.headersTimeout)
  expect(desk.logged).toHaveLength(2)
})

it('beyond its places central turns connections away, and takes others when there are places again', async () => {
  const desk = await central({ connections: 5, headersTimeout: NEVER })
  const first = Array.from({ length: 5 }, () => line(desk.port))
  await Promise.all(first.map(({ socket }) => new Promise(done => socket.write('GET / HT', done))))
  await expect.poll(() => line(desk.port).ended.then(({ said }) => said)).toBe('')
  expect(new Set(desk.logged)).toEqual(new Set(['BUSY']))
  for (const { socket } of first) socket.destroy()
  await expect.poll(() => isWell(desk).catch(() => false)).toBe(true)
})

it.each([
  ['of whoever has no key is refused before any of its body is there', '/v1/push', 'SIGNATURE_MISSING'],
  ['of whoever enrols takes no place from anybody', '/v1/enrol', undefined],
])('half a request %s', async (_what, path, code) => {
  const desk = await central({})
  const half = HALF.replace('/v1/enrol', path)
  const lines = Array.from({ length: 80 }, () => line(desk.port))
  for (const { socket } of lines) socket.write(half)
  if (code === undefined) await new Promise(done => setTimeout(done, 200))
  else
    for (const { socket } of lines)
      await new Promise<void>(done => {
        socket.once('data', part => {
          expect(codeIn(part.toString())).toBe(code)
          done()
        })
      })
  expect(await isWell(desk)).toBe(true)
})

it('nobody has more than their share of the places, and whoever goes makes room', () => {
  const server = new EventEmitter() as unknown as Parameters<typeof limitAddresses>[0]
  limitAddresses(server, 2, { warn: () => undefined })
  const come = (remoteAddress: string) => {
    const socket = Object.assign(new EventEmitter(), { remoteAddress, isGone: false })
    const open = Object.assign(socket, {
      destroy: () => Object.assign(socket, { isGone: true }).emit('close'),
    })
    server.emit('connection', open)
    return open
  }
  const [one, two, three] = [1, 2, 3].map(() => come('192.0.2.7'))
  expect([one?.isGone, two?.isGone, three?.isGone]).toEqual([false, false, true])
  expect(come('192.0.2.8').isGone).toBe(false)
  one?.destroy()
  expect(come('192.0.2.7').isGone).toBe(false)
  expect(come('192.0.2.7').isGone).toBe(true)
  // One line has 2 ** 64 addresses of IPv6.
  const ofOneLine = ['2001:db8::1', '2001:db8:0:0:ffff::2', '2001:db8::a:b:c:d'].map(
    from => come(from).isGone,
  )
  expect(ofOneLine).toEqual([false, false, true])
  expect(come('2001:db8:0:1::1').isGone).toBe(false)
  // A gateway on this machine speaks for everybody.
  expect([1, 2, 3, 4].map(() => come('127.0.0.1').isGone)).toEqual([false, false, false, false])
})

it('what a stranger sends packed unpacks to no more than they may send', async () => {
  const { address } = await central({})
  const body = Uint8Array.from(gzipSync(JSON.stringify({ code: ' '.repeat(100_000) })))
  const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' }
  const answer = await fetch(`${address}/v1/enrol`, { method: 'POST', headers, body })
  expect(answer.status).toBe(413)
})

it('a monitor that asks with HEAD is told no fault', async () => {
  const { address } = await central({})
  const answer = await fetch(`${address}/v1/health`, { method: 'HEAD' })
  expect(answer.status).toBeLessThan(500)
  expect(await answer.text()).toBe('')
})

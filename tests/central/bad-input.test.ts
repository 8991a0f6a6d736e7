/** Bad input at central's HTTP interface: texts that break other programs in every field, and bodies that lie about themselves. */

import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { sql } from 'kysely'
import pino from 'pino'
import { expect, it, onTestFinished } from 'vitest'
import { makeCode } from '../../central/city/enrolment-codes.ts'
import { type AppLimits, makeApp } from '../../central/http/app.ts'
import { isPublicKey } from '../../central/http/request-signature.ts'
import { listen } from '../../central/http/server.ts'
import type { CentralDb } from '../../db/central/connection.ts'
import { openLedgerReadOnly } from '../../db/ledger/till.ts'
import { PROTOCOL, type PushedRow } from '../../shared/central/protocol.ts'
import { canonical } from '../../shared/ledger/canonical.ts'
import { id, OTHER_TILL, TILL } from '../support/central/central-shop.ts'
import { itOnPostgres, postgresForFile } from '../support/central/postgres.ts'
import {
  type Ask,
  enrolRequest,
  newTillKey,
  ORIGIN,
  SIGNED_MS,
  signedRequest,
  type TillKey,
} from '../support/central/signed.ts'
import {
  accepts,
  chained,
  sentOf,
  spoilt,
  spoiltWords,
  textPlaces,
  withText,
} from '../support/central/spoilt-journal.ts'
import { CENTRAL_OWN, lineIn, rangesOf } from '../support/central/till-journal.ts'
import { fullDay } from '../support/full-day.ts'
import { fixturePath, isFixtureMissing } from '../support/run/fixtures.ts'
import { openTestTill } from '../support/till.ts'

const postgres = postgresForFile()
const CODE_BYTES = Uint8Array.from({ length: 12 }, (_, index) => index * 13)

interface Desk {
  db: CentralDb
  key: TillKey
  code: string
  /** Every line that was logged. */
  log: string[]
  ask(request: Request): Promise<{ status: number; code: unknown; type: string }>
  signed(ask: Omit<Ask, 'key' | 'tillId'>, tillId?: string): Request
}

async function central(limits: Partial<AppLimits> = {}): Promise<Desk & { app: ReturnType<typeof makeApp> }> {
  const db = await postgres.central()
  const log: string[] = []
  const app = makeApp({
    key: CENTRAL_OWN,
    db,
    clock: () => SIGNED_MS,
    limits,
    log: pino({}, { write: (line: string) => log.push(line) }),
  })
  const code = await makeCode(db, { nowMs: SIGNED_MS, bytes: CODE_BYTES, note: '' })
  const key = newTillKey()
  const ask: Desk['ask'] = async request => {
    const response = await app.fetch(request)
    const text = await response.text()
    const body: unknown = text === '' ? null : JSON.parse(text)
    const said = typeof body === 'object' && body !== null && 'code' in body ? body.code : undefined
    return { status: response.status, code: said, type: response.headers.get('content-type') ?? '' }
  }
  const enrolment = {
    protocol: PROTOCOL,
    code,
    tillId: TILL,
    tillCode: 'W1',
    address: ORIGIN,
    publicKey: key.publicKey,
  }
  expect((await ask(enrolRequest(enrolment, key))).status).toBe(200)
  const signed: Desk['signed'] = (asked, tillId = TILL) => signedRequest({ ...asked, key, tillId })
  return { db, app, key, code, log, ask, signed }
}

const posted = (path: string, body: object): Request =>
  new Request(ORIGIN + path, { method: 'POST', body: JSON.stringify(body) })

const SQL = [
  `'; DROP TABLE journal; --`,
  `' OR '1'='1`,
  `"; DELETE FROM receipt; --`,
  `\\'; SELECT pg_sleep(60); --`,
  `1); TRUNCATE account; --`,
  `$$; DROP TABLE posting; $$`,
  `%s %n {{7*7}} \${7*7} <script>alert(1)</script>`,
  `E'\\x00' || chr(0)`,
  '\u0000NUL\u0000',
  '\u202eright to left\u202c',
  '\ufeff\ufffe\uffff',
  '=cmd|calc!A0',
  'null',
  '-1',
  '9007199254740993',
]

const FIXTURE = 'bad-input/naughty-strings.json'

/** Those of this file, and the third party's where they are. */
function texts(): string[] {
  if (isFixtureMissing(FIXTURE)) return SQL
  const { strings } = JSON.parse(readFileSync(fixturePath(FIXTURE), 'utf8')) as { strings: string[] }
  return [...SQL, ...strings.filter(text => text !== '')]
}

async function dayOf(): Promise<PushedRow[]> {
  const till = await openTestTill()
  await fullDay(till)
  const ledger = openLedgerReadOnly(till.dataDir)
  const rows = rangesOf(ledger, 1_000).flatMap(range => range.rows)
  ledger.close()
  return rows
}

const countOf = async (db: CentralDb, table: string): Promise<number> => {
  const { rows } = await sql<{ count: number }>`SELECT count(*) AS count FROM ${sql.table(table)}`.execute(
    db.kysely,
  )
  return rows[0]?.count ?? -1
}

itOnPostgres(
  'bad texts in every field of every fact are kept as they are, and nothing else',
  { timeout: 120_000 },
  async () => {
    const desk = await central()
    const day = await dayOf()
    const all = texts()
    let at = 0
    let pushed = 0
    const tills = Math.ceil(all.length / 60)
    for (let till = 1; till <= tills; till += 1) {
      const tillId = id('bad0', till)
      await enrolAs(desk, tillId, till)
      const next = (): string => all[at++ % all.length] ?? ''
      const rows = day.map(row => {
        const line = lineIn(row)
        return { line: { ...line, body: spoilt(line, next) }, texts: spoiltWords(row.text, next) }
      })
      const range = chained(rows, tillId)
      for (let first = 0; first < range.rows.length; first += 200) {
        const part = { ...range, rows: range.rows.slice(first, first + 200) }
        const answer = await desk.ask(desk.signed({ method: 'POST', path: '/v1/push', body: part }, tillId))
        expect(answer, JSON.stringify(part.rows.map(row => lineIn(row).kind))).toMatchObject({ status: 200 })
      }
      pushed += rows.length
      // What was bad is in the tables, and not only in the journal.
      expect(
        rows.filter(({ line }, index) => line.body !== day.map(lineIn)[index]?.body).length,
      ).toBeGreaterThan(rows.length / 2)
    }
    expect(at).toBeGreaterThan(all.length)
    expect(await countOf(desk.db, 'journal')).toBe(pushed)
    expect(await countOf(desk.db, 'receipt')).toBe(
      tills * day.filter(row => lineIn(row).kind === 'receipt.posted').length,
    )
    expect(desk.log).toEqual([])
  },
)

/** Another till with the same key: only its id matters here. */
async function enrolAs(desk: Desk, tillId: string, no: number): Promise<void> {
  const code = await makeCode(desk.db, {
    nowMs: SIGNED_MS,
    bytes: CODE_BYTES.map(byte => byte + no),
    note: '',
  })
  const body = {
    protocol: PROTOCOL,
    code,
    tillId,
    tillCode: `B${no}`,
    address: ORIGIN,
    publicKey: desk.key.publicKey,
  }
  expect((await desk.ask(enrolRequest(body, desk.key))).status).toBe(200)
}

itOnPostgres(
  'a bad text where an id, a day or a hash belongs is refused in words',
  { timeout: 120_000 },
  async () => {
    const desk = await central()
    const day = await dayOf()
    const seen = new Set<string>()
    let asked = 0
    for (const row of day) {
      const { kind, body: given } = lineIn(row)
      const body: unknown = JSON.parse(given)
      for (const place of textPlaces(body)) {
        const name = `${kind} ${place.filter(part => typeof part === 'string').join('.')}`
        const changed = withText(body, place, SQL[0] ?? '')
        if (seen.has(name) || accepts(kind, changed)) continue
        seen.add(name)
        const range = chained([{ ...sentOf(row), line: { ...lineIn(row), body: canonical(changed) } }], TILL)
        const answer = await desk.ask(desk.signed({ method: 'POST', path: '/v1/push', body: range }))
        expect([answer.status, answer.code, answer.type], name).toEqual([
          422,
          'CHAIN_BROKEN',
          'application/problem+json',
        ])
        asked += 1
      }
    }
    expect(asked).toBeGreaterThan(50)
    expect(desk.log).toHaveLength(asked)
    expect(await countOf(desk.db, 'journal')).toBe(0)
  },
)

itOnPostgres(
  'bad texts around the facts, in addresses and in headers change nothing',
  { timeout: 120_000 },
  async () => {
    const desk = await central()
    const [row] = await dayOf()
    if (!row) throw new Error('The day is empty')
    const good = chained([sentOf(row)], TILL)
    const requests = SQL.flatMap(text => [
      ...['tillId', 'protocol', 'rows'].map(name => push(desk, { ...good, [name]: text })),
      ...Object.keys(row).map(name => push(desk, { ...good, rows: [{ ...good.rows[0], [name]: text }] })),
      ...['code', 'tillId', 'tillCode', 'publicKey', 'protocol'].map(name => {
        const body = {
          protocol: PROTOCOL,
          code: 'AAAA-BBBB-CCCC',
          tillId: OTHER_TILL,
          tillCode: 'W2',
          address: ORIGIN,
        }
        return posted('/v1/enrol', { ...body, publicKey: desk.key.publicKey, [name]: text })
      }),
      ...[
        'accounts?cursor',
        'accounts?limit',
        'receipts?cursor',
        'sessions?businessDate',
        'city?version',
        'city?digest',
      ].map(path => desk.signed({ path: `/v1/${path}=${encodeURIComponent(text)}` })),
      ...withHeaders(desk, text),
    ])
    const statuses = new Map<number, number>()
    for (const request of requests) {
      const { status, type } = await desk.ask(request)
      expect(status, request.url).toBeLessThan(500)
      if (status >= 400) expect(type).toBe('application/problem+json')
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
    }
    const refused = [...statuses]
      .filter(([status]) => status >= 400)
      .reduce((all, [, times]) => all + times, 0)
    expect(refused).toBeGreaterThan(SQL.length * 17)
    expect(desk.log).toHaveLength(refused)
    expect([await countOf(desk.db, 'enrolled_till'), await countOf(desk.db, 'journal')]).toEqual([1, 0])
    expect((await desk.ask(push(desk, good))).status).toBe(200)
  },
)

const push = (desk: Desk, body: object): Request => desk.signed({ method: 'POST', path: '/v1/push', body })

/** As far as a header can hold the text at all. */
function withHeaders(desk: Desk, text: string): Request[] {
  const plain = text.replace(/[^\x20-\x7e]/g, '?')
  return ['signature-input', 'signature', 'content-digest', 'content-encoding'].map(name => {
    const request = desk.signed({ method: 'POST', path: '/v1/push', body: {} })
    request.headers.set(name, plain)
    return request
  })
}

itOnPostgres('what one till signed is worth nothing in the hands of another', async () => {
  const desk = await central()
  const other = newTillKey()
  const [row] = await dayOf()
  if (!row) throw new Error('The day is empty')
  const range = chained([sentOf(row)], TILL)
  const own = push(desk, range)
  const stolen = new Request(own.clone(), { headers: new Headers(own.headers) })
  const input = own.headers.get('signature-input') ?? ''
  stolen.headers.set('signature-input', input.replace(TILL, OTHER_TILL))
  expect((await desk.ask(stolen)).code).toBe('NOT_ENROLLED')
  const code = await makeCode(desk.db, {
    nowMs: SIGNED_MS,
    bytes: CODE_BYTES.map(byte => byte + 1),
    note: '',
  })
  const second = {
    protocol: PROTOCOL,
    code,
    tillId: OTHER_TILL,
    tillCode: 'W2',
    address: ORIGIN,
    publicKey: other.publicKey,
  }
  expect((await desk.ask(enrolRequest(second, other))).status).toBe(200)
  const again = new Request(own.clone(), { headers: new Headers(own.headers) })
  again.headers.set('signature-input', input.replace(TILL, OTHER_TILL))
  expect((await desk.ask(again)).code).toBe('SIGNATURE_WRONG')
  const resigned = signedRequest({
    method: 'POST',
    path: '/v1/push',
    body: range,
    key: other,
    tillId: OTHER_TILL,
  })
  expect((await desk.ask(resigned)).code).toBe('ANOTHER_TILL')
  expect(await countOf(desk.db, 'journal')).toBe(0)
  expect((await desk.ask(own)).status).toBe(200)
})

itOnPostgres('the log of refusals holds neither keys nor codes nor what was sent', async () => {
  const desk = await central()
  const secret = 'Mrs Secretive, 9 Elm'
  const wrong = newTillKey()
  const enrolment = {
    protocol: PROTOCOL,
    code: desk.code,
    tillId: OTHER_TILL,
    tillCode: 'W2',
    address: ORIGIN,
    publicKey: wrong.publicKey,
  }
  const bad = [
    enrolRequest(enrolment, wrong),
    enrolRequest({ ...enrolment, code: 'QQQQ-RRRR-SSSS' }, wrong),
    posted('/v1/enrol', { ...enrolment, publicKey: secret }),
    push(desk, { protocol: 9, secret }),
    push(desk, { rows: secret }),
    signedRequest({ method: 'POST', path: '/v1/push', body: { secret }, key: wrong, tillId: TILL }),
    new Request(`${ORIGIN}/v1/position`),
  ]
  const signatures = bad.map(request => request.headers.get('signature') ?? 'none given')
  for (const request of bad) expect((await desk.ask(request)).status).toBeGreaterThanOrEqual(400)
  expect(desk.log).toHaveLength(bad.length)
  const said = desk.log.join('')
  for (const kept of [desk.code, 'QQQQ', desk.key.publicKey, wrong.publicKey, secret, ...signatures])
    expect(said).not.toContain(kept)
})

itOnPostgres(
  'bodies that are too long, or lie about their length, are refused over a real connection',
  async () => {
    const desk = await central({ packedBytes: 50_000, bodyBytes: 200_000 })
    const server = await listen(desk.app, { host: '127.0.0.1', port: 0 })
    onTestFinished(() => server.close())
    const port = Number.parseInt(new URL(server.address).port, 10)
    const long = 'x'.repeat(100_000)
    const chunks = `${long.length.toString(16)}\r\n${long}\r\n`.repeat(20)
    const head = 'POST /v1/enrol HTTP/1.1\r\nhost: x\r\nconnection: close\r\n'
    const bad: [code: string, text: string][] = [
      ['BODY_TOO_LARGE', `${head}content-length: 2000000\r\n\r\n${'x'.repeat(2_000_000)}`],
      ['BODY_TOO_LARGE', `${head}content-length: 99999999999\r\n\r\n{}`],
      ['BODY_TOO_LARGE', `${head}transfer-encoding: chunked\r\n\r\n${chunks}0\r\n\r\n`],
      ['MALFORMED', `${head}content-length: 2\r\n\r\n{"more":"than said"}`],
      ['MALFORMED', `${head}transfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n`],
    ]
    for (const [code, text] of bad)
      expect(await sent(port, Buffer.from(text)), text.slice(0, 120)).toContain(`"code":"${code}"`)
    const bomb = gzipSync(Buffer.alloc(20_000_000))
    expect(bomb.length).toBeLessThan(50_000)
    const packed = `${head}content-encoding: gzip\r\ncontent-length: ${bomb.length}\r\n\r\n`
    expect(await sent(port, Buffer.concat([Buffer.from(packed), bomb]))).toContain('"code":"BODY_TOO_LARGE"')
    expect((await fetch(`${server.address}/v1/health`)).status).toBe(200)
  },
)

/** Everything that comes back until the other side ends the connection. */
function sent(port: number, bytes: Buffer): Promise<string> {
  return new Promise(done => {
    const socket = connect(port, '127.0.0.1')
    let said = ''
    socket.on('data', part => {
      said += part.toString()
    })
    socket.on('error', () => undefined)
    socket.on('close', () => done(said))
    socket.write(bytes)
  })
}

it.each([
  ['of zeros', Buffer.alloc(32)],
  ['of one', Buffer.from([1, ...Array(31).fill(0)])],
  ['of minus one', Buffer.from([0xec, ...Array(30).fill(0xff), 0x7f])],
  ['of minus one, with its sign', Buffer.from([0xec, ...Array(30).fill(0xff), 0xff])],
])('a key %s, for which anybody can sign, enrols nobody', (_what, bytes) => {
  expect(isPublicKey(bytes.toString('base64'))).toBe(false)
  expect(isPublicKey(newTillKey().publicKey)).toBe(true)
})

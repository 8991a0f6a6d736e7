/** Central's HTTP API: what a till may ask, and everything that is refused, logged, and changes nothing. */

import { gzipSync } from 'node:zlib'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import pino from 'pino'
import { expect } from 'vitest'
import { revoke } from '../../central/city/enrol.ts'
import { type AppLimits, makeApp } from '../../central/http/app.ts'
import { positionOf } from '../../central/journal/position.ts'
import type { CentralTables } from '../../db/central/schema.ts'
import { PROTOCOL } from '../../shared/central/protocol.ts'
import { TO_ENROL } from '../../shared/central/signature.ts'
import { journalLine } from '../../shared/ledger/chain.ts'
import { knownVersions } from '../../shared/ledger/facts.ts'
import { Counter, OTHER_TILL, TILL, water } from '../support/central/central-shop.ts'
import { enrolled, enrolment, httpCentral, NOW_MS, written } from '../support/central/http-central.ts'
import { itOnPostgres, postgresForFile } from '../support/central/postgres.ts'
import { type Ask, newTillKey, ORIGIN, signedRequest } from '../support/central/signed.ts'
import { CENTRAL_OWN, lineIn, linkOf } from '../support/central/till-journal.ts'

const postgres = postgresForFile()

const central = async (limits: Partial<AppLimits> = {}) => httpCentral(await postgres.central(), limits)

itOnPostgres('a till enrols, pushes, and hears what became of it', async () => {
  const on = await central()
  const key = await enrolled(on)
  const ask = (request: Omit<Ask, 'key' | 'tillId'>) =>
    on.ask(signedRequest({ ...request, key, tillId: TILL }))
  expect((await on.ask(new Request(`${ORIGIN}/v1/health`))).body).toEqual({
    ok: true,
    protocols: [PROTOCOL],
    demonstration: false,
  })
  const nothing = { epoch: 0, seq: 0, hash: '' }
  expect((await ask({ path: '/v1/position' })).body).toEqual({
    position: nothing,
    alarms: 0,
    kinds: knownVersions(),
  })
  const range = written().pen.take()
  const { position } = await ask({ method: 'POST', path: '/v1/push', body: range }).then(({ body }) => body)
  expect(position).toEqual(range.rows.map(linkOf).at(-1))
  const states = (await ask({ path: '/v1/receipts' })).body
  expect(states).toMatchObject({ done: true, states: [{ state: 'posted', reference: 'P1-1' }] })
  expect((await ask({ path: `/v1/receipts?cursor=${states.cursor}` })).body).toMatchObject({ states: [] })
  const accounts = (await ask({ path: '/v1/accounts?limit=5' })).body
  expect(accounts).toMatchObject({ done: true, accounts: [{ items: [{ openCents: 3_000 }, {}] }] })
  expect((await ask({ path: '/v1/sessions?businessDate=2026-11-20' })).body).toEqual([])
  expect((await ask({ path: '/v1/city' })).body).toBeNull()
  expect(on.refusals).toEqual([])
})

itOnPostgres('what is not signed by the till it is about is refused, and logged', async () => {
  const on = await central()
  const key = await enrolled(on)
  const other = await enrolled(on, OTHER_TILL)
  const range = written().pen.take()
  const push = { method: 'POST', path: '/v1/push', body: range, tillId: TILL } as const
  const good = signedRequest({ ...push, key })
  const swapped = signedRequest({ ...push, key })
  const spoilt: [code: string, status: number, request: Request][] = [
    ['SIGNATURE_MISSING', 401, new Request(`${ORIGIN}/v1/position`)],
    ['SIGNATURE_WRONG', 401, signedRequest({ ...push, key: other })],
    ['SIGNATURE_WRONG', 401, new Request(swapped, { body: gzipSync('{}') })],
    [
      'SIGNATURE_WRONG',
      401,
      new Request(
        `${ORIGIN}/v1/accounts?limit=9`,
        signedRequest({ path: '/v1/accounts?limit=5', key, tillId: TILL }),
      ),
    ],
    ['NOT_ENROLLED', 403, signedRequest({ ...push, key, tillId: '019aa000-0000-7000-8000-00000000eeee' })],
    ['ANOTHER_TILL', 403, signedRequest({ ...push, key: other, tillId: OTHER_TILL })],
  ]
  for (const [code, status, request] of spoilt) {
    const answer = await on.ask(request)
    expect([answer.status, answer.body.code]).toEqual([status, code])
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
  }
  expect(on.refusals).toEqual(spoilt.map(([code]) => code))
  expect((await positionOf(on.db, TILL)).position.seq).toBe(0)
  expect((await on.ask(good)).status).toBe(200)
  await revoke(on.db, TILL, { nowMs: NOW_MS })
  expect((await on.ask(signedRequest({ ...push, key }))).body.code).toBe('REVOKED')
})

itOnPostgres('what is signed for another central is nothing here, whoever passes it on', async () => {
  const on = await central()
  const key = await enrolled(on)
  const push = { method: 'POST', path: '/v1/push', body: written().pen.take(), key, tillId: TILL } as const
  for (const tag of [newTillKey().publicKey, TO_ENROL])
    expect(await on.ask(signedRequest({ ...push, tag }))).toMatchObject({
      status: 403,
      body: { code: 'ANOTHER_CENTRAL' },
    })
  expect((await positionOf(on.db, TILL)).position.seq).toBe(0)
  expect((await on.ask(signedRequest(push))).status).toBe(200)
})

itOnPostgres(
  'a signature is good for minutes, a clock that is off is told the time, and a repeat changes nothing',
  async () => {
    const on = await central()
    const key = await enrolled(on)
    const range = written().pen.take()
    const push = { method: 'POST', path: '/v1/push', body: range, key, tillId: TILL } as const
    const nowS = Math.floor(NOW_MS / 1_000)
    const first = await on.ask(signedRequest(push))
    expect(first.status).toBe(200)
    for (const createdS of [1, nowS - 601, nowS + 601, 9_000_000_000])
      expect((await on.ask(signedRequest({ ...push, createdS }))).body).toMatchObject({
        code: 'SIGNATURE_EXPIRED',
        data: { nowMs: NOW_MS },
      })
    for (const createdS of [nowS - 599, nowS, nowS + 599])
      expect(await on.ask(signedRequest({ ...push, createdS }))).toMatchObject({ body: first.body })
  },
)

itOnPostgres(
  'bodies over the limit, bombs, and what is no JSON are refused before they do harm',
  async () => {
    const on = await central({ packedBytes: 20_000, bodyBytes: 100_000 })
    const key = await enrolled(on)
    const push = { method: 'POST', path: '/v1/push', key, tillId: TILL } as const
    const noise = Array.from({ length: 40_000 }, (_, index) => (index * 7_919) % 9_973).join()
    const bad: [code: string, body: object | string][] = [
      ['BODY_TOO_LARGE', noise],
      ['BODY_TOO_LARGE', ' '.repeat(5_000_000)],
      ['MALFORMED', '{"rows":'],
      ['MALFORMED', '[]'],
      ['MALFORMED', 'null'],
      ['MALFORMED', `${'['.repeat(40_000)}${']'.repeat(40_000)}`],
      ['MALFORMED', { protocol: PROTOCOL, tillId: TILL, epoch: 1, rows: [] }],
      ['MALFORMED', { protocol: '1', tillId: TILL }],
      ['PROTOCOL_UNKNOWN', { protocol: 99, tillId: TILL }],
    ]
    for (const [code, body] of bad)
      expect((await on.ask(signedRequest({ ...push, body }))).body.code).toBe(code)
    const plain = signedRequest({ ...push, body: '{}' })
    plain.headers.set('content-encoding', 'br')
    expect((await on.ask(plain)).body.code).toBe('MALFORMED')
    expect(on.refusals).toEqual([...bad.map(([code]) => code), 'MALFORMED'])
    expect((await on.ask(signedRequest({ path: '/v1/accounts?limit=0', key, tillId: TILL }))).body.code).toBe(
      'MALFORMED',
    )
    expect((await on.ask(new Request(`${ORIGIN}/v2/push`))).body.code).toBe('NOT_FOUND')
    expect((await on.ask(signedRequest({ path: '/v1/nothing', key, tillId: TILL }))).body.code).toBe(
      'NOT_FOUND',
    )
  },
)

itOnPostgres('refusals of the chain say what central holds', async () => {
  const on = await central()
  const key = await enrolled(on)
  const push = (body: object) =>
    on.ask(signedRequest({ method: 'POST', path: '/v1/push', body, key, tillId: TILL }))
  const { pen } = written()
  const nothing = { epoch: 0, seq: 0, hash: '' }
  expect(await push(pen.from(2))).toMatchObject({
    status: 409,
    body: { code: 'GAP', data: { position: nothing } },
  })
  const fork = new Counter(pen.fork(2))
  fork.receipt([water(1, 100)])
  await push(pen.take())
  const [held] = pen.from(3, 3).rows.map(linkOf)
  expect(await push(fork.pen.take())).toMatchObject({
    status: 409,
    body: { code: 'FORK', data: { epoch: 1, seq: 3, hash: held?.hash } },
  })
  const range = pen.from(1, 2)
  const broken = {
    ...range,
    rows: range.rows.map(row => ({ ...row, line: row.line.replace('"at":', '"at":1') })),
  }
  expect(await push(broken)).toMatchObject({ status: 422, body: { code: 'CHAIN_BROKEN', data: { seq: 2 } } })
})

const EVIL = `'; DROP TABLE journal; -- " \\ \u0000 \u202e {{x}} <script>`

itOnPostgres('SQL, NUL and markup in every field are text, and nothing else', async () => {
  const on = await central()
  const key = await enrolled(on)
  const counter = written()
  const line = water(1, 100)
  counter.receipt([
    {
      ...line,
      ...(line.kind === 'account' && { name: EVIL, address: EVIL, accountNumber: EVIL.slice(0, 40) }),
    },
  ])
  const range = counter.pen.take()
  const push = await on.ask(
    signedRequest({ method: 'POST', path: '/v1/push', body: range, key, tillId: TILL }),
  )
  expect(push.status).toBe(200)
  const { name } = await on.db.kysely
    .selectFrom('receipt_line as l')
    .innerJoin('receipt as r', join =>
      join.onRef('r.till_id', '=', 'l.till_id').onRef('r.receipt_id', '=', 'l.receipt_id'),
    )
    .select('l.name')
    .orderBy('r.seq', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  expect(name).toBe(EVIL.replace('\u0000', '\ufffd'))
  for (const path of ['receipts?cursor', 'accounts?cursor', 'sessions?businessDate'])
    expect(
      (await on.ask(signedRequest({ path: `/v1/${path}=${encodeURIComponent(EVIL)}`, key, tillId: TILL })))
        .status,
    ).toBeLessThan(500)
  const spoilt = {
    ...range,
    rows: range.rows.map(row => {
      const line = { ...lineIn(row), commandId: EVIL, actorId: EVIL, kind: EVIL.slice(0, 40) }
      return { ...row, line: journalLine(line) }
    }),
  }
  expect(
    (await on.ask(signedRequest({ method: 'POST', path: '/v1/push', body: spoilt, key, tillId: TILL }))).body
      .code,
  ).toBe('CHAIN_BROKEN')
  expect((await on.ask(enrolment({ code: EVIL.slice(0, 40), tillId: TILL, key }))).body.code).toBe(
    'CODE_NOT_VALID',
  )
})

itOnPostgres(
  'a database that is away, and more at once than central takes, is no fault: come back later',
  async () => {
    const on = await central()
    const key = await enrolled(on)
    const parts = { key: CENTRAL_OWN, clock: () => NOW_MS, log: pino({ level: 'silent' }) }
    const [health, position] = [
      () => new Request(`${ORIGIN}/v1/health`),
      () => signedRequest({ path: '/v1/position', key, tillId: TILL }),
    ]
    const full = makeApp({ ...parts, db: on.db, limits: { atOnce: 0 } })
    const turnedAway = await full.fetch(position())
    expect([turnedAway.status, turnedAway.headers.get('retry-after')]).toEqual([503, '2'])
    // Whoever is no till has places of their own, and few.
    const shut = makeApp({ ...parts, db: on.db, limits: { unsignedAtOnce: 0 } })
    const answers = [full.fetch(health()), shut.fetch(health()), shut.fetch(position())]
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([200, 503, 200])
    // A connection pool to a port on which nothing listens.
    const pool = new pg.Pool({ connectionString: 'postgres://postgres@127.0.0.1:1/central' })
    const kysely = new Kysely<CentralTables>({ dialect: new PostgresDialect({ pool }) })
    const away = makeApp({ ...parts, db: { ...on.db, kysely } })
    for (const request of [health(), position()]) {
      const answer = await away.fetch(request)
      expect([answer.status, (await answer.json()).code]).toEqual([503, 'BUSY'])
    }
    await kysely.destroy()
  },
)

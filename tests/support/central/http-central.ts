/** Central's API as tills reach it, without a socket. */
/** Central's HTTP API: what a till may ask, and everything that is refused, logged, and changes nothing. */

import pino from 'pino'
import { expect } from 'vitest'
import { makeCode } from '../../../central/city/enrolment-codes.ts'
import { type AppLimits, type CentralApp, makeApp } from '../../../central/http/app.ts'
import type { CentralDb } from '../../../db/central/connection.ts'
import { PROTOCOL } from '../../../shared/central/protocol.ts'
import { account, billAccounts, Counter, TILL, water } from './central-shop.ts'
import { enrolRequest, newTillKey, ORIGIN, SIGNED_MS, type TillKey } from './signed.ts'
import { CENTRAL_OWN, Pen } from './till-journal.ts'

export const NOW_MS = SIGNED_MS
/** Of which a code is made. */
export const BYTES = Uint8Array.from({ length: 12 }, (_, index) => index * 11)

export interface Central {
  db: CentralDb
  app: CentralApp
  /** Codes of the refusals that were logged. */
  refusals: string[]
  ask(request: Request): Promise<{ status: number; body: Record<string, unknown>; headers: Headers }>
}

/** Central's API without a socket, over bills of one account. */
export async function httpCentral(db: CentralDb, limits: Partial<AppLimits> = {}): Promise<Central> {
  await billAccounts(db, [account(1)])
  const refusals: string[] = []
  const log = pino({}, { write: (line: string) => refusals.push(String(JSON.parse(line).code ?? line)) })
  const app = makeApp({ key: CENTRAL_OWN, db, clock: () => NOW_MS, log, limits })
  const ask = async (request: Request) => {
    const response = await app.fetch(request)
    const { status, headers } = response
    return { status, headers, body: (await response.json()) as Record<string, unknown> }
  }
  return { db, app, refusals, ask }
}

/** Enrols a till with a code of its own; gives its key. */
export async function enrolled(on: Central, tillId = TILL): Promise<TillKey> {
  const bytes = BYTES.map(byte => byte + (tillId === TILL ? 0 : 1))
  const code = await makeCode(on.db, { nowMs: NOW_MS, bytes, note: 'Window 1' })
  const key = newTillKey()
  const { status } = await on.ask(enrolment({ code: code.toLowerCase().replaceAll('-', ''), tillId, key }))
  expect(status).toBe(200)
  return key
}

/** Each till has a code of its own, unless another is given. */
export function enrolment({
  code,
  tillId,
  key,
  tillCode = `W${tillId.slice(-1)}`,
}: {
  code: string
  tillId: string
  key: TillKey
  tillCode?: string
}): Request {
  return enrolRequest(
    { protocol: PROTOCOL, code, tillId, tillCode, publicKey: key.publicKey, address: ORIGIN },
    key,
  )
}

/** A till that has posted one receipt. */
export function written(tillId = TILL): Counter {
  const counter = new Counter(new Pen(tillId))
  counter.open()
  counter.receipt([water(1, 1_000)])
  return counter
}

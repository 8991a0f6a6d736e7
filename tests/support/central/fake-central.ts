/** A central that holds journals in memory and misbehaves on demand; the same over a real socket. */

import { createHash, verify } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'
import { nativePublicKey } from '../../../db/ledger/native-key.ts'
import type { Fetch } from '../../../electron/backend/sync/client.ts'
import { cityDigest } from '../../../shared/central/city.ts'
import {
  type AccountsPage,
  type City,
  enrolmentField,
  type Position,
  type Range,
  type ReceiptState,
  rangeField,
  type SessionCheck,
} from '../../../shared/central/protocol.ts'
import { contentDigest, enrolmentProof, signatureBase, TO_ENROL } from '../../../shared/central/signature.ts'
import { type BodyOf, knownVersions, readBody } from '../../../shared/ledger/facts.ts'
import { centralKeyName, keyLine } from '../../../shared/ledger/signed-note.ts'
import { cents, ZERO } from '../../../shared/money.ts'
import { CENTRAL_OWN, lineIn, linkOf, PUBLIC_KEY } from './till-journal.ts'

/** Codes that are always good, and those that end in one refusal each. */
export const CODE = 'GOOD-CODE-1'
export const OTHER_KEY_CODE = 'OTHER-KEY-1'
export const TAKEN_CODE = 'TAKEN-CODE-1'
export const OTHER_NAME_CODE = 'OTHER-NAME-1'
export const OTHER_PROTOCOL_CODE = 'OTHER-PROTOCOL-1'

export const CENTRAL_KEY = PUBLIC_KEY

interface Asked {
  method: string
  /** With its query. */
  path: string
  headers: Record<string, string>
  body: Uint8Array
}

interface Held {
  epoch: number
  seq: number
  hash: string
  kind: string
  body: string
}

/** What happens to one request in the place of what should: an answer, or what `fetch` throws. */
type Fault = (asked: Asked, answer: () => Response) => Response | Promise<Response>

const problem = (
  code: string,
  status: number,
  data?: unknown,
  headers: Record<string, string> = {},
): Response => Response.json({ title: code, status, code, data }, { status, headers })

/** The network is down. */
export const unreachable: Fault = () => {
  throw new TypeError('fetch failed', {
    cause: Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }),
  })
}
/** Central does what it was asked to, and the reply is lost. */
export const lostReply: Fault = (asked, answer) => {
  answer()
  return unreachable(asked, answer)
}
/** The request arrives twice; the reply is that of the second. */
export const twice: Fault = (_, answer) => {
  answer()
  return answer()
}
export const answering =
  (code: string, status: number, data?: unknown, headers?: Record<string, string>): Fault =>
  () =>
    problem(code, status, data, headers)
export const saying =
  (text: string, status = 200): Fault =>
  () =>
    new Response(text, { status })

export class FakeCentral {
  readonly asked: string[] = []
  readonly pushed: Range[] = []
  /** What happens to the next requests, one by one. */
  readonly faults: Fault[] = []
  /** What happens to all requests, while it is set. */
  always: Fault | undefined
  revoked = false
  /** Accounts that are not known here: their receipts are exceptions. */
  readonly unknownAccounts = new Set<string>()
  /** What this central's sums are short of those of a closed drawer, by its Z number. */
  readonly shortSums = new Map<string, number>()
  /** What the city keeps here for all of its tills. */
  city: City | null = null
  /** What it reads; a till holds what is beyond. */
  kinds: Record<string, number> = knownVersions()
  /** It has not summed anything yet. */
  withoutSums = false
  #key: string | undefined
  #held: Held[] = []
  #statesFrom = 0

  get held(): readonly Held[] {
    return this.#held
  }

  get position(): Position {
    const { epoch = 0, seq = 0, hash = '' } = this.#held.at(-1) ?? {}
    return { epoch, seq, hash }
  }

  /** Goes back to its first rows, as from an old backup. */
  restoreTo(rows: number): void {
    this.#held = this.#held.slice(0, rows)
    this.#statesFrom += 1
  }

  /** Holds another row in the place of its last one. */
  forge(): void {
    const last = this.#held.pop()
    if (last) this.#held.push({ ...last, hash: 'f'.repeat(64) })
  }

  /** Holds a row that the till does not. */
  run(): void {
    const { epoch, seq } = this.position
    this.#held.push({ epoch, seq: seq + 1, hash: 'e'.repeat(64), kind: 'receipt.voided', body: '{}' })
  }

  readonly fetch: Fetch = async (url, { method, headers, body, signal }) => {
    const asked = {
      method,
      path: url.replace(/^https?:\/\/[^/]+/, ''),
      headers,
      body: body ?? new Uint8Array(),
    }
    this.asked.push(`${method} ${asked.path.replace(/\?.*$/, '')}`)
    signal.throwIfAborted()
    const fault = this.faults.shift() ?? this.always
    return fault ? fault(asked, () => this.answer(asked)) : this.answer(asked)
  }

  answer(asked: Asked): Response {
    const [path, query = ''] = asked.path.split('?')
    const text = asked.body.length === 0 ? '' : gunzipSync(asked.body).toString()
    if (path === '/v1/enrol') {
      const input = enrolmentField.parse(JSON.parse(text))
      return unsigned(asked, { key: input.publicKey, tag: TO_ENROL }) ?? this.#enrol(input)
    }
    const refusal = this.#unsigned(asked)
    if (refusal) return refusal
    if (path === '/v1/position')
      return Response.json({ position: this.position, alarms: 0, kinds: this.kinds })
    if (path === '/v1/push') return this.#push(rangeField.parse(JSON.parse(text)))
    if (path === '/v1/city') return Response.json(this.#cityFor(new URLSearchParams(query)))
    if (path === '/v1/accounts') return Response.json(this.#accounts())
    if (path === '/v1/sessions') return Response.json(this.#checks())
    if (path === '/v1/receipts') return this.#states(new URLSearchParams(query).get('cursor'))
    return problem('NOT_FOUND', 404)
  }

  #enrol(input: (typeof enrolmentField)['_output']): Response {
    if (input.code === OTHER_KEY_CODE) return problem('ENROLLED_ALREADY', 409)
    if (input.code === TAKEN_CODE) return problem('TILL_CODE_TAKEN', 409)
    if (input.code === OTHER_NAME_CODE) return problem('ADDRESS_DIFFERS', 409)
    if (input.code === OTHER_PROTOCOL_CODE) return problem('PROTOCOL_UNKNOWN', 400, { known: [2] })
    if (input.code !== CODE) return problem('CODE_NOT_VALID', 403)
    this.#key = input.publicKey
    this.revoked = false
    return Response.json({
      tillId: input.tillId,
      utilityName: 'Test utility',
      centralKey: keyLine(centralKeyName('Test utility'), CENTRAL_KEY),
      proof: CENTRAL_OWN.sign(enrolmentProof(input)),
      position: this.position,
    })
  }

  #unsigned(asked: Asked): Response | undefined {
    if (this.#key === undefined) return problem('NOT_ENROLLED', 403)
    const refusal = unsigned(asked, { key: this.#key, tag: CENTRAL_KEY })
    return refusal ?? (this.revoked ? problem('REVOKED', 403) : undefined)
  }

  #push(range: Range): Response {
    this.pushed.push(range)
    for (const pushed of range.rows) {
      const { kind, body } = lineIn(pushed)
      const { epoch, seq, hash } = linkOf(pushed)
      const here = this.#held.find(row => row.epoch === epoch && row.seq === seq)
      if (here?.hash === hash) continue
      if (here) return problem('FORK', 409, { epoch, seq, hash: here.hash })
      const { position } = this
      const follows =
        epoch === position.epoch ? seq === position.seq + 1 : epoch > position.epoch && seq === 1
      if (!follows) return problem('GAP', 409, { position })
      this.#held.push({ epoch, seq, hash, kind, body })
    }
    return Response.json({ position: this.position })
  }

  #states(cursor: string | null): Response {
    const [stamp, from] = (cursor ?? `${this.#statesFrom}:0`)
      .split(':')
      .map(part => Number.parseInt(part, 10))
    const begin = stamp === this.#statesFrom ? (from ?? 0) : 0
    const receipts = this.#held.filter(row => row.kind === 'receipt.posted')
    const states = receipts.slice(begin, begin + 500).map((row, at) => this.#stateOf(row, begin + at + 1))
    const end = begin + states.length
    const told = { cursor: `${this.#statesFrom}:${end}`, fromStart: begin === 0 }
    return Response.json({ states, ...told, done: end === receipts.length })
  }

  #cityFor(known: URLSearchParams): City | null {
    const isKnown =
      this.city !== null &&
      known.get('version') === String(this.city.version) &&
      known.get('digest') !== '' &&
      known.get('digest') === cityDigest(this.city)
    return isKnown ? null : this.city
  }

  /** It keeps no accounts of its own: a till that asks keeps those it has. */
  #accounts(): AccountsPage {
    const { epoch, seq } = this.position
    const nothing = { accounts: [], gone: [], cursor: 'end', fromStart: false, done: true, left: 0 }
    return { ...nothing, asOfPosition: { epoch, seq }, asOfMs: 1_800_000_000_000 }
  }

  #checks(): SessionCheck[] {
    if (this.withoutSums) return []
    return this.#held
      .filter(row => row.kind === 'session.closed')
      .map(({ body }) => {
        const {
          sessionId,
          zNumber: number,
          balances,
        } = readBody('session.closed', 1, body).body as BodyOf<'session.closed'>
        const short = this.shortSums.get(number) ?? 0
        const tillCents = balances.find(({ tender }) => tender === 'cash')?.expectedCents ?? ZERO
        const differs = { what: 'expected cash', tillCents, centralCents: cents(tillCents - short) }
        return {
          kind: 'session',
          sessionId,
          number,
          agrees: short === 0,
          differences: short === 0 ? [] : [differs],
        }
      })
  }

  #stateOf({ body }: Held, no: number): ReceiptState {
    const { receiptId, lines } = JSON.parse(body) as {
      receiptId: string
      lines: { accountNumber?: string }[]
    }
    const isUnknown = lines.some(line => this.unknownAccounts.has(line.accountNumber ?? ''))
    return isUnknown
      ? { receiptId, state: 'exception', reference: null, reason: 'unknown-account', atMs: 1_800_000_000_000 }
      : { receiptId, state: 'posted', reference: `B-${no}`, reason: null, atMs: 1_800_000_000_000 }
  }
}

let listening: Promise<{ central: FakeCentral; address: string }> | undefined

/** One for the whole test process, on a free port of this machine; it keeps nothing from ending. */
export function listeningCentral(): Promise<{ central: FakeCentral; address: string }> {
  listening ??= listen(new FakeCentral())
  return listening
}

/** A central on a free port of this machine, for a program of its own; it keeps nothing from ending. */
export async function listen(central: FakeCentral): Promise<{ central: FakeCentral; address: string }> {
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
      )
      const asked = {
        method: request.method ?? '',
        path: request.url ?? '',
        headers,
        body: Buffer.concat(parts),
      }
      const { method, path, body } = asked
      const { signal } = new AbortController()
      const init = { method, headers, body: Uint8Array.from(body), signal, redirect: 'error' } as const
      void central.fetch(path, init).then(
        async answer => {
          const text = await answer.text()
          response.writeHead(answer.status, { 'content-type': 'application/json' })
          response.end(text)
        },
        // As if nobody were there any more.
        () => request.socket.destroy(),
      )
    })
  })
  server.unref()
  server.on('connection', socket => socket.unref())
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return { central, address: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

/** A refusal where a request is not signed by this key, or for somebody else. */
function unsigned(
  { method, path, headers, body }: Asked,
  { key, tag }: { key: string; tag: string },
): Response | undefined {
  const { 'signature-input': input = '', signature = '', 'content-digest': digest = '' } = headers
  const own = contentDigest(createHash('sha256').update(body).digest('base64'))
  const base = Buffer.from(signatureBase({ method, path, digest }, input.slice('sig1='.length)))
  const signed = Buffer.from(signature.slice('sig1=:'.length, -1), 'base64')
  const isSigned =
    digest === own && input.endsWith(`;tag="${tag}"`) && verify(null, base, nativePublicKey(key), signed)
  return isSigned ? undefined : problem('SIGNATURE_WRONG', 401)
}

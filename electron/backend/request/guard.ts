/** What every operation passes before it is asked: is there a ledger, who asks, and may they. */
import { ORPCError } from '@orpc/contract'
import { implement } from '@orpc/server'
import { AccountsUnavailable } from '../../../db/accounts/errors.ts'
import { LedgerUnavailable, ledgerProblemOf } from '../../../db/file/problem.ts'
import { FactTooLong } from '../../../db/ledger/writer.ts'
import { type Person, personById } from '../../../db/queries/person.ts'
import { settingsOf } from '../../../db/queries/setup.ts'
import type { OperationMeta } from '../../../shared/contract/base.ts'
import { contract } from '../../../shared/contract/index.ts'
import { HalfCharacter } from '../../../shared/ledger/canonical.ts'
import type { Backend, Unavailable } from '../backend.ts'
import { withoutAccounts } from '../runtime/without-accounts.ts'
import type { SignIn } from './sign-ins.ts'

/** What a transport says of a request. */
export interface TransportContext {
  till: Backend | Unavailable
  signInToken?: string | undefined
}

/** What an operation is told of its request. */
export interface RequestContext {
  backend: Backend
  signIn: SignIn | undefined
  person: Person | undefined
}

export const base = implement(contract).$context<TransportContext>()

const refuse = (code: string, data?: unknown): never => {
  throw new ORPCError(code, { status: 422, data, defined: true })
}

/**
 * Refuses, in this order: no usable ledger, nobody signed in, a locked screen, a role that may not.
 * `till.state` alone is answered without a ledger, because it says why there is none.
 */
function admitted(
  { till, signInToken }: TransportContext,
  { kind, roles, whileLocked }: OperationMeta,
): RequestContext {
  if ('unavailable' in till) {
    const { problem, detail } = till.unavailable
    return refuse('LEDGER_UNAVAILABLE', { problem, detail })
  }
  const signIn = till.signIns.of(signInToken)
  const person = signIn && personById(till.ledger.reader, signIn.personId)
  if (roles !== 'anyone') {
    if (!person?.active) return refuse('NOT_SIGNED_IN')
    lockIfIdle(till, person.personId)
    if (signIn?.locked && !whileLocked) return refuse('SCREEN_LOCKED')
    if (!roles.includes(person.role)) return refuse('ROLE_NOT_ALLOWED', { role: person.role })
    if (kind === 'write') till.signIns.noteActive(person.personId)
  }
  return { backend: till, signIn, person }
}

/** Whoever has done nothing for as long as the city says is locked, at every screen and for every program that has their token. */
export function lockIfIdle({ signIns, ledger, changes }: Backend, personId: string): void {
  const minutes = settingsOf(ledger.reader)?.idleLockMinutes ?? 0
  if (signIns.lockIfIdle(personId, minutes)) changes.tell(['till'])
}

/** Turns what went wrong into a refusal that says so, or a fault with a reference and a line in the log. */
async function answered<R extends { output: unknown }>(
  { context, path }: { context: TransportContext; path: readonly string[] },
  work: () => R | PromiseLike<R>,
): Promise<R> {
  const answer = (error: unknown): Error => answerTo(error, context.till, path.join('.'))
  try {
    const result = await work()
    return isStream(result.output) ? { ...result, output: answering(result.output, answer) } : result
  } catch (error) {
    throw answer(error)
  }
}

export const faults = base.middleware(({ context, path, next }) => answered({ context, path }, () => next()))

// Both at once: every layer of middleware costs a waiting customer as much as a look into the ledger.
const guard = base.middleware(({ context, path, procedure, next }) =>
  answered({ context, path }, () => next({ context: admitted(context, procedure['~orpc'].meta) })),
)

function isStream(output: unknown): output is AsyncGenerator {
  return typeof output === 'object' && output !== null && Symbol.asyncIterator in output
}

/** A stream goes wrong long after its operation has returned; what went wrong is answered all the same. */
async function* answering(stream: AsyncGenerator, answer: (error: unknown) => Error): AsyncGenerator {
  try {
    return yield* stream
  } catch (error) {
    throw answer(error)
  }
}

interface Issue {
  path?: readonly (PropertyKey | { key: PropertyKey })[] | undefined
  message: string
  code?: string | undefined
}

/** What the schemas' library says of itself is for programmers; a field's own words are for whoever typed. */
const LIBRARY_WORDS = /^(Invalid|Too |Unrecognized|Number must|String must)/
const PLAIN_WORDS: Readonly<Record<string, string>> = {
  too_big: 'too long or too large',
  too_small: 'missing or too small',
}

function inWords({ message, code = '' }: Issue): string {
  return LIBRARY_WORDS.test(message) ? (PLAIN_WORDS[code] ?? 'not what belongs there') : message
}

function answerTo(error: unknown, till: Backend | Unavailable, operation: string): Error {
  if (error instanceof ORPCError) {
    if (error.code === 'BAD_REQUEST') return inputRefusal(error)
    if (error.code !== 'INTERNAL_SERVER_ERROR') return error
  }
  if (error instanceof HalfCharacter) {
    const data = { field: '', problem: error.message }
    return new ORPCError('INPUT_NOT_VALID', { status: 422, data, defined: true })
  }
  if (error instanceof FactTooLong)
    return new ORPCError('RECORD_TOO_LONG', { status: 422, data: undefined, defined: true })
  const said = error instanceof AccountsUnavailable ? withoutAccounts(error) : error
  const problem = ledgerProblemOf(said)
  if (problem) {
    const detail = said instanceof LedgerUnavailable ? said.detail : ''
    till.log.error({ operation, err: error }, 'ledger unavailable')
    return new ORPCError('LEDGER_UNAVAILABLE', { status: 422, data: { problem, detail }, defined: true })
  }
  const reference = faultReference()
  till.log.error(
    { operation, reference, err: error, cause: error instanceof Error ? error.cause : undefined },
    'fault',
  )
  return new ORPCError('FAULT', { status: 500, data: { reference }, defined: true })
}

function inputRefusal(error: ORPCError<string, unknown>): Error {
  const issues = (error.cause as { issues?: readonly Issue[] } | undefined)?.issues ?? []
  const first = issues[0]
  const field = (first?.path ?? []).map(part => String(typeof part === 'object' ? part.key : part)).join('.')
  const data = { field, problem: first ? inWords(first) : 'not valid' }
  return new ORPCError('INPUT_NOT_VALID', { status: 422, data, defined: true })
}

const REFERENCE_ALPHABET = 'ABCDEFGHJKMNPQRSTVWXYZ23456789'

/** Four signs that a cashier can read out over the phone. */
function faultReference(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(4))
  return Array.from(bytes, byte => REFERENCE_ALPHABET[byte % REFERENCE_ALPHABET.length]).join('')
}

export const os = base.use(guard)

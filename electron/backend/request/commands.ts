/** Carrying out commands: once each, in one transaction, approved by somebody else where the contract says so. */

import { ORPCError } from '@orpc/contract'
import type { Recorded } from '../../../db/ledger/ledger.ts'
import { nativeHashText } from '../../../db/ledger/native-hash.ts'
import type { Reader } from '../../../db/ledger/reader.ts'
import type { Writer } from '../../../db/ledger/writer.ts'
import { mayApprove, type Person, personById } from '../../../db/queries/person.ts'
import { settingsNow } from '../../../db/queries/setup.ts'
import type { OperationMeta } from '../../../shared/contract/base.ts'
import { commandHash } from '../../../shared/ledger/chain.ts'
import type { Fact, FactKind } from '../../../shared/ledger/facts.ts'
import type { Settings } from '../../../shared/settings/index.ts'
import { businessDateOf } from '../../../shared/time.ts'
import type { Backend } from '../backend.ts'
import { CashLacking } from './cash-lacking.ts'
import type { RequestContext } from './guard.ts'
import { checkPersonPin, ownCommand } from './pins.ts'

/** What an operation decides with. There is no way from here to a network, a file or a timer. */
export interface Scope<I, E> {
  tx: Writer
  input: I
  errors: E
  person: Person
  settings: Settings
  backend: Pick<Backend, 'accounts' | 'newId' | 'keptAtCentral' | 'tillKey'>
  /** UTC milliseconds. */
  nowMs: number
  /** Who approved at the screen; undefined where nobody was asked to. */
  approver: Person | undefined
}

export interface Operation<I, E, O> {
  /** Checks, asks the rules, appends facts; throws a refusal to leave everything as it was. */
  decide(scope: Scope<I, E>): void
  /** The reply, from the facts alone: a repeated command gets the same one, however late, with names as they are by then. */
  answer(facts: readonly Fact[], reader: Reader): O
  /** Whether somebody may approve here; by the roles of the contract if nothing is said. */
  mayApprove?(approver: Person, input: I, reader: Reader, person: Person): boolean
}

interface Request<I, E> {
  input: I
  context: RequestContext
  errors: E
  path: readonly string[]
  procedure: { '~orpc': { meta: Pick<OperationMeta, 'roles' | 'approvers'> } }
}

interface CommandInput {
  commandId: string
}

/** A write operation: the handler that carries it out as one command. */
export function write<I extends CommandInput, E, O>(operation: Operation<I, E, O>) {
  return (request: Request<I, E>): O => carryOut(operation, request, undefined)
}

interface ApprovedInput extends CommandInput {
  approval?: { personId: string; pin: string } | undefined
  /** Where the contract wants the giver to sign too. */
  ownPin?: string
}

/**
 * A write operation that another person approves. `needed` may say, from the rows, that nobody has to; the
 * PIN is checked before the transaction, because checking takes long on purpose.
 */
export function approvedWrite<I extends ApprovedInput, E, O>(
  operation: Operation<I, E, O> & Approving<I, E>,
) {
  return async (request: Request<I, E>): Promise<O> => {
    const { backend } = request.context
    const person = signedIn(request.context)
    const done = repeated(backend, operation, request)
    if (done) return done.reply
    await signOwn(backend, person, request.input.ownPin)
    return carryOut(operation, request, await approverOf(request, operation))
  }
}

type Approving<I, E> = Pick<Operation<I, E, unknown>, 'mayApprove'> & {
  needed?(input: I, reader: Reader, person: Person): boolean
}

/** Who approves at the screen, by their PIN; undefined where nobody has to. */
export async function approverOf<I extends Pick<ApprovedInput, 'approval'>, E>(
  request: Request<I, E>,
  approving: Approving<I, E>,
): Promise<Person | undefined> {
  const person = signedIn(request.context)
  const { reader } = request.context.backend.ledger
  const needed = approving.needed?.(request.input, reader, person) ?? true
  return needed ? approve(approving, person, request) : undefined
}

const refuse = (code: string, data?: unknown): never => {
  throw new ORPCError(code, { status: 422, data, defined: true })
}

/** Whoever gives signs with their own PIN once more: an unlocked screen is no signature. */
async function signOwn(backend: Backend, person: Person, ownPin: string | undefined): Promise<void> {
  if (ownPin === undefined) return
  const check = await checkPersonPin(backend, person.personId, ownPin)
  if (check.ok) return
  if (check.reason === 'locked-out') refuse('LOCKED_OUT')
  else refuse('OWN_PIN_WRONG', { retryAfterMs: check.retryAfterMs })
}

const isApprover = <I, E>(
  operation: Approving<I, E>,
  { input, procedure }: Request<I, E>,
  { reader, person, approver }: { reader: Reader; person: Person; approver: Person },
): boolean =>
  operation.mayApprove?.(approver, input, reader, person) ??
  mayApprove(approver, procedure['~orpc'].meta.approvers ?? [])

async function approve<I extends Pick<ApprovedInput, 'approval'>, E>(
  operation: Approving<I, E>,
  person: Person,
  request: Request<I, E>,
): Promise<Person> {
  const { approval } = request.input
  const { backend } = request.context
  const { reader } = backend.ledger
  if (!approval) return refuse('APPROVAL_NEEDED')
  if (approval.personId === person.personId) return refuse('OWN_APPROVAL')
  const approver = personById(reader, approval.personId)
  if (!approver || !isApprover(operation, request, { reader, person, approver }))
    return refuse('APPROVER_ROLE')
  const check = await checkPersonPin(backend, approver.personId, approval.pin)
  if (check.ok) return approver
  return check.reason === 'locked-out'
    ? refuse('LOCKED_OUT')
    : refuse('PIN_WRONG', { retryAfterMs: check.retryAfterMs })
}

/** The person at the screen; the guard has let nobody else through. */
export function signedIn(context: RequestContext): Person {
  return context.person ?? refuse('NOT_SIGNED_IN')
}

function hashOf<I extends CommandInput, E>({ input, path }: Request<I, E>): string {
  return commandHash(path.join('.'), input, nativeHashText)
}

function repeated<I extends CommandInput, E, O>(
  backend: Backend,
  operation: Operation<I, E, O>,
  request: Request<I, E>,
): { reply: O } | undefined {
  const recorded = backend.ledger.recorded(request.input.commandId)
  const actorId = signedIn(request.context).personId
  return (
    recorded && { reply: answerTo(recorded, { commandHash: hashOf(request), actorId }, operation, backend) }
  )
}

function carryOut<I extends CommandInput, E, O>(
  operation: Operation<I, E, O>,
  request: Request<I, E>,
  approver: Person | undefined,
): O {
  const { input, context, errors } = request
  const { backend } = context
  const person = signedIn(context)
  refuseBasketOfAnother(backend, input.commandId, person)
  const settings = settingsNow(backend.ledger.reader)
  const nowMs = backend.clock()
  const command = {
    commandId: input.commandId,
    commandHash: hashOf(request),
    actorId: person.personId,
    at: nowMs,
    // Asked only by facts that belong to no drawer session; the calendar takes longer than a row of the ledger.
    get businessDate() {
      return businessDateOf(nowMs, settings.timeZone)
    },
  }
  const recorded = recordingLack(request, () =>
    backend.ledger.once(command, tx => {
      const why = lapsed(tx, request) ?? lapsedApprover(tx, operation, request, approver)
      if (why) refuse(why.code, why.data)
      operation.decide({ tx, input, errors, person, settings, backend, nowMs, approver })
    }),
  )
  return answerTo(recorded, command, operation, backend)
}

/** What a drawer lacked is recorded by the till itself: the id that was sent is not spent, and serves once it is mended. */
function recordingLack<I, E, T>({ context, path }: Request<I, E>, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof CashLacking)) throw error
    const { refused, businessDate } = error
    ownCommand(context.backend, signedIn(context).personId, path.join('.'), tx =>
      tx.append('movement.refused', refused, { businessDate }),
    )
    return refuse('CASH_NOT_IN_DRAWER')
  }
}

/**
 * A command of the till's own for somebody who has waited for it: it is looked at again whether they, and who approved, still may,
 * and whether by now somebody has to.
 */
export function writeAsAsked<I, E>(
  request: Request<I, E>,
  work: (tx: Writer) => void,
  { approver, ...approving }: Approving<I, E> & { approver?: Person | undefined } = {},
): void {
  const { context, path, input } = request
  const person = signedIn(context)
  ownCommand(context.backend, person.personId, path.join('.'), tx => {
    const why = lapsed(tx, request) ?? lapsedApprover(tx, approving, request, approver)
    if (why) refuse(why.code, why.data)
    if (!approver && approving.needed?.(input, tx, person) === true) refuse('APPROVAL_NEEDED')
    work(tx)
  })
}

/** The id of a basket is that of the receipt that it becomes: spent by somebody else, it could never be posted. */
function refuseBasketOfAnother(
  { workspace, ledger }: Backend,
  commandId: string,
  { personId }: Person,
): void {
  const basket = workspace.byId(commandId)
  // What is on record is over as a basket, whoever has it in hand.
  if (basket && basket.personId !== personId && !ledger.recorded(commandId)) refuse('COMMAND_CONTENT_CHANGED')
}

/**
 * Why whoever asks, or whoever approved, may not any more: a PIN takes long to check, and meanwhile somebody may have been
 * let go, given another role or locked out, and the screen left.
 */
function lapsed<I, E>(tx: Reader, { context, procedure }: Request<I, E>): Lapsed | undefined {
  const { roles } = procedure['~orpc'].meta
  const { backend, signIn } = context
  const person = personById(tx, signedIn(context).personId)
  if (!person?.active || (signIn && !backend.signIns.of(signIn.token))) return { code: 'NOT_SIGNED_IN' }
  if (signIn?.locked === true) return { code: 'SCREEN_LOCKED' }
  if (roles !== 'anyone' && !roles.includes(person.role))
    return { code: 'ROLE_NOT_ALLOWED', data: { role: person.role } }
  return undefined
}

/** The same of whoever approved. */
function lapsedApprover<I, E>(
  tx: Reader,
  operation: Approving<I, E>,
  request: Request<I, E>,
  approver: Person | undefined,
): Lapsed | undefined {
  if (!approver) return undefined
  const now = personById(tx, approver.personId)
  if (now?.lockedOut === true) return { code: 'LOCKED_OUT' }
  const person = signedIn(request.context)
  const mayStill = now && isApprover(operation, request, { reader: tx, person, approver: now })
  return mayStill ? undefined : { code: 'APPROVER_ROLE' }
}

interface Lapsed {
  code: string
  data?: object
}

/** The same id with other content, or from somebody else, is another command, whatever became of the first. */
function answerTo<I, E, O>(
  recorded: Recorded,
  asked: { commandHash: string; actorId: string },
  operation: Operation<I, E, O>,
  backend: Backend,
): O {
  const isAsked = recorded.facts.every(fact => fact.actorId === asked.actorId)
  if (recorded.commandHash !== asked.commandHash || !isAsked) return refuse('COMMAND_CONTENT_CHANGED')
  return operation.answer(recorded.facts, backend.ledger.reader)
}

/** The one fact of a kind that a command recorded. */
export function factIn<K extends FactKind>(facts: readonly Fact[], kind: K): Fact<K> {
  const fact = facts.find((candidate): candidate is Fact<K> & Fact => candidate.kind === kind)
  if (!fact) throw new Error(`The command recorded no ${kind}`)
  return fact
}

export function optionalFactIn<K extends FactKind>(facts: readonly Fact[], kind: K): Fact<K> | undefined {
  return facts.find((candidate): candidate is Fact<K> & Fact => candidate.kind === kind)
}

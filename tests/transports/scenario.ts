/** How the scenarios of the shop are written down: for each operation its good case, and each refusal by name. */
import type { Contract, TillClient } from '../../shared/contract/index.ts'
import type { TestTill } from '../support/screens.ts'

/** Refusals that the router gives to any operation, and those of whole kinds of operations; tested for all at once. */
export const COMMON_CODES = [
  ...[
    'LEDGER_UNAVAILABLE',
    'INPUT_NOT_VALID',
    'RECORD_TOO_LONG',
    'NOT_SIGNED_IN',
    'SCREEN_LOCKED',
    'ROLE_NOT_ALLOWED',
    'FAULT',
  ],
  ...['COMMAND_CONTENT_CHANGED'],
] as const
export const APPROVAL_CODES = [
  ...['APPROVAL_NEEDED', 'OWN_APPROVAL', 'APPROVER_ROLE', 'PIN_WRONG', 'LOCKED_OUT'],
] as const

type RouterCode =
  | 'LEDGER_UNAVAILABLE'
  | 'INPUT_NOT_VALID'
  | 'RECORD_TOO_LONG'
  | 'NOT_SIGNED_IN'
  | 'SCREEN_LOCKED'
  | 'ROLE_NOT_ALLOWED'
  | 'FAULT'
  | 'COMMAND_CONTENT_CHANGED'
type ApprovalCode = 'APPROVAL_NEEDED' | 'OWN_APPROVAL' | 'APPROVER_ROLE' | 'PIN_WRONG' | 'LOCKED_OUT'

interface Declared {
  '~orpc': { errorMap: object }
}
type Codes<P extends Declared> = Exclude<keyof P['~orpc']['errorMap'] & string, RouterCode>
/** An operation's own refusals; those of approvals are told apart by the one that only approvals have. */
type OwnCodes<P extends Declared> =
  'APPROVAL_NEEDED' extends Codes<P> ? Exclude<Codes<P>, ApprovalCode> : Codes<P>

type Call = (...args: never[]) => Promise<unknown>
export type InputOf<C extends Call> = Parameters<C>[0]
export type OutputOf<C extends Call> = Awaited<ReturnType<C>>

export interface Ready<I> {
  client: TillClient
  input: I
}

export interface Scenario<I, O, Code extends string> {
  /** Brings the till to where the operation succeeds. May be called again on a till that has been used. */
  ready(till: TestTill): Promise<Ready<I>>
  /** What the shop expects of the good case. */
  expects(output: O, asked: Ready<I> & { till: TestTill }): Promise<void> | void
  /** Each ends in a call that is refused by that name. */
  refusals: Record<Code, (till: TestTill) => Promise<unknown>>
  /** Where the good case needs a till that has never been set up. */
  firstRun?: true
  /** Refusals that need one as well. */
  refusedAtFirstRun?: readonly Code[]
  /** Where figures are expected from the till's first day on, or what happens is in the way of whoever comes after. */
  ownTill?: true
}

type ClientNoun<N extends keyof Contract> = TillClient[N]

/** Scenarios of every operation of a noun; what is missing does not compile. */
export type NounScenarios<N extends keyof Contract> = {
  [O in keyof Contract[N] & keyof ClientNoun<N>]: Contract[N][O] extends Declared
    ? ClientNoun<N>[O] extends Call
      ? Scenario<InputOf<ClientNoun<N>[O]>, OutputOf<ClientNoun<N>[O]>, OwnCodes<Contract[N][O]>>
      : never
    : never
}

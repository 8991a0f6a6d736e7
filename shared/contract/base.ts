/** What every operation has: its kind, who may ask for it, and the refusals that the router itself can give. */
import { oc } from '@orpc/contract'
import { z } from 'zod'
import { idField } from '../fields.ts'
import type { Role } from '../roles.ts'

export interface OperationMeta {
  /** A read; one ledger transaction; or something outside the ledger (paper, files, a worker). */
  kind: 'read' | 'write' | 'effect'
  /** Roles that may ask; 'anyone' needs no sign-in. */
  roles: readonly Role[] | 'anyone'
  /** Roles of the other person who must approve by PIN; absent where nobody has to. */
  approvers?: readonly Role[]
  /** True where a locked screen may still ask. */
  whileLocked?: boolean
}

/** A refusal as it is declared. The status only matters to the HTTP transport: all of them are 422. */
export const refusal = { status: 422 } as const

export const ledgerProblems = z.enum([
  'damaged',
  'foreign',
  'newer',
  'no-permission',
  'read-only',
  'disk-full',
  'disk-failing',
  'in-use',
  'not-durable',
  'overloaded',
  'moved',
  'accounts',
])

/** What the router can answer to any operation, before the operation itself is asked. In order of precedence. */
const COMMON_REFUSALS = {
  LEDGER_UNAVAILABLE: { ...refusal, data: z.object({ problem: ledgerProblems, detail: z.string() }) },
  NOT_SIGNED_IN: refusal,
  SCREEN_LOCKED: refusal,
  ROLE_NOT_ALLOWED: { ...refusal, data: z.object({ role: z.string() }) },
  RECORD_TOO_LONG: refusal,
  INPUT_NOT_VALID: { ...refusal, data: z.object({ field: z.string(), problem: z.string() }) },
  FAULT: { status: 500, data: z.object({ reference: z.string() }) },
} as const

export const operation = oc.$meta<OperationMeta>({ kind: 'read', roles: [] }).errors(COMMON_REFUSALS)

export const read = (roles: OperationMeta['roles']) => operation.meta({ kind: 'read', roles })
export const effect = (roles: OperationMeta['roles']) => operation.meta({ kind: 'effect', roles })
/** A command: carries the id that the screen made when the person began, so that a retry is the same command. */
export const write = (roles: OperationMeta['roles']) =>
  operation.meta({ kind: 'write', roles }).errors({ COMMAND_CONTENT_CHANGED: refusal })

const approvalRefusals = {
  APPROVAL_NEEDED: refusal,
  OWN_APPROVAL: refusal,
  APPROVER_ROLE: refusal,
  PIN_WRONG: { ...refusal, data: z.object({ retryAfterMs: z.int() }) },
  LOCKED_OUT: refusal,
} as const
export type ApprovalRefusal = keyof typeof approvalRefusals

/** A command that another person approves at the same screen, by PIN. */
export const approvedWrite = (roles: OperationMeta['roles'], approvers: readonly Role[]) =>
  operation
    .meta({ kind: 'write', roles, approvers })
    .errors({ COMMAND_CONTENT_CHANGED: refusal, ...approvalRefusals })

/** Something outside of the ledger that another person approves likewise. */
export const approvedEffect = (roles: OperationMeta['roles'], approvers: readonly Role[]) =>
  operation.meta({ kind: 'effect', roles, approvers }).errors(approvalRefusals)

/**
 * A command that two people sign: whoever gives enters their own PIN once more (`ownPin`), whoever takes approves.
 * The taker's role is that of the approvers.
 */
export const signedWrite = (roles: OperationMeta['roles'], takers: readonly Role[]) =>
  approvedWrite(roles, takers).errors({
    OWN_PIN_WRONG: { ...refusal, data: z.object({ retryAfterMs: z.int() }) },
  })

export const pinField = z.string().min(1).max(20)
export const approvalField = z.object({ personId: idField, pin: pinField })
export const signedField = z.object({ ownPin: pinField, approval: approvalField.optional() })
/** An id is one text: in capitals the same one would be another command. */
export const commandField = z.object({ commandId: idField.regex(/^[^A-Z]*$/) })
export const doneField = z.object({})

/** How far something long has got. */
export const progressField = z.object({
  phase: z.string(),
  done: z.int().nonnegative(),
  total: z.int().nonnegative(),
})

/** What the till answers when it does not do what it was asked to. */
import { ORPCError } from '@orpc/contract'
import { expect } from 'vitest'
import type { OpenTill } from './till.ts'

/** The refusal that a call ends in; fails the test where it succeeds or ends in anything undeclared. */
export async function refusalOf(call: Promise<unknown>): Promise<ORPCError<string, unknown>> {
  const answer = await call.then(
    value => ({ value }),
    (error: unknown) => ({ error }),
  )
  if ('value' in answer) throw new Error(`Not refused: ${JSON.stringify(answer.value)}`)
  const { error } = answer
  if (!(error instanceof ORPCError)) throw error
  expect(error, `${error.code} is not declared with this data`).toMatchObject({ defined: true })
  return error
}

/** Expects a refusal by name, and gives what it says besides. */
export async function refused(call: Promise<unknown>, code: string): Promise<unknown> {
  const error = await refusalOf(call)
  expect(error.code).toBe(code)
  return error.data
}

/** The same of a refusal that leaves nothing on record. */
export async function refusedUnwritten(
  { backend }: OpenTill,
  ask: () => Promise<unknown>,
  code: string,
): Promise<unknown> {
  const before = backend.ledger.head
  const told = await refused(ask(), code)
  expect(backend.ledger.head).toEqual(before)
  return told
}

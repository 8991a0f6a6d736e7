/** The contract as a list: what every operation declares, and how to call it by name. */
import { isContractProcedure } from '@orpc/contract'
import type { OperationMeta } from '../../shared/contract/base.ts'
import { contract, type TillClient } from '../../shared/contract/index.ts'
import type { TestTill } from '../support/screens.ts'
import { APPROVAL_CODES, COMMON_CODES, type Ready, type Scenario } from './scenario.ts'
import { scenarios } from './scenarios/index.ts'

/** A zod schema as far as tests walk it. */
export interface Schema {
  _zod: { def: SchemaDef }
  safeParse(value: unknown): { success: boolean }
}
export interface SchemaDef {
  type: string
  format?: string
  shape?: Record<string, Schema>
  element?: Schema
  innerType?: Schema
  options?: Schema[]
  valueType?: Schema
  checks?: { _zod: { def: { check: string; format?: string; maximum?: number } } }[]
}

type AnyScenario = Scenario<unknown, unknown, string>

export interface Operation {
  /** `receipt.post` */
  name: string
  meta: OperationMeta
  input: Schema | undefined
  /** Refusals that only this operation, or its kind of approval, declares. */
  ownCodes: string[]
  scenario: AnyScenario | undefined
  call(client: TillClient, input: unknown): Promise<unknown>
}

type Callable = Record<string, Record<string, (input: unknown) => Promise<unknown>>>

function operationOf(noun: string, verb: string, procedure: unknown): Operation[] {
  if (!isContractProcedure(procedure)) return []
  const { errorMap, inputSchema, meta } = procedure['~orpc']
  const { approvers, ...rest } = meta as OperationMeta
  const codes = Object.keys(errorMap).filter(code => !COMMON_CODES.some(common => common === code))
  const table = scenarios as unknown as Record<string, Record<string, AnyScenario>>
  return [
    {
      name: `${noun}.${verb}`,
      meta: approvers ? { ...rest, approvers } : rest,
      input: inputSchema as Schema | undefined,
      ownCodes: approvers ? codes.filter(code => !APPROVAL_CODES.some(common => common === code)) : codes,
      scenario: table[noun]?.[verb],
      call(client, input) {
        const operation = (client as unknown as Callable)[noun]?.[verb]
        if (!operation) throw new Error(`The client has no ${noun}.${verb}`)
        return operation(input)
      },
    },
  ]
}

export const operations: readonly Operation[] = Object.entries(contract).flatMap(([noun, verbs]) =>
  Object.entries(verbs).flatMap(([verb, procedure]) => operationOf(noun, verb, procedure)),
)

/** Every noun of the contract, once. */
export const nouns: readonly string[] = [...new Set(operations.map(({ name }) => name.split('.')[0] ?? ''))]

/** The scenario of an operation; the coverage test names those that are missing. */
export function scenarioOf(operation: Operation): AnyScenario {
  if (!operation.scenario) throw new Error(`No scenario for ${operation.name}`)
  return operation.scenario
}

/** Makes a good case ready at a till; a first run leaves the till as it is. */
export function readyAt(operation: Operation, till: TestTill): Promise<Ready<unknown>> {
  return scenarioOf(operation).ready(till)
}

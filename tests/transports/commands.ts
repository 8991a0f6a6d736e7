/** What holds for every command: carried out once, and approved by somebody else where the contract says so. */
import { describe, expect, it } from 'vitest'
import { newId } from '../../shared/id.ts'
import { approvalBy } from '../support/desk.ts'
import { refusalOf, refused } from '../support/refusals.ts'
import { clientOf, type TestTill } from '../support/screens.ts'
import { samplePerson, type Who } from '../support/template.ts'
import { type SharedTill, type Transport, tillForAll } from './every-operation.ts'
import { type Operation, operations, readyAt, scenarioOf } from './operations.ts'
import { lockOut } from './scenarios/person.ts'

const commands = operations.filter(({ meta }) => meta.kind === 'write')
const approved = operations.filter(({ meta }) => meta.approvers !== undefined)

/** Members that are no part of what a command asks for. */
const NOT_CONTENT = new Set(['commandId', 'approval', 'ownPin', 'newPin'])

/** Every way to change one thing in an input. */
function* changes(value: unknown): Generator<unknown> {
  if (typeof value === 'number') yield value + 1
  if (typeof value === 'boolean') yield !value
  if (typeof value === 'string') yield* [newId(), `${value}x`]
  if (typeof value !== 'object' || value === null) return
  for (const [name, member] of Object.entries(value)) {
    if (NOT_CONTENT.has(name)) continue
    for (const other of changes(member))
      yield Array.isArray(value) ? value.with(Number(name), other) : { ...value, [name]: other }
  }
}

/** The same input with one thing in it that is not the same, and is an input still. */
function changed({ name, input: schema }: Operation, input: unknown): unknown {
  for (const other of changes(input)) if (schema?.safeParse(other).success) return other
  throw new Error(`Nothing in the input of ${name} can be changed`)
}

async function readyFor(operation: Operation, till: TestTill) {
  const { client, input } = await readyAt(operation, till)
  return { client, input: input as { commandId: string; approval?: { personId: string; pin: string } } }
}

export function describeCommands(transport: Transport): void {
  describe(`a command is carried out once, through ${transport.name}`, () => {
    const used = tillForAll(transport)
    for (const operation of commands) {
      it(`${operation.name} sent twice gives the first answer, and other content under its id is refused`, async () => {
        const till = await (scenarioOf(operation).ownTill ? used.own() : used.get())
        const { client, input } = await readyFor(operation, till)
        const first = await operation.call(client, input)
        expect(await operation.call(client, input)).toEqual(first)
        const other = changed(operation, input)
        await refused(operation.call(client, other), 'COMMAND_CONTENT_CHANGED')
      })
    }
  })

  describe(`nobody approves their own, through ${transport.name}`, () => {
    const used = tillForAll(transport)
    for (const operation of approved) describeApproval(operation, used)
  })
}

async function failedTries(till: TestTill): Promise<number> {
  const auditor = await clientOf(till, 'auditor')
  return (await auditor.till.journal({ kind: 'person.pin-failed' })).entries.length
}

function describeApproval(operation: Operation, used: SharedTill): void {
  const approvers = operation.meta.approvers ?? []
  const everybody: Who[] = ['colleague', 'auditor', 'administrator']
  const others = everybody.filter(who => !approvers.includes(samplePerson(who).role))

  it(`${operation.name}: needs another person of the right role, and says which is wanting`, async () => {
    const till = await used.get()
    const { client, input } = await readyFor(operation, till)
    const asker = (await client.till.state()).person
    const { approval: _, ...without } = input
    await refused(operation.call(client, without), 'APPROVAL_NEEDED')
    const own = { ...approvalBy(asker?.role ?? 'cashier'), personId: asker?.personId ?? '' }
    await refused(operation.call(client, { ...input, approval: own }), 'OWN_APPROVAL')
    for (const who of others.filter(one => approvalBy(one).personId !== asker?.personId))
      await refused(operation.call(client, { ...input, approval: approvalBy(who) }), 'APPROVER_ROLE')
    const nobody = { personId: newId(), pin: '7046' }
    await refused(operation.call(client, { ...input, approval: nobody }), 'APPROVER_ROLE')
    expect(await failedTries(till)).toBe(0)
  })

  it(`${operation.name}: a wrong PIN leaves a failed try behind and nothing else, ten lock the approver out`, async () => {
    const till = await used.own()
    const { client, input } = await readyFor(operation, till)
    const auditor = await clientOf(till, 'auditor')
    const before = (await auditor.till.journal({})).entries.length
    const wrong = { personId: input.approval?.personId ?? '', pin: '8205' }
    const call = operation.call(client, { ...input, approval: wrong })
    expect(await refused(call, 'PIN_WRONG')).toEqual({ retryAfterMs: 0 })
    const { entries: facts } = await auditor.till.journal({})
    expect(facts.slice(0, facts.length - before).map(({ kind }) => kind)).toEqual(['person.pin-failed'])
    await lockOut(till, wrong.personId === approvalBy('lead').personId ? 'lead' : 'supervisor')
    expect((await refusalOf(operation.call(client, input))).code).toBe('LOCKED_OUT')
  })
}

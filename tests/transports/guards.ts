/** What the router asks before any operation is asked, tried on every operation through either transport. */

import { describe, expect, it } from 'vitest'
import { ROLES, type Role } from '../../shared/roles.ts'
import { savePerson } from '../support/office.ts'
import { refusalOf, refused } from '../support/refusals.ts'
import { screenOf } from '../support/screens.ts'
import { type Transport, tillForAll } from './every-operation.ts'
import { type Operation, operations } from './operations.ts'

/** What came of a call: its refusal by name, or nothing where it was answered. Streams are ended at once. */
async function codeOf(call: Promise<unknown>): Promise<string | undefined> {
  const answer = await call.then(
    output => ({ output }),
    (error: unknown) => ({ error }),
  )
  if ('error' in answer) return (await refusalOf(Promise.reject(answer.error))).code
  const { output } = answer
  if (typeof output === 'object' && output !== null && 'return' in output)
    await (output as AsyncGenerator).return(undefined)
  return undefined
}

function mayAsk(operation: Operation, role: Role): boolean {
  const { roles } = operation.meta
  return roles === 'anyone' || roles.includes(role)
}

function someoneWhoMay(operation: Operation): Role {
  return ROLES.find(role => mayAsk(operation, role)) ?? 'administrator'
}

const restricted = operations.filter(({ meta }) => meta.roles !== 'anyone')
const unrestricted = operations.filter(({ meta }) => meta.roles === 'anyone')

export function describeRoles(transport: Transport): void {
  describe(`nobody does what their role does not allow, through ${transport.name}`, () => {
    const used = tillForAll(transport)

    for (const role of ROLES)
      it(`${role}: is refused exactly what the contract does not list`, async () => {
        const wrong: string[] = []
        for (const operation of operations) {
          const { client } = await screenOf(await used.get(), role)
          const call = operation.call(client, undefined)
          const isRefused = (await codeOf(call)) === 'ROLE_NOT_ALLOWED'
          if (isRefused === mayAsk(operation, role)) wrong.push(operation.name)
        }
        expect(wrong).toEqual([])
      })

    it('the refusal names the role', async () => {
      const { client } = await screenOf(await used.get(), 'auditor')
      const call = client.session.countSheet()
      expect(await refused(call, 'ROLE_NOT_ALLOWED')).toEqual({ role: 'auditor' })
    })

    it('an administrator takes no money, and an auditor does nothing but count by surprise', () => {
      const changing = operations.filter(({ meta }) => meta.kind === 'write')
      const allowedTo = (role: Role) => changing.filter(operation => mayAsk(operation, role))
      expect(allowedTo('auditor').map(({ name }) => name)).toEqual(['session.surpriseCount'])
      const takesMoney = allowedTo('administrator').filter(({ name }) =>
        /^(receipt|drawer|session|movement|safe|deposit)\./.test(name),
      )
      expect(takesMoney).toEqual([])
    })

    it('nobody signed in: everything but the sign-in screen is refused, with a made-up token too', async () => {
      for (const token of [undefined, 'made-up', ''])
        for (const operation of restricted) {
          const screen = (await used.get()).screen()
          screen.token = token
          const code = await codeOf(operation.call(screen.client, undefined))
          expect([operation.name, code]).toEqual([operation.name, 'NOT_SIGNED_IN'])
        }
      for (const operation of unrestricted) {
        const code = await codeOf(operation.call((await used.get()).screen().client, undefined))
        expect([operation.name, code]).not.toEqual([operation.name, 'NOT_SIGNED_IN'])
      }
    })
  })
}

export function describeScreens(transport: Transport): void {
  describe(`a screen answers to whoever is signed in at it, through ${transport.name}`, () => {
    const used = tillForAll(transport)

    it('a locked screen: everything is refused but what unlocks it or ends it', async () => {
      const open: string[] = []
      for (const operation of restricted) {
        const { client } = await screenOf(await used.get(), someoneWhoMay(operation))
        await client.person.lock({ idle: false })
        const code = await codeOf(operation.call(client, undefined))
        if (code !== 'SCREEN_LOCKED') open.push(operation.name)
      }
      expect(open).toEqual(['person.signOut', 'person.lock', 'person.unlock'])
    })

    it('a screen that was signed out of is nobody’s', async () => {
      const screen = await screenOf(await used.get(), 'cashier')
      await screen.client.person.signOut()
      await refused(screen.client.session.list({}), 'NOT_SIGNED_IN')
    })

    it('a person who was dismissed is out at every screen at once', async () => {
      const { client } = await screenOf(await used.get(), 'colleague')
      const { personId, name } = (await client.till.state()).person ?? { personId: '', name: '' }
      const administrator = (await screenOf(await used.get(), 'administrator')).client
      const person = { personId, name, role: 'cashier' as const }
      await savePerson(administrator, { ...person, active: false })
      await refused(client.session.list({}), 'NOT_SIGNED_IN')
      await savePerson(administrator, { ...person, active: true })
    })
  })
}

const NOT_AN_INPUT = ['text', 4_200, [], null]

export function describeInputs(transport: Transport): void {
  describe(`what is not an input is refused before the operation sees it, through ${transport.name}`, () => {
    const used = tillForAll(transport)

    it('each operation that takes an input refuses one of another shape, and is none the worse', async () => {
      for (const operation of operations.filter(({ input }) => input !== undefined))
        for (const input of NOT_AN_INPUT) {
          const { client } = await screenOf(await used.get(), someoneWhoMay(operation))
          const code = await codeOf(operation.call(client, input))
          expect([operation.name, input, code]).toEqual([operation.name, input, 'INPUT_NOT_VALID'])
        }
    })

    it('the refusal names the field, in words for whoever typed', async () => {
      const { client } = await screenOf(await used.get(), 'cashier')
      const call = client.account.find({ text: 'x'.repeat(201) })
      expect(await refused(call, 'INPUT_NOT_VALID')).toEqual({
        field: 'text',
        problem: 'too long or too large',
      })
    })
  })
}

import { expect } from 'vitest'
import type { TillClient } from '../../../shared/contract/index.ts'
import { newId } from '../../../shared/id.ts'
import { whileKept } from '../../support/central/city-at-till.ts'
import { HOUR_MS } from '../../support/clock.ts'
import { approvedPin, personNow, savePerson } from '../../support/office.ts'
import { refusalOf } from '../../support/refusals.ts'
import { clientOf, screenOf, type TestTill } from '../../support/screens.ts'
import { samplePerson, type Who } from '../../support/template.ts'
import { openDrawerOf } from '../at-the-desk.ts'
import type { NounScenarios } from '../scenario.ts'

const WRONG = '8205'

/** Guesses until a person is locked out, waiting as long as the till asks for; ends with that refusal. */
async function guess(till: TestTill, call: () => Promise<unknown>): Promise<never> {
  for (;;) {
    const error = await refusalOf(call())
    if (error.code === 'LOCKED_OUT') throw error
    till.clock.advance(HOUR_MS)
  }
}

/** Somebody is locked out at the sign-in screen. */
export async function lockOut(till: TestTill, who: Who): Promise<void> {
  const { client } = till.screen()
  const { personId } = samplePerson(who)
  await refusalOf(guess(till, () => client.person.signIn({ personId, pin: WRONG })))
}

async function administrator(till: TestTill): Promise<TillClient> {
  return clientOf(till, 'administrator')
}

let hired = 0
function newcomer() {
  hired += 1
  const person = { personId: newId(), name: `T. Baptiste ${hired}`, role: 'cashier' as const, active: true }
  return { commandId: newId(), ...person, newPin: '5836', ...approvedPin() }
}

/** Somebody whose PIN an administrator has set. */
async function newlyHired(till: TestTill): Promise<{ personId: string; pin: string }> {
  const person = newcomer()
  await savePerson(await administrator(till), person)
  return { personId: person.personId, pin: person.newPin }
}

function saved(who: Who) {
  const { personId, name, role } = samplePerson(who)
  return { commandId: newId(), personId, name, role, active: true }
}

export const person: NounScenarios<'person'> = {
  names: {
    async ready(till) {
      return { client: till.screen().client, input: undefined }
    },
    expects(output) {
      expect(output.map(({ name }) => name)).toContain('M. Alvarez')
      expect(Object.keys(output[0] ?? {}).sort()).toEqual(['name', 'personId'])
    },
    refusals: {},
  },
  signIn: {
    ownTill: true,
    async ready(till) {
      const { personId, pin } = samplePerson('cashier')
      return { client: till.screen().client, input: { personId, pin } }
    },
    expects(output) {
      expect(output.person).toMatchObject({ name: 'M. Alvarez', role: 'cashier' })
      expect(output.signInToken.length).toBeGreaterThanOrEqual(32)
    },
    refusals: {
      PIN_WRONG: async till =>
        till.screen().client.person.signIn({ personId: samplePerson('cashier').personId, pin: WRONG }),
      LOCKED_OUT: async till => {
        await lockOut(till, 'cashier')
        const { personId, pin } = samplePerson('cashier')
        return till.screen().client.person.signIn({ personId, pin })
      },
      UNKNOWN_PERSON: async till => till.screen().client.person.signIn({ personId: newId(), pin: '4719' }),
      PIN_TO_BE_CHOSEN: async till => {
        const { personId, pin } = await newlyHired(till)
        return till.screen().client.person.signIn({ personId, pin })
      },
      PIN_NOT_ALLOWED: async till => {
        const { personId, pin } = await newlyHired(till)
        return till.screen().client.person.signIn({ personId, pin, newPin: pin })
      },
    },
  },
  signOut: {
    async ready(till) {
      return { client: await clientOf(till, 'auditor'), input: undefined }
    },
    async expects(_output, { client }) {
      expect((await client.till.state()).person).toBeNull()
    },
    refusals: {},
  },
  active: {
    async ready(till) {
      return { client: await clientOf(till, 'cashier'), input: undefined }
    },
    async expects(_output, { client }) {
      expect((await client.till.state()).locked).toBe(false)
    },
    refusals: {},
  },
  lock: {
    async ready(till) {
      return { client: await clientOf(till, 'cashier'), input: { idle: false } }
    },
    async expects(_output, { client }) {
      expect(await client.till.state()).toMatchObject({ locked: true, person: { name: 'M. Alvarez' } })
    },
    refusals: {},
  },
  unlock: {
    ownTill: true,
    async ready(till) {
      const client = await clientOf(till, 'cashier')
      await client.person.lock({ idle: false })
      return { client, input: { pin: samplePerson('cashier').pin } }
    },
    async expects(_output, { client }) {
      expect((await client.till.state()).locked).toBe(false)
    },
    refusals: {
      PIN_WRONG: async till => (await person.unlock.ready(till)).client.person.unlock({ pin: WRONG }),
      LOCKED_OUT: async till => {
        const { client } = await person.unlock.ready(till)
        return guess(till, () => client.person.unlock({ pin: WRONG }))
      },
    },
  },
  approvers: {
    async ready(till) {
      return { client: await clientOf(till, 'lead'), input: undefined }
    },
    expects(output) {
      expect(output.map(({ role }) => role)).toEqual(['supervisor'])
    },
    refusals: {},
  },
  list: {
    async ready(till) {
      return { client: await clientOf(till, 'auditor'), input: undefined }
    },
    expects(output) {
      const members = ['active', 'hasPin', 'lockedOut', 'name', 'personId', 'role', 'toChoose']
      expect(output.length).toBeGreaterThanOrEqual(6)
      expect(Object.keys(output[0] ?? {}).sort()).toEqual(members)
    },
    refusals: {},
  },
  save: {
    async ready(till) {
      return { client: await administrator(till), input: { ...newcomer(), before: null } }
    },
    async expects(_output, { till, input }) {
      const { person: signedIn } = await till
        .screen()
        .client.person.signIn({ personId: input.personId, pin: input.newPin ?? '', newPin: '719285' })
      expect(signedIn.name).toBe(input.name)
    },
    refusals: {
      CHANGED_MEANWHILE: async till => {
        const client = await administrator(till)
        const before = await personNow(client, samplePerson('colleague').personId)
        if (!before) throw new Error('The sample city has a colleague')
        await savePerson(client, { ...before, active: false })
        return client.person.save({ commandId: newId(), before, ...before, name: 'J. Okonkwo-Hale' })
      },
      PIN_NOT_ALLOWED: async till => savePerson(await administrator(till), { ...newcomer(), newPin: '1234' }),
      TEXT_NOT_ALLOWED: async till =>
        savePerson(await administrator(till), { ...newcomer(), name: 'T.\u0007 Bell' }),
      NAME_TAKEN: async till => savePerson(await administrator(till), { ...newcomer(), name: 'm. ALVAREZ' }),
      LAST_ADMINISTRATOR: async till =>
        savePerson(await administrator(till), { ...saved('administrator'), active: false }),
      PIN_MISSING: async till => {
        const { newPin: _, ...without } = newcomer()
        return savePerson(await administrator(till), without)
      },
      OWN_PIN: async till =>
        savePerson(await administrator(till), { ...saved('administrator'), newPin: '719285' }),
      SESSION_OPEN: async till => {
        await openDrawerOf(till, 'cashier')
        return savePerson(await administrator(till), { ...saved('cashier'), active: false })
      },
      KEPT_AT_CENTRAL: async till => {
        const client = await administrator(till)
        const { personId, name, role } = saved('auditor')
        return whileKept(till, { people: [{ personId, name, role, active: true }] }, () =>
          savePerson(client, { ...saved('auditor'), active: false }),
        )
      },
    },
  },
  changePin: {
    ownTill: true,
    async ready(till) {
      const client = await clientOf(till, 'colleague')
      return { client, input: { pin: samplePerson('colleague').pin, newPin: samplePerson('colleague').pin } }
    },
    async expects(_output, { till, input }) {
      const { personId } = samplePerson('colleague')
      const changed = await till.screen().client.person.signIn({ personId, pin: input.newPin })
      expect(changed.person.personId).toBe(personId)
    },
    refusals: {
      PIN_WRONG: async till =>
        (await clientOf(till, 'colleague')).person.changePin({ pin: WRONG, newPin: '5836' }),
      PIN_NOT_ALLOWED: async till => {
        const { client, input } = await person.changePin.ready(till)
        return client.person.changePin({ ...input, newPin: '0000' })
      },
      LOCKED_OUT: async till => {
        const { client, input } = await person.changePin.ready(till)
        return guess(till, () => client.person.changePin({ ...input, pin: WRONG }))
      },
    },
  },
  release: {
    ownTill: true,
    async ready(till) {
      await lockOut(till, 'cashier')
      const { client } = await screenOf(till, 'supervisor')
      return { client, input: { commandId: newId(), personId: samplePerson('cashier').personId } }
    },
    async expects(_output, { till }) {
      const { personId, pin } = samplePerson('cashier')
      const back = await till.screen().client.person.signIn({ personId, pin })
      expect(back.person.name).toBe('M. Alvarez')
    },
    refusals: {
      UNKNOWN_PERSON: async till =>
        (await clientOf(till, 'supervisor')).person.release({ commandId: newId(), personId: newId() }),
      NOT_LOCKED_OUT: async till =>
        (await clientOf(till, 'supervisor')).person.release({
          commandId: newId(),
          personId: samplePerson('lead').personId,
        }),
      RELEASED_BEFORE: async till => {
        const client = await clientOf(till, 'supervisor')
        const { personId } = samplePerson('cashier')
        await lockOut(till, 'cashier')
        await client.person.release({ commandId: newId(), personId })
        await lockOut(till, 'cashier')
        return client.person.release({ commandId: newId(), personId })
      },
      OWN_RELEASE: async till =>
        (await clientOf(till, 'supervisor')).person.release({
          commandId: newId(),
          personId: samplePerson('supervisor').personId,
        }),
    },
  },
}

import { expect } from 'vitest'
import { namedId } from '../../../db/accounts/named-id.ts'
import { sampleSettings } from '../../../electron/backend/setup/first-run.ts'
import { newId } from '../../../shared/id.ts'
import { cents } from '../../../shared/money.ts'
import { policiesOf, type Settings } from '../../../shared/settings/index.ts'
import { whileKept } from '../../support/central/city-at-till.ts'
import { saveSettings } from '../../support/office.ts'
import { clientOf, type TestTill } from '../../support/screens.ts'
import { withLooseKeys } from '../loose-keys.ts'
import type { InputOf, NounScenarios } from '../scenario.ts'
import { resultOf } from './account.ts'

type SetUp = InputOf<ReturnType<TestTill['screen']>['client']['setup']['setUp']>

/** A rule for deposits that names a bank account, and no money that it sends there. */
function rulesFor(bankAccountId: string) {
  const bankRules = [{ glPrefix: '999', bankAccountId }]
  return { bankRules, defaultBankAccountId: bankAccountId }
}
const sampleBankId = namedId('bank-account', 'Permits and fees')

/** What a small town types into the wizard. */
export function firstRun(change: Partial<SetUp> = {}): SetUp {
  const bankAccountId = newId()
  return {
    commandId: newId(),
    code: 'T1',
    settings: {
      ...sampleSettings(),
      utilityName: 'Town of Alder Creek',
      ...rulesFor(bankAccountId),
    },
    bankAccount: {
      bankAccountId,
      name: 'Operating',
      bankName: 'First of Alder',
      routingNumber: '111000025',
      accountNumber: '004400172251',
      active: true,
    },
    drawers: [
      {
        drawerId: newId(),
        name: 'Counter',
        active: true,
        changeFundCents: cents(10_000),
        limitCents: cents(80_000),
      },
    ],
    administrator: { personId: newId(), name: 'E. Lindqvist', pin: '7402' },
    ...change,
  }
}

/** A policy in which a category would mean two GL accounts. */
function withCategoryTwice(settings: Settings): Settings {
  const paidCategories = [...settings.paidCategories, ...settings.paidCategories]
  return { ...settings, paidCategories }
}

/** Setting a till up, and what its city sets for itself. */
export const firstRuns: Pick<NounScenarios<'setup'>, 'setUp' | 'openSample' | 'settings' | 'saveSettings'> = {
  setUp: {
    firstRun: true,
    refusedAtFirstRun: ['KEY_NOT_USABLE', 'ALREADY_SET_UP'],
    async ready(opened) {
      return { client: opened.screen().client, input: firstRun() }
    },
    async expects(_output, { client, input }) {
      expect(await client.till.state()).toMatchObject({ phase: 'ready', utilityName: 'Town of Alder Creek' })
      const { personId, pin } = input.administrator
      expect((await client.person.signIn({ personId, pin })).person.role).toBe('administrator')
    },
    refusals: {
      PIN_NOT_ALLOWED: async opened => {
        const { administrator } = firstRun()
        return opened
          .screen()
          .client.setup.setUp(firstRun({ administrator: { ...administrator, pin: '1111' } }))
      },
      TEXT_NOT_ALLOWED: async opened => {
        const { settings } = firstRun()
        return opened
          .screen()
          .client.setup.setUp(firstRun({ settings: { ...settings, utilityName: 'Town\u0000' } }))
      },
      // While the sample is being made too: a city would begin with the sample's customers.
      ALREADY_SET_UP: async opened => {
        const { client } = opened.screen()
        const making = await client.setup.openSample({ accounts: 300 })
        await making.next()
        return client.setup.setUp(firstRun()).finally(() => resultOf(making))
      },
      KEY_NOT_USABLE: opened => withLooseKeys(opened, () => opened.screen().client.setup.setUp(firstRun())),
      NAME_TAKEN: async opened => {
        const { drawers } = firstRun()
        const twice = drawers.flatMap(drawer => [
          drawer,
          { ...drawer, drawerId: newId(), name: drawer.name.toUpperCase() },
        ])
        return opened.screen().client.setup.setUp(firstRun({ drawers: twice }))
      },
      ROUTING_NUMBER_WRONG: async opened => {
        const { bankAccount, settings } = firstRun()
        const wrong = { ...bankAccount, routingNumber: '123456789' }
        return opened.screen().client.setup.setUp(firstRun({ bankAccount: wrong, settings }))
      },
      TIME_ZONE_UNKNOWN: async opened => {
        const { settings } = firstRun()
        return opened
          .screen()
          .client.setup.setUp(firstRun({ settings: { ...settings, timeZone: 'America/Nowhere' } }))
      },
      POLICY_NOT_VALID: async opened => {
        const settings = withCategoryTwice(firstRun().settings)
        return opened.screen().client.setup.setUp(firstRun({ settings }))
      },
      UNKNOWN_BANK_ACCOUNT: async opened => {
        const { settings } = firstRun()
        const policies = rulesFor(newId())
        return opened.screen().client.setup.setUp(firstRun({ settings: { ...settings, ...policies } }))
      },
    },
  },
  openSample: {
    firstRun: true,
    refusedAtFirstRun: ['KEY_NOT_USABLE'],
    async ready(opened) {
      return { client: opened.screen().client, input: { accounts: 20 } }
    },
    async expects(output, { client }) {
      await resultOf(output)
      expect(await client.till.state()).toMatchObject({ phase: 'ready', sample: true, accountCount: 20 })
    },
    refusals: {
      ALREADY_SET_UP: async opened => opened.screen().client.setup.openSample({ accounts: 20 }),
      KEY_NOT_USABLE: opened =>
        withLooseKeys(opened, async () =>
          resultOf(await opened.screen().client.setup.openSample({ accounts: 20 })),
        ),
    },
  },
  settings: {
    async ready(opened) {
      return { client: await clientOf(opened, 'cashier'), input: undefined }
    },
    expects(output) {
      expect(output).toMatchObject({ utilityName: 'City of Millbrook Utilities', rounding: 'off' })
    },
    refusals: {},
  },
  saveSettings: {
    async ready(opened) {
      const settings = { ...sampleSettings(), idleLockMinutes: 7, ...rulesFor(sampleBankId) }
      const client = await clientOf(opened, 'administrator')
      return { client, input: { commandId: newId(), before: await client.setup.settings(), settings } }
    },
    async expects(_output, { client, input }) {
      expect(await client.setup.settings()).toEqual(input.settings)
    },
    refusals: {
      CHANGED_MEANWHILE: async opened => {
        const client = await clientOf(opened, 'administrator')
        const before = await client.setup.settings()
        await saveSettings(client, { ...before, phone: '555 0100' })
        const settings = { ...before, phone: '555 0199' }
        return client.setup.saveSettings({ commandId: newId(), before, settings })
      },
      TEXT_NOT_ALLOWED: async opened => {
        const settings = { ...sampleSettings(), phone: '\u001b[31m' }
        return saveSettings(await clientOf(opened, 'administrator'), settings)
      },
      TIME_ZONE_UNKNOWN: async opened => {
        const settings = { ...sampleSettings(), timeZone: '+05:00' }
        return saveSettings(await clientOf(opened, 'administrator'), settings)
      },
      UNKNOWN_BANK_ACCOUNT: async opened => {
        const settings = { ...sampleSettings(), ...rulesFor(newId()) }
        return saveSettings(await clientOf(opened, 'administrator'), settings)
      },
      POLICY_NOT_VALID: async opened => {
        const settings = withCategoryTwice(sampleSettings())
        return saveSettings(await clientOf(opened, 'administrator'), settings)
      },
      KEPT_AT_CENTRAL: async opened => {
        const client = await clientOf(opened, 'administrator')
        const settings = await client.setup.settings()
        const other = { ...settings, warnPercent: 61 }
        return whileKept(opened, { policies: policiesOf(settings) }, () => saveSettings(client, other))
      },
    },
  },
}

import { expect } from 'vitest'
import { namedId } from '../../../db/accounts/named-id.ts'
import { sampleSettings } from '../../../electron/backend/operations/first-run.ts'
import { newId } from '../../../shared/id.ts'
import { cents } from '../../../shared/money.ts'
import type { Settings } from '../../../shared/settings.ts'
import { whileKept } from '../../support/city-at-till.ts'
import { START_MS } from '../../support/clock.ts'
import { clientOf, type TestTill } from '../../support/screens.ts'
import { paidDrawerOf } from '../at-the-desk.ts'
import type { InputOf, NounScenarios } from '../scenario.ts'
import { resultOf } from './account.ts'

type SetUp = InputOf<ReturnType<TestTill['screen']>['client']['till']['setUp']>

/** A rule for deposits that names a bank account, and no money that it sends there. */
function rulesFor(bankAccountId: string) {
  const bankRules = [{ glPrefix: '999', bankAccountId }]
  return { ...sampleSettings().drawerControl, bankRules, defaultBankAccountId: bankAccountId }
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
      drawerControl: rulesFor(bankAccountId),
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
        floatCents: cents(10_000),
        limitCents: cents(80_000),
      },
    ],
    administrator: { personId: newId(), name: 'E. Lindqvist', pin: '7402' },
    ...change,
  }
}

/** A policy in which a category would mean two GL accounts. */
function withCategoryTwice(settings: Settings): Settings {
  const { drawerControl } = settings
  const paidCategories = [...drawerControl.paidCategories, ...drawerControl.paidCategories]
  return { ...settings, drawerControl: { ...drawerControl, paidCategories } }
}

export const till: NounScenarios<'till'> = {
  state: {
    async ready(opened) {
      return { client: opened.screen().client, input: undefined }
    },
    expects(output) {
      expect(output).toMatchObject({
        phase: 'ready',
        utilityName: 'City of Millbrook Utilities',
        businessDate: '2026-11-20',
        nowMs: START_MS,
        person: null,
        session: null,
      })
    },
    refusals: {},
  },
  changes: {
    async ready(opened) {
      return { client: opened.screen().client, input: undefined }
    },
    async expects(output, { till: opened }) {
      expect((await output.next()).value).toEqual({ nouns: ['till'] })
      await clientOf(opened, 'cashier')
      expect((await output.next()).value).toEqual({ nouns: ['person'] })
      await output.return?.()
    },
    refusals: {},
  },
  setUp: {
    firstRun: true,
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
          .client.till.setUp(firstRun({ administrator: { ...administrator, pin: '1111' } }))
      },
      TEXT_NOT_ALLOWED: async opened => {
        const { settings } = firstRun()
        return opened
          .screen()
          .client.till.setUp(firstRun({ settings: { ...settings, utilityName: 'Town\u0000' } }))
      },
      ALREADY_SET_UP: async opened => opened.screen().client.till.setUp(firstRun()),
      NAME_TAKEN: async opened => {
        const { drawers } = firstRun()
        const twice = drawers.flatMap(drawer => [
          drawer,
          { ...drawer, drawerId: newId(), name: drawer.name.toUpperCase() },
        ])
        return opened.screen().client.till.setUp(firstRun({ drawers: twice }))
      },
      ROUTING_NUMBER_WRONG: async opened => {
        const { bankAccount, settings } = firstRun()
        const wrong = { ...bankAccount, routingNumber: '123456789' }
        return opened.screen().client.till.setUp(firstRun({ bankAccount: wrong, settings }))
      },
      TIME_ZONE_UNKNOWN: async opened => {
        const { settings } = firstRun()
        return opened
          .screen()
          .client.till.setUp(firstRun({ settings: { ...settings, timeZone: 'America/Nowhere' } }))
      },
      POLICY_NOT_VALID: async opened => {
        const settings = withCategoryTwice(firstRun().settings)
        return opened.screen().client.till.setUp(firstRun({ settings }))
      },
      UNKNOWN_BANK_ACCOUNT: async opened => {
        const { settings } = firstRun()
        const drawerControl = rulesFor(newId())
        return opened.screen().client.till.setUp(firstRun({ settings: { ...settings, drawerControl } }))
      },
    },
  },
  openSample: {
    firstRun: true,
    async ready(opened) {
      return { client: opened.screen().client, input: { accounts: 20 } }
    },
    async expects(output, { client }) {
      await resultOf(output)
      expect(await client.till.state()).toMatchObject({ phase: 'ready', sample: true, accountCount: 20 })
    },
    refusals: {
      ALREADY_SET_UP: async opened => opened.screen().client.till.openSample({ accounts: 20 }),
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
      const settings = { ...sampleSettings(), idleLockMinutes: 7, drawerControl: rulesFor(sampleBankId) }
      return { client: await clientOf(opened, 'administrator'), input: { commandId: newId(), settings } }
    },
    async expects(_output, { client, input }) {
      expect(await client.till.settings()).toEqual(input.settings)
    },
    refusals: {
      TEXT_NOT_ALLOWED: async opened => {
        const settings = { ...sampleSettings(), phone: '\u001b[31m' }
        return (await clientOf(opened, 'administrator')).till.saveSettings({ commandId: newId(), settings })
      },
      TIME_ZONE_UNKNOWN: async opened => {
        const settings = { ...sampleSettings(), timeZone: '+05:00' }
        return (await clientOf(opened, 'administrator')).till.saveSettings({ commandId: newId(), settings })
      },
      UNKNOWN_BANK_ACCOUNT: async opened => {
        const settings = { ...sampleSettings(), drawerControl: rulesFor(newId()) }
        return (await clientOf(opened, 'administrator')).till.saveSettings({ commandId: newId(), settings })
      },
      POLICY_NOT_VALID: async opened => {
        const settings = withCategoryTwice(sampleSettings())
        return (await clientOf(opened, 'administrator')).till.saveSettings({ commandId: newId(), settings })
      },
      KEPT_AT_CENTRAL: async opened => {
        const client = await clientOf(opened, 'administrator')
        const settings = await client.till.settings()
        const { drawerControl } = settings
        const other = { ...settings, drawerControl: { ...drawerControl, warnPercent: 61 } }
        return whileKept(opened, { drawerControl }, () =>
          client.till.saveSettings({ commandId: newId(), settings: other }),
        )
      },
    },
  },
  journal: {
    async ready(opened) {
      await paidDrawerOf(opened, 'cashier')
      return { client: await clientOf(opened, 'auditor'), input: { kind: 'receipt.posted' } }
    },
    expects(output) {
      expect(output[0]).toMatchObject({ kind: 'receipt.posted', actorName: 'M. Alvarez' })
      expect(output[0]?.summary).toContain('50.00')
    },
    refusals: {},
  },
  verify: {
    ownTill: true,
    async ready(opened) {
      await paidDrawerOf(opened, 'cashier')
      return { client: await clientOf(opened, 'auditor'), input: undefined }
    },
    async expects(output) {
      const report = await resultOf(output)
      expect(report.problems).toEqual([])
      expect(report).toMatchObject({ ok: true, totalCents: 5_000 })
    },
    refusals: {},
  },
}

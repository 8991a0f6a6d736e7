import { expect } from 'vitest'
import { SHOWS_EVERY_FACT } from '../../../shared/nouns.ts'
import { START_MS } from '../../support/clock.ts'
import { clientOf } from '../../support/screens.ts'
import { paidDrawerOf } from '../at-the-desk.ts'
import type { NounScenarios } from '../scenario.ts'
import { resultOf } from './account.ts'

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
      expect((await output.next()).value).toEqual({ nouns: [...SHOWS_EVERY_FACT, 'person'] })
      await output.return?.()
    },
    refusals: {},
  },
  factKinds: {
    async ready(opened) {
      return { client: await clientOf(opened, 'auditor'), input: undefined }
    },
    expects(output) {
      expect(output).toContainEqual({ kind: 'movement.no-sale', label: 'No sale' })
      expect(new Set(output.map(({ label }) => label)).size).toBe(output.length)
    },
    refusals: {},
  },
  journal: {
    async ready(opened) {
      await paidDrawerOf(opened, 'cashier')
      return { client: await clientOf(opened, 'auditor'), input: { kind: 'receipt.posted' } }
    },
    expects(output) {
      expect(output.entries[0]).toMatchObject({ kind: 'receipt.posted', actorName: 'M. Alvarez' })
      expect(output.entries[0]?.summary).toContain('50.00')
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
      expect(report).toMatchObject({ ok: true, receipts: 1, totalCents: 0 })
    },
    refusals: {},
  },
}

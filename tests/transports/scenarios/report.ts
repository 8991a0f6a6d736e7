import { expect } from 'vitest'
import type { ReportInput } from '../../../shared/contract/report.ts'
import { cents } from '../../../shared/money.ts'
import { type BusinessDate, daysLater } from '../../../shared/time.ts'
import { clientOf, type TestTill } from '../../support/screens.ts'
import { closedSessionOf } from '../at-the-desk.ts'
import type { NounScenarios } from '../scenario.ts'

/** An auditor, and a session of today that was closed with seventy dollars for the bank. */
async function closedToday(till: TestTill) {
  const session = await closedSessionOf(till, 'cashier', cents(7_000))
  const client = await clientOf(till, 'auditor')
  const { businessDate } = await client.till.state()
  return { client, session, businessDate }
}

const collectionsOf = (fromDate: BusinessDate, toDate = fromDate): ReportInput => {
  return { report: 'collections', fromDate, toDate }
}

async function backwards(till: TestTill) {
  const client = await clientOf(till, 'auditor')
  const { businessDate } = await client.till.state()
  return { client, input: collectionsOf(businessDate, daysLater(businessDate, -1)) }
}

export const report: NounScenarios<'report'> = {
  run: {
    async ready(till) {
      const { client, businessDate } = await closedToday(till)
      return { client, input: { ...collectionsOf(businessDate), report: 'sessions' } }
    },
    expects(output) {
      expect(output.title).toBe('Session detail')
      const closed = output.sections.find(section => section.heading === 'Closed')
      expect(closed?.rows.at(-1)).toContain(7_000)
    },
    refusals: {
      DAYS_NOT_VALID: async till => {
        const { client, input } = await backwards(till)
        return client.report.run(input)
      },
    },
  },
  file: {
    async ready(till) {
      const { client, businessDate } = await closedToday(till)
      return { client, input: { ...collectionsOf(businessDate), format: 'csv' } }
    },
    async expects(output, { input }) {
      expect(output.name).toBe(`collections-${input.fromDate}.csv`)
      expect(await output.text()).toContain('GL account')
    },
    refusals: {
      DAYS_NOT_VALID: async till => {
        const { client, input } = await backwards(till)
        return client.report.file({ ...input, format: 'pdf' })
      },
    },
  },
  overShort: {
    async ready(till) {
      const { businessDate } = await closedToday(till)
      return { client: await clientOf(till, 'cashier'), input: { toDate: businessDate } }
    },
    expects(output) {
      expect(output.at(-1)).toMatchObject({ cashierName: 'M. Alvarez', drawerName: 'Window 1' })
      expect(output.at(-1)?.differences).toContainEqual({ tender: 'cash', name: 'Cash', overShortCents: 0 })
    },
    refusals: {},
  },
}

import { expect } from 'vitest'
import type { TillClient } from '../../../shared/contract/index.ts'
import { newId } from '../../../shared/id.ts'
import {
  CODE,
  listeningCentral,
  OTHER_KEY_CODE,
  OTHER_NAME_CODE,
  OTHER_PROTOCOL_CODE,
  TAKEN_CODE,
} from '../../support/central/fake-central.ts'
import { approvalBy } from '../../support/desk.ts'
import { clientOf, type TestTill } from '../../support/screens.ts'
import { paidDrawerOf } from '../at-the-desk.ts'
import { withLooseKeys } from '../loose-keys.ts'
import type { NounScenarios } from '../scenario.ts'

type EnrolChange = Partial<Parameters<TillClient['sync']['enrol']>[0]>

async function enrolment(till: TestTill, change: EnrolChange = {}) {
  const { address } = await listeningCentral()
  return {
    client: await clientOf(till, 'administrator'),
    input: { address, code: CODE, approval: approvalBy('supervisor'), ...change },
  }
}

async function enrolWith(till: TestTill, change: EnrolChange) {
  const { client, input } = await enrolment(till, change)
  return client.sync.enrol(input)
}

export const sync: NounScenarios<'sync'> = {
  status: {
    async ready(till) {
      await paidDrawerOf(till, 'cashier')
      return { client: await clientOf(till, 'auditor'), input: undefined }
    },
    async expects(output, { till }) {
      const { held, sent } = output.counts
      expect(held + sent + output.counts.acknowledged + output.counts.posted).toBeGreaterThan(0)
      expect(output.details?.head.seq).toBeGreaterThan(0)
      const forCashier = await (await clientOf(till, 'colleague')).sync.status()
      expect(forCashier.details).toBeNull()
    },
    refusals: {},
  },
  exceptions: {
    async ready(till) {
      return { client: await clientOf(till, 'lead'), input: undefined }
    },
    expects(output) {
      expect(output).toEqual([])
    },
    refusals: {},
  },
  checks: {
    async ready(till) {
      return { client: await clientOf(till, 'auditor'), input: undefined }
    },
    expects(output) {
      expect(output).toEqual({ agreeing: 0, differing: [] })
    },
    refusals: {},
  },
  session: {
    async ready(till) {
      const { client, sessionId } = await paidDrawerOf(till, 'cashier')
      return { client, input: { sessionId } }
    },
    expects({ unsentCount, check }) {
      expect({ isHere: unsentCount > 0, check }).toEqual({ isHere: true, check: null })
    },
    refusals: {
      UNKNOWN_SESSION: async till => (await clientOf(till, 'cashier')).sync.session({ sessionId: newId() }),
    },
  },
  tryNow: {
    async ready(till) {
      return { client: await clientOf(till, 'cashier'), input: undefined }
    },
    expects(output) {
      expect(output).toEqual({})
    },
    refusals: {},
  },
  enrol: {
    ready: enrolment,
    async expects(output, { client, input }) {
      expect(output).toEqual({ utilityName: 'Test utility' })
      const { details } = await client.sync.status()
      expect(details?.enrolment).toMatchObject({ address: input.address, utilityName: 'Test utility' })
    },
    refusals: {
      ADDRESS_NOT_VALID: till => enrolWith(till, { address: 'http://billing.example.gov' }),
      CODE_NOT_VALID: till => enrolWith(till, { code: 'NOBODY-KNOWS-1' }),
      ENROLLED_ALREADY: till => enrolWith(till, { code: OTHER_KEY_CODE }),
      TILL_CODE_TAKEN: till => enrolWith(till, { code: TAKEN_CODE }),
      ADDRESS_DIFFERS: till => enrolWith(till, { code: OTHER_NAME_CODE }),
      // A port that nothing may be asked at.
      CENTRAL_UNREACHABLE: till => enrolWith(till, { address: 'http://127.0.0.1:1' }),
      CENTRAL_NOT_UNDERSTOOD: till => enrolWith(till, { code: OTHER_PROTOCOL_CODE }),
      KEY_NOT_USABLE: till => withLooseKeys(till, () => enrolWith(till, {})),
    },
  },
}

import { afterAll } from 'vitest'
import { endDesktopHost, openPortTill } from '../support/port-till.ts'
import { describeBrokenLedgers } from './broken-ledger.ts'
import { describeInputs, describeRoles, describeScreens } from './guards.ts'

afterAll(endDesktopHost)

const transport = {
  name: 'the message port',
  open: openPortTill,
  tillFor: 'noun',
  refusals: 'one of each',
} as const

// That a command is carried out once, and approved by another, is decided behind the transports: HTTP shows it.
describeRoles(transport)
describeScreens(transport)
describeInputs(transport)
describeBrokenLedgers(transport)

import { afterAll } from 'vitest'
import { endDesktopHost, openPortTill } from '../support/port-till.ts'
import { describeBrokenLedgers } from './broken-ledger.ts'
import { describeCommands } from './commands.ts'
import { describeInputs, describeRoles, describeScreens } from './guards.ts'

afterAll(endDesktopHost)

const door = { name: 'the message port', open: openPortTill, tillFor: 'noun' } as const

describeRoles(door)
describeScreens(door)
describeInputs(door)
describeCommands(door)
describeBrokenLedgers(door)

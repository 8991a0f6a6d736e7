import { openHttpTill } from '../support/http-till.ts'
import { describeBrokenLedgers } from './broken-ledger.ts'
import { describeCommands } from './commands.ts'
import { describeInputs, describeRoles, describeScreens } from './guards.ts'

const door = { name: 'HTTP', open: openHttpTill, tillFor: 'operation' } as const

describeRoles(door)
describeScreens(door)
describeInputs(door)
describeCommands(door)
describeBrokenLedgers(door)

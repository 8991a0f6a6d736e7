import { openHttpTill } from '../support/http-till.ts'
import { describeBrokenLedgers } from './broken-ledger.ts'
import { describeCommands } from './commands.ts'
import { describeInputs, describeRoles, describeScreens } from './guards.ts'

const transport = { name: 'HTTP', open: openHttpTill, tillFor: 'operation', refusals: 'all' } as const

describeRoles(transport)
describeScreens(transport)
describeInputs(transport)
describeCommands(transport)
describeBrokenLedgers(transport)

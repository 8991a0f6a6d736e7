import { afterAll } from 'vitest'
import { endDesktopHost, openPortTill } from '../support/port-till.ts'
import { describeOperations } from './every-operation.ts'
import { nouns } from './operations.ts'

afterAll(endDesktopHost)

describeOperations({ name: 'the message port', open: openPortTill, tillFor: 'noun' }, nouns)

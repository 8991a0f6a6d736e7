import { afterAll } from 'vitest'
import { endDesktopHost, openPortTill } from '../support/port-till.ts'
import { describeOperations } from './every-operation.ts'
import { nouns } from './operations.ts'

/** Whose refusals go through the port as well, with their data: the till gives all of them, as HTTP shows. */
const REFUSING = ['receipt', 'session', 'setup']

afterAll(endDesktopHost)

const port = { name: 'the message port', open: openPortTill, tillFor: 'noun' } as const
describeOperations(
  { ...port, refusals: 'none' },
  nouns.filter(noun => !REFUSING.includes(noun)),
)
describeOperations({ ...port, refusals: 'one of each' }, REFUSING)

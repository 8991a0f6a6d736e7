import { openHttpTill } from '../support/http-till.ts'
import { describeOperations } from './every-operation.ts'
import { nouns } from './operations.ts'

/** Those with the most operations and refusals have files of their own. */
const ELSEWHERE = ['receipt', 'session']

describeOperations(
  { name: 'HTTP', open: openHttpTill, tillFor: 'operation', refusals: 'all' },
  nouns.filter(noun => !ELSEWHERE.includes(noun)),
)

import { openHttpTill } from '../support/http-till.ts'
import { describeOperations } from './every-operation.ts'

describeOperations({ name: 'HTTP', open: openHttpTill, tillFor: 'operation', refusals: 'all' }, ['session'])

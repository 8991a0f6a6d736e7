/** What is asked of sending. */
import { checks, session } from './city/check-operations.ts'
import { enrol, exceptions, status, tryNow } from './operations.ts'

export type { Postings } from './posting.ts'

export const sync = { checks, session, enrol, exceptions, status, tryNow }

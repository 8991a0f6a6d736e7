/** What is asked of the till. */
import { factKinds, journal } from './journal.ts'
import { changes, state } from './state.ts'
import { verify } from './verify.ts'

export const till = { factKinds, journal, changes, state, verify }

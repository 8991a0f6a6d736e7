/** fast-check with few runs of each property: what they let live may be killed by more, and is never let live by them. */
import * as fastCheck from '../../node_modules/fast-check/lib/fast-check.js'

const MOST_RUNS = 40

type Property = Parameters<typeof fastCheck.assert>[0]
type Runs = Parameters<typeof fastCheck.assert>[1]

const few = (given: Runs): Runs => ({ ...given, numRuns: Math.min(given?.numRuns ?? 100, MOST_RUNS) })

export const assert = (property: Property, given?: Runs) => fastCheck.assert(property, few(given))
export const check = (property: Property, given?: Runs) => fastCheck.check(property, few(given))

export default { ...fastCheck, assert, check }

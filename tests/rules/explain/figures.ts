/** How often the rule names an error that was planted: counted here for the tests and for the bench. */
import {
  type Candidate,
  explainDifference,
  type SessionEvidence,
} from '../../../shared/rules/explain/explain-difference.ts'
import { caseOf, type PlantedError } from './counts.ts'
import { names, opens } from './errors.ts'

export interface Found {
  tries: number
  /** The planted cause is the first candidate, its receipts among the ways of it. */
  first: number
  /** And the first way of it, which one key opens, is just the planted receipts. */
  opened: number
  /** It is among the first three. */
  three: number
}

export interface Trial {
  error: PlantedError
  tries: number
  firstSeed: number
  explain?: (evidence: SessionEvidence) => Candidate[]
}

export function tryOut({ error, tries, firstSeed, explain = explainDifference }: Trial): Found {
  const found = { tries, first: 0, opened: 0, three: 0 }
  for (let seed = firstSeed; seed < firstSeed + tries; seed += 1) {
    const { evidence, planted } = caseOf(seed, error)
    const [best, ...others] = explain(evidence)
    if (best === undefined) continue
    if (names(best, planted)) found.first += 1
    if (opens(best, planted)) found.opened += 1
    if ([best, ...others.slice(0, 2)].some(candidate => names(candidate, planted))) found.three += 1
  }
  return found
}

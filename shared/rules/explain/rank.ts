/** From hypotheses to candidates: ways of one story come together, weights become shares, the best come first. */
import type { Candidate } from './candidate.ts'
import type { Hypothesis } from './inquiry.ts'
import type { Observation } from './observations.ts'
import { RATES } from './rates.ts'

const MOST_CANDIDATES = 10

/** The logarithm of a sum of weights that are given by their logarithms. */
function logSum(logs: readonly number[]): number {
  const highest = logs.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
  if (highest === Number.NEGATIVE_INFINITY) return highest
  return highest + Math.log(logs.reduce((all, log) => all + Math.exp(log - highest), 0))
}

interface Story {
  ways: readonly Hypothesis[]
  logWeight: number
}

function storyKey({ cause, movementId, covers }: Hypothesis, numbers: Map<Observation, number>): string {
  return JSON.stringify([cause, movementId, covers.map(one => numbers.get(one))])
}

/**
 * Adds what an explanation leaves open: each further difference takes a second error, of whichever kind
 * explains it best, so an explanation of everything comes before two that explain it together.
 */
function withTheRest(
  hypotheses: readonly Hypothesis[],
  observations: readonly Observation[],
): (hypothesis: Hypothesis) => number {
  const alone = new Map(
    observations.map(observation => {
      const logs = hypotheses
        .filter(({ covers }) => covers.length === 1 && covers[0] === observation)
        .map(({ logWeight }) => logWeight)
      return [observation, Math.log(RATES.secondError) + logSum([...logs, Math.log(RATES.unknown)])]
    }),
  )
  const all = [...alone.values()].reduce((a, b) => a + b, 0)
  return ({ logWeight, covers }) =>
    logWeight + covers.reduce((left, one) => left - (alone.get(one) ?? 0), all)
}

function candidateOf({ ways, logWeight }: Story, logTotal: number): Candidate | undefined {
  const best = ways[0]
  if (best === undefined) return undefined
  return {
    ...best.cause,
    score: Math.exp(logWeight - logTotal),
    explains: best.covers.map(one => ({ tender: one.tender, differenceCents: one.cents })),
    tenders: [...new Set(best.covers.map(one => one.tender))],
    receiptIds: best.receiptIds,
    ways: ways.map(way => way.receiptIds).filter(ids => ids.length > 0),
    ...(best.movementId === undefined ? {} : { movementId: best.movementId }),
  }
}

/** Candidates, the likeliest first; of equal weight, in the order in which they were found. */
export function rank(hypotheses: readonly Hypothesis[], observations: readonly Observation[]): Candidate[] {
  const weigh = withTheRest(hypotheses, observations)
  const numbers = new Map(observations.map((observation, i) => [observation, i]))
  const weighed = hypotheses.map(hypothesis => ({ ...hypothesis, logWeight: weigh(hypothesis) }))
  const stories = [...Map.groupBy(weighed, hypothesis => storyKey(hypothesis, numbers)).values()]
    .map(ways => ({
      ways: ways.toSorted((a, b) => b.logWeight - a.logWeight),
      logWeight: logSum(ways.map(way => way.logWeight)),
    }))
    .sort((a, b) => b.logWeight - a.logWeight)
  const none = observations.length * Math.log(RATES.unknown)
  const logTotal = logSum([...stories.map(story => story.logWeight), none])
  return stories.slice(0, MOST_CANDIDATES).flatMap(story => candidateOf(story, logTotal) ?? [])
}

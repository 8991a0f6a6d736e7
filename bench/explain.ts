/** How often the rule that explains a difference names the error that was planted, and how long it takes. */
import { explainDifference } from '../shared/rules/explain/explain-difference.ts'
import { caseOf, PLANTED_ERRORS, type PlantedError } from '../tests/rules/explain/counts.ts'
import { tryOut } from '../tests/rules/explain/figures.ts'
import { type BenchRow, limited, median, rounded } from './measure.ts'
import { tableOf } from './table.ts'

const FIRST_SEED = 20_261_121
const FIRST_TARGET = 80
const THREE_TARGET = 95
const MOST_RECEIPTS = 2_000
const LIMIT_MS = 100

/** Shares in percent of the tries. */
export interface ExplainFigure {
  error: PlantedError
  tries: number
  first: number
  /** First, and one key opens just the receipts that it was. */
  opened: number
  three: number
  targets: { first: number; three: number }
  met: boolean
}

function figureOf(error: PlantedError, tries: number): ExplainFigure {
  const found = tryOut({ error, tries, firstSeed: FIRST_SEED })
  const percent = (n: number): number => rounded((n / tries) * 100)
  const [first, opened, three] = [percent(found.first), percent(found.opened), percent(found.three)]
  return {
    error,
    tries,
    first,
    opened,
    three,
    targets: { first: FIRST_TARGET, three: THREE_TARGET },
    met: first >= FIRST_TARGET && three >= THREE_TARGET,
  }
}

/** The rule's time for a session as large as the till is made for. */
function timeOf(error: PlantedError): number {
  const { evidence } = caseOf(FIRST_SEED, error, MOST_RECEIPTS)
  return median(
    Array.from({ length: 5 }, () => {
      const start = performance.now()
      explainDifference(evidence)
      return performance.now() - start
    }),
  )
}

export interface ExplainBench {
  figures: ExplainFigure[]
  time: BenchRow
}

export function benchExplain(tries: number): ExplainBench {
  const figures = PLANTED_ERRORS.map(error => figureOf(error, tries))
  const slowest = Math.max(...PLANTED_ERRORS.map(timeOf))
  const name = `explain · ${MOST_RECEIPTS.toLocaleString('en-US')} receipts, slowest error`
  return { figures, time: limited({ name, value: slowest, unit: 'ms', limit: LIMIT_MS, target: 1 }) }
}

const HEAD = ['planted', 'tries', 'first', 'opened', 'among three', ''] as const

function cells({ error, tries, first, opened, three, met }: ExplainFigure): string[] {
  const shares = [first, opened, three].map(share => `${share} %`)
  return [error, tries.toLocaleString('en-US'), ...shares, met ? 'met' : 'MISSED']
}

/** A table for people; the targets stand in its last line. */
export function explainTable({ figures, time }: ExplainBench): string {
  const lines = [HEAD, ...figures.map(cells)]
  const widths = HEAD.map((_, column) => Math.max(...lines.map(line => line[column]?.length ?? 0)))
  const text = lines.map(line =>
    line
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join('  ')
      .trimEnd(),
  )
  const targets = `targets: first ≥ ${FIRST_TARGET} %, among three ≥ ${THREE_TARGET} %`
  return [...text, targets, '', tableOf([time])].join('\n')
}

/** Benches as people read them. */
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os'
import { type BenchRow, rounded } from './measure.ts'

const GIB = 2 ** 30

/** The machine that the figures belong to, and how busy it is: what else runs on it shows in every figure. */
export function machine(): string {
  const memory = Math.round(totalmem() / GIB)
  const model = cpus()[0]?.model.trim() ?? 'unknown processor'
  return `${model}, ${availableParallelism()} cores, ${memory} GiB, ${process.platform} ${process.arch}, Node ${process.version}; load ${rounded(loadavg()[0] ?? 0)}`
}

/** Whether a row meets its target; undefined where nothing is promised. */
export function meets({ ratio, target }: BenchRow): boolean | undefined {
  return ratio === null || target === null ? undefined : ratio <= target
}

const HEAD = ['what', 'value', 'beside', 'ratio', 'target', ''] as const

/** A table with the machine in its head; a row that misses its target says so. */
export function tableOf(rows: readonly BenchRow[]): string {
  const lines = [HEAD, ...rows.map(cells)]
  const widths = HEAD.map((_, column) => Math.max(...lines.map(line => line[column]?.length ?? 0)))
  const text = lines.map(line =>
    line
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  )
  return [machine(), '', ...text].join('\n')
}

function cells(row: BenchRow): string[] {
  const { name, value, unit, limit, ratio, target } = row
  const met = meets(row)
  return [
    name,
    `${value} ${unit}`,
    limit === null ? '' : `${limit} ${unit}`,
    ratio === null ? '' : `${ratio} ×`,
    target === null ? '' : `≤ ${target} ×`,
    met === undefined ? '' : met ? 'met' : 'MISSED',
  ]
}

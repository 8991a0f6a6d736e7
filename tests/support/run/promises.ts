/** What a long fault run says in the end: a table for people, and one object a line for programs. */
import { appendFileSync } from 'node:fs'

export interface PromiseLine {
  promise: string
  tries: number
  failures: number
  /** How often what was broken on purpose was found out: none would mean that the tries show nothing. */
  controlFailures: number
}

/** A table, and the file of `npm run faults -- … --json` where that was asked for. */
export function reportPromises(lines: readonly PromiseLine[]): void {
  console.table(lines)
  const path = process.env.TILLPROOF_FAULTS_JSON
  if (path) for (const line of lines) appendFileSync(path, `${JSON.stringify(line)}\n`)
}

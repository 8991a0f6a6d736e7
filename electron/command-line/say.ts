import { plainLine } from '../../shared/rules/text/plain-line.ts'

/** One line of what was asked for. */
export function say(line: string): void {
  process.stdout.write(`${plainLine(line)}\n`)
}

/** One line of what went wrong. */
export function complain(line: string): void {
  process.stderr.write(`${plainLine(line)}\n`)
}

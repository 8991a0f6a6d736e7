/** The first thing wrong in a form: which field, and what to do, in words. */
export interface FoundProblem {
  field: string
  message: string
}

export function problemAt(field: string, message: string): FoundProblem {
  return { field, message }
}

export function isBlank(text: string): boolean {
  return text.trim() === ''
}

/** Text of several lines as its lines, without the empty ones. */
export function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '')
}

/** A bank's account number as it stands on the deposit slip: 4 to 20 digits, dashes allowed. */
export function isAccountNumber(text: string): boolean {
  return /^[0-9-]{4,20}$/.test(text)
}

/** A whole number within limits; null for anything else. */
export function readCount(text: string, { least, most }: { least: number; most: number }): number | null {
  if (!/^\d{1,6}$/.test(text.trim())) return null
  const count = Number.parseInt(text, 10)
  return count >= least && count <= most ? count : null
}

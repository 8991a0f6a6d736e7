/** Why the accounts file cannot be opened or written, as values that screens put into words. */
import { type LedgerProblem, ledgerProblemOf } from '../file/problem.ts'

export type AccountsProblem = LedgerProblem | 'missing'

/** The accounts file cannot be used; nothing was written to it. */
export class AccountsUnavailable extends Error {
  readonly problem: AccountsProblem
  readonly file: string

  constructor(problem: AccountsProblem, file: string, cause?: unknown) {
    super(`${problem}: ${file}`, { cause })
    this.name = 'AccountsUnavailable'
    this.problem = problem
    this.file = file
  }
}

/** The problem behind an error of SQLite or of the file system, or undefined for anything else. */
export function accountsProblemOf(error: unknown): AccountsProblem | undefined {
  return error instanceof AccountsUnavailable ? error.problem : ledgerProblemOf(error)
}

/** Runs a step and turns what SQLite says about the file into a named problem; anything else is thrown as it is. */
export function namingProblems<T>(file: string, step: () => T): T {
  try {
    return step()
  } catch (error) {
    throw named(file, error)
  }
}

/** The same for work that takes several turns. */
export async function namingProblemsOf<T>(file: string, work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw named(file, error)
  }
}

function named(file: string, error: unknown): unknown {
  const problem = error instanceof AccountsUnavailable ? undefined : ledgerProblemOf(error)
  return problem === undefined ? error : new AccountsUnavailable(problem, file, error)
}

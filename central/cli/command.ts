import type { CentralDb } from '../../db/central/connection.ts'

/** What a command of the command line works with. */
export interface AdminDeps {
  db: CentralDb
  nowMs: number
  say: (line: string) => void
}

/** Carries out the words after a command's name; gives the exit code. Throws `BadUsage` for words that it does not understand. */
export type Command = (deps: AdminDeps, words: readonly string[]) => Promise<number>

/** Folders that are made by the first test file that wants them, and copied by all the others of a run. */
import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The folder of this name in the run's folder, which `make` fills where nobody has yet. Nobody writes in it or opens
 * anything in it afterwards, since others copy it at the same time.
 */
export async function madeOnce(name: string, make: (dir: string) => Promise<void>): Promise<string> {
  const run = process.env.TILLPROOF_RUN_FOLDER
  if (run === undefined) throw new Error('Tests have a folder of their run: tests/support/run/run-folder.ts')
  const made = join(run, name)
  if (existsSync(made)) return made
  const own = mkdtempSync(join(run, `${name}-`))
  await make(own)
  try {
    // Whole or not at all, also where two files make it at once.
    renameSync(own, made)
  } catch (error) {
    if (!existsSync(made)) throw error
    rmSync(own, { recursive: true, force: true })
  }
  return made
}

import { chmodSync, existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TestTill } from '../support/screens.ts'

/** Either key store's file, readable by everybody while something is done. */
export async function withLooseKeys<T>(till: TestTill, work: () => Promise<T>): Promise<T> {
  const paths = ['signing.key', 'signing.key.sealed'].map(name => join(till.dataDir, name))
  const made = paths.filter(path => !existsSync(path))
  for (const path of made) writeFileSync(path, 'not a key')
  for (const path of paths) chmodSync(path, 0o644)
  try {
    return await work()
  } finally {
    for (const path of paths) chmodSync(path, 0o600)
    for (const path of made) rmSync(path)
  }
}

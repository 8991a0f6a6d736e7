/** Two programs that begin and end on one folder at once: each is told who has it, or has it. */
import { expect, it } from 'vitest'
import { takeOwnerLock } from '../../../db/file/owner-lock.ts'
import { LedgerUnavailable } from '../../../db/file/problem.ts'
import { freshDir } from '../../support/data-folder.ts'
import { kill, lineOf, startNode } from '../../support/run/child.ts'

/** At least so many, and until both were met. */
const TRIES = 2_000
const MOST = 40_000

it('a folder that another program takes and leaves all the time is in use or free, and nothing else', async () => {
  const dir = freshDir()
  const other = startNode('tests/db/file/lock-taker.ts', [dir])
  await lineOf(other, /taking/)
  const met = new Set<string>()
  for (let at = 0; at < TRIES || (met.size < 2 && at < MOST); at += 1)
    try {
      takeOwnerLock(dir, at).release()
      met.add('free')
    } catch (error) {
      met.add(error instanceof LedgerUnavailable ? error.problem : String(error))
    }
  const isAlive = other.exitCode === null
  await kill(other)
  expect(isAlive).toBe(true)
  expect([...met].sort()).toEqual(['free', 'in-use'])
})

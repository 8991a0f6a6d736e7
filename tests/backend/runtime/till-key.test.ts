/** The key by which account numbers of checks are recognized: another one in its place is known, and a lost one is said. */
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { checkKeyDigests } from '../../../db/queries/till.ts'
import { verifyLedger } from '../../../db/verify/verify.ts'
import { openTillFor } from '../../../electron/backend/open-till.ts'
import { freshDir } from '../../support/data-folder.ts'
import { sampleFolder } from '../../support/template.ts'

const keyOf = (dir: string): string => join(dir, 'till.key')

function opened(dir: string) {
  const till = openTillFor(dir)
  if ('unavailable' in till) throw till.unavailable
  return till
}

it('that is lost is made anew, stated and said; put back, it is in force again', async () => {
  const dir = await sampleFolder()
  const copy = join(freshDir(), 'till.key')
  copyFileSync(keyOf(dir), copy)
  const before = opened(dir)
  const [first] = checkKeyDigests(before.ledger.reader)
  await before.close()
  rmSync(keyOf(dir))
  const till = opened(dir)
  expect(till.sync.store.alarms()).toMatchObject([{ kind: 'check-key-lost' }])
  const digests = checkKeyDigests(till.ledger.reader)
  expect(digests).toHaveLength(2)
  expect(digests[1]).toBe(first)
  await till.close()
  const again = opened(dir)
  expect(checkKeyDigests(again.ledger.reader)).toEqual(digests)
  await again.close()
  copyFileSync(copy, keyOf(dir))
  const mended = opened(dir)
  expect(checkKeyDigests(mended.ledger.reader)[0]).toBe(first)
  expect(mended.sync.store.alarms()).toEqual([])
  await mended.close()
  expect((await verifyLedger(dir, () => undefined)).problems).toEqual([])
})

it.each([
  ['another one', Buffer.alloc(32, 7)],
  ['nothing', Buffer.alloc(0)],
])('is refused in words where %s lies in its place', async (_what, bytes) => {
  const dir = await sampleFolder()
  writeFileSync(keyOf(dir), bytes)
  const till = openTillFor(dir)
  if (!('unavailable' in till)) throw new Error('It was opened')
  expect(till.unavailable).toMatchObject({ problem: 'damaged', detail: expect.stringContaining('till.key') })
  expect(readFileSync(keyOf(dir)).equals(bytes)).toBe(true)
})

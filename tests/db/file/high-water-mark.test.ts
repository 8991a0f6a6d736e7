/** The note of the last row, beside a ledger that runs. */
import { copyFileSync, existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { openTillFor } from '../../../electron/backend/open-till.ts'
import { ownCommand } from '../../../electron/backend/request/pins.ts'
import { newId } from '../../../shared/id.ts'
import { freshDir, sampleDir } from '../../support/data-folder.ts'
import { opened } from '../../support/opened-folder.ts'

function openedTill(dir: string) {
  const till = openTillFor(dir)
  if ('unavailable' in till) throw till.unavailable
  return till
}

it.each(['before a row', 'after the last'])(
  'that is taken away while the till runs is made anew, and an older ledger put back is told: %s',
  async when => {
    const dir = await sampleDir()
    const path = join(dir, 'ledger.sqlite')
    const older = join(freshDir(), 'older')
    await openedTill(dir).close()
    copyFileSync(path, older)
    const till = openedTill(dir)
    if (when === 'before a row') rmSync(`${path}.head`, { force: true })
    ownCommand(till, 'till', 'note', tx => tx.append('person.signed-out', { personId: newId() }))
    await vi.waitFor(() => expect(existsSync(`${path}.head`)).toBe(true))
    if (when === 'after the last') rmSync(`${path}.head`)
    await till.close()
    copyFileSync(older, path)
    expect(await opened(dir)).toMatchObject({ unavailable: { problem: 'damaged' } })
  },
)

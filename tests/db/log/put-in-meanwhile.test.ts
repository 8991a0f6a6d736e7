/** A ledger that is put in place while the start looks at the one before it: it was never checked. */
import { copyFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { LEDGER_FILE } from '../../../db/ledger/folder.ts'
import { openTill } from '../../../db/ledger/till.ts'
import { ownCommand } from '../../../electron/backend/request/pins.ts'
import { newId } from '../../../shared/id.ts'
import { freshDir, sampleDir } from '../../support/data-folder.ts'
import { OPTIONS } from '../file/refused-ledger.ts'

let meanwhile = (): void => undefined

vi.mock(import('../../../db/journal-folder/checkpoints.ts'), async original => {
  const real = await original()
  return {
    ...real,
    signedNotes: dir => {
      const notes = real.signedNotes(dir)
      meanwhile()
      return notes
    },
  }
})

it('is refused', async () => {
  const dir = await sampleDir()
  const path = join(dir, LEDGER_FILE)
  const older = join(freshDir(), 'older')
  openTill(dir, OPTIONS).close()
  copyFileSync(path, older)
  const till = openTill(dir, OPTIONS)
  const { ledger } = till
  for (let at = 0; at < 5; at += 1)
    ownCommand({ ledger, clock: () => 2, newId }, 'till', 'note', tx =>
      tx.append('person.signed-out', { personId: newId() }),
    )
  till.close()
  meanwhile = () => renameSync(older, path)
  expect(() => openTill(dir, OPTIONS)).toThrow(/was moved, taken away or put back/)
})

/** A ledger that lies in two folders has two locks, and is refused in both. */
import { linkSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { freshDir } from '../../support/data-folder.ts'
import { opened } from '../../support/opened-folder.ts'
import { sampleFolder } from '../../support/template.ts'

describe.skipIf(process.platform === 'win32')('a data folder', () => {
  it('whose ledger lies in another folder too is refused: a lock holds a folder, not a file', async () => {
    const dir = await sampleFolder()
    const path = join(dir, 'ledger.sqlite')
    linkSync(path, join(freshDir(), 'ledger.sqlite'))
    expect(await opened(dir)).toMatchObject({
      unavailable: { problem: 'foreign', detail: expect.stringContaining('second name') },
    })
  })

  it('whose ledger lies in another folder is refused too where the one of before is but a link to it', async () => {
    const dir = await sampleFolder()
    const path = join(dir, 'ledger.sqlite')
    linkSync(path, join(freshDir(), 'ledger.sqlite'))
    symlinkSync(path, `${path}.before`)
    expect(await opened(dir)).toMatchObject({ unavailable: { problem: 'foreign' } })
  })

  it('whose program ended while it took rebuilt tables has the ledger under two names, and opens', async () => {
    const dir = await sampleFolder()
    linkSync(join(dir, 'ledger.sqlite'), join(dir, 'ledger.sqlite.before'))
    expect(await opened(dir)).not.toHaveProperty('unavailable')
  })
})

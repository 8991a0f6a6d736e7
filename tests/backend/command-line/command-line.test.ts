/** The ledger's command line in a folder that has no till yet: said in words, and nothing is begun. */
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { freshDir } from '../../support/data-folder.ts'
import { runNode } from '../../support/run/child.ts'
import { openTestTill } from '../../support/till.ts'

const cli = (...args: string[]) => runNode('electron/cli.ts', args)

describe('npm run ledger, before the till is set up', () => {
  it('exports nothing, and says of a folder without a journal that it is none', async () => {
    const till = await openTestTill({ firstRun: true })
    const out = join(freshDir(), 'binder')
    const exported = await cli('export-journal', '--data', till.dataDir, '--out', out)
    expect(exported).toMatchObject({ code: 1, stdout: 'Nothing was written: this till is not set up yet.\n' })
    expect(existsSync(out)).toBe(false)
    const said = await cli('verify', '--journal', out)
    expect(said).toMatchObject({
      code: 1,
      stdout: `${out} is no exported journal: it has no folder “journal”.\n`,
    })
    expect(await cli('--help')).toMatchObject({ code: 0, stderr: '' })
  })

  it('imports and releases nothing, and makes no folder of a name that was mistyped', async () => {
    const till = await openTestTill({ firstRun: true })
    const file = join(till.dataDir, 'accounts.csv')
    writeFileSync(file, 'number,balance\n1,1.00\n')
    await till.close()
    const commands = [
      ['import-accounts', file],
      ['release', 'R. Chen'],
    ]
    for (const asked of commands) {
      const refused = await cli(...asked, '--data', till.dataDir)
      expect(refused).toMatchObject({ code: 1, stdout: 'Nothing was done: this till is not set up yet.\n' })
      const mistyped = join(freshDir(), 'mistyped')
      expect((await cli(...asked, '--data', mistyped)).code).toBe(1)
      expect(existsSync(mistyped)).toBe(false)
    }
  })
})

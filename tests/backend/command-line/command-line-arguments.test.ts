/** What the command line of the ledger takes, and what it says of the rest. */
import { spawnSync } from 'node:child_process'
import { realpathSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readArguments, usage } from '../../../electron/command-line/arguments.ts'
import { freshDir } from '../../support/data-folder.ts'
import { fullDay } from '../../support/full-day.ts'
import { runNode } from '../../support/run/child.ts'
import { openTestTill } from '../../support/till.ts'

describe('the command line of the ledger', () => {
  it.each([
    ['verify', [], { command: 'verify', word: '' }],
    ['verify --journal x --code 7F3K-92QD-M1XA', [], { values: { journal: 'x', code: '7F3K-92QD-M1XA' } }],
    ['export-journal --out x', [], { command: 'export-journal', values: { out: 'x' } }],
    ['release', ['R. Chen'], { command: 'release', word: 'R. Chen' }],
    ['import-accounts a.csv --good-rows', [], { word: 'a.csv', values: { 'good-rows': true } }],
    ['help', [], { command: 'help' }],
    ['--help', [], { command: 'help' }],
    ['verify --help', [], { command: 'help' }],
    ['', [], { command: 'help' }],
  ])('takes %s', (line, words, wanted) => {
    expect(readArguments([...line.split(' ').filter(part => part !== ''), ...words])).toMatchObject(wanted)
  })

  it.each([
    ['verfy', 'There is no command verfy.'],
    ['constructor', 'There is no command constructor.'],
    ['verify --out x', 'verify takes no --out.'],
    ['verify --good-rows', 'verify takes no --good-rows.'],
    ['export-journal extra --out x', 'export-journal takes no extra.'],
    ['export-journal', 'export-journal needs --out DIR.'],
    ['release', 'release needs a NAME.'],
    ['import-accounts', 'import-accounts needs a FILE.'],
    ['verify --nonsense', 'Unknown option ’--nonsense’.'],
  ])('says of %s what is wrong with it', (line, words) => {
    expect(String(readArguments(line.split(' '))).replaceAll("'", '’')).toBe(words)
  })

  it('means a path from where it was called', () => {
    const cwd = freshDir()
    const npm = spawnSync(
      'npm',
      ['--prefix', process.cwd(), 'run', '-s', 'ledger', '--', 'verify', '--journal', 'x'],
      {
        cwd,
        encoding: 'utf8',
      },
    )
    expect(npm.stdout).toBe(
      `${join(realpathSync(cwd), 'x')} is no exported journal: it has no folder “journal”.\n`,
    )
  })

  it('shows each command once', () => {
    const commands = usage().filter(line => line.startsWith('  npm run ledger -- '))
    expect(new Set(commands).size).toBe(7)
  })

  it('finds a code in an exported folder, and says of another that it is not there', async () => {
    const till = await openTestTill()
    await fullDay(till)
    const row = till.backend.ledger.head
    const out = join(freshDir(), 'out')
    await runNode('electron/cli.ts', ['export-journal', '--data', till.dataDir, '--out', out])
    const code = await headCode(till.dataDir)
    const found = await runNode('electron/cli.ts', ['verify', '--journal', out, '--code', code])
    expect(found.stdout).toMatch(new RegExp(`code {12}${code} is .* at ${row.epoch}/${row.seq}`))
    expect(found.code).toBe(0)
    const other = await runNode('electron/cli.ts', ['verify', '--journal', out, '--code', 'AAAA-AAAA-AAA9'])
    expect([other.code, other.stdout.includes('NOT FOUND  AAAA-AAAA-AAA9')]).toEqual([1, true])
    expect((await runNode('electron/cli.ts', ['verfy'])).code).toBe(2)
  })
})

async function headCode(dataDir: string): Promise<string> {
  const { stdout } = await runNode('electron/cli.ts', ['verify', '--data', dataDir])
  return /head {12}(\S+)/.exec(stdout)?.[1] ?? ''
}

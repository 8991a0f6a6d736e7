import { copyFileSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import type { ImportMark } from '../../db/accounts/mark.ts'
import { accountsFileIn } from '../../db/accounts/open.ts'
import { accountImports, lastAccountImport } from '../../db/queries/journal.ts'
import { verifyLedger } from '../../db/verify/verify.ts'
import { importAccounts } from '../../electron/backend/account/import/accounts.ts'
import { stateImport } from '../../electron/backend/account/import/record.ts'
import type { Backend } from '../../electron/backend/backend.ts'
import { openTillFor } from '../../electron/backend/open-till.ts'
import { START_MS } from '../support/clock.ts'
import { sampleDir } from '../support/data-folder.ts'
import { kill, startNode } from '../support/run/child.ts'
import { scaled } from '../support/run/scale.ts'
import { chanceOf, runSeed } from '../support/run/seed.ts'

const KILLS = scaled('IMPORT_KILLS', 3, 60)
const ACCOUNTS = 4_000
/** An import of so many accounts takes about this long, start of the program included. */
const LONGEST_MS = 1_500

function accountsFile(dir: string, edition: number): string {
  const rows = Array.from({ length: ACCOUNTS }, (_, i) => {
    const number = `8800-${String(i).padStart(5, '0')}`
    return `${number},Edition ${edition},${i} Mill St,Water,2026-12-01,${edition}.${String(i % 100).padStart(2, '0')}`
  })
  const path = join(dir, 'accounts.csv')
  writeFileSync(path, `Account No,Name,Service Address,Service,Due Date,Amount\n${rows.join('\n')}\n`)
  return path
}

/** The till as the program starts it. */
function started(dir: string): Backend {
  const till = openTillFor(dir)
  if ('unavailable' in till) throw till.unavailable
  return till
}

function unavailable(dir: string) {
  const till = openTillFor(dir)
  if (!('unavailable' in till)) throw new Error('It was opened')
  return till.unavailable
}

/** Imports, and states it in the till's journal; whatever `after` says went wrong right behind that. */
function importAs(till: Backend, importId: string, after: () => string | undefined) {
  const { dataDir } = till
  const state = (mark: ImportMark): void => {
    stateImport(till, mark)
    const wrong = after()
    if (wrong !== undefined) throw new Error(wrong)
  }
  const file = accountsFile(dataDir, 7)
  return importAccounts({ file, dataDir, importId, atMs: START_MS, mode: 'all-or-nothing', state })
}

/** The edition that all imported accounts are of; refuses a mixture. */
function editionIn(dir: string): number | null {
  const till = started(dir)
  try {
    const names = till.accounts.connection
      .prepare<[], string>("SELECT DISTINCT name FROM account WHERE number LIKE '8800-%'")
      .pluck()
      .all()
    expect(names.length).toBeLessThanOrEqual(1)
    const mark = till.accounts.importMark()
    expect(lastAccountImport(till.ledger.reader)?.import_id).toBe(mark?.importId)
    expect(lastAccountImport(till.ledger.reader)?.root).toBe(mark?.root)
    return names[0] === undefined ? null : Number.parseInt(names[0].replace('Edition ', ''), 10)
  } finally {
    void till.close()
  }
}

describe('an import of accounts that is cut off', () => {
  it(
    'leaves the old accounts or the new ones, whole, and the journal says which after the next start',
    async () => {
      const below = chanceOf(runSeed())
      const dir = await sampleDir()
      let before: number | null = null
      const seen = new Set<boolean>()
      for (let edition = 1; edition <= KILLS; edition++) {
        const file = accountsFile(dir, edition)
        const child = startNode('electron/cli.ts', ['import-accounts', file, '--data', dir])
        const ended = new Promise<void>(done => child.once('exit', () => done()))
        await Promise.race([ended, new Promise(done => setTimeout(done, below(LONGEST_MS)))])
        await kill(child)
        const after = editionIn(dir)
        expect([before, edition]).toContain(after)
        expect((await verifyLedger(dir, () => undefined)).problems).toEqual([])
        seen.add(after === edition)
        before = after
      }
      expect(seen, 'every import came out the same way').toContain(false)
    },
    30_000 + KILLS * 8_000,
  )

  it('is stated before the accounts are those of it: one that ended between the two is said to be lost', async () => {
    const dir = await sampleDir()
    const importId = '019aa1b2-0000-7000-8000-00000000beef'
    const first = started(dir)
    const before = first.accounts.importMark()
    await expect(importAs(first, importId, () => 'ended')).rejects.toThrow('ended')
    expect(first.accounts.importMark()).toEqual(before)
    expect(lastAccountImport(first.ledger.reader)?.import_id).toBe(importId)
    await first.close()
    const places = (await verifyLedger(dir, () => undefined)).problems.map(problem => problem.place)
    expect(places).toEqual(['accounts import_mark'])
    const till = started(dir)
    expect(lastAccountImport(till.ledger.reader)?.import_id).toBe(before?.importId)
    const { seq } = till.ledger.head
    await till.close()
    const again = started(dir)
    expect(again.ledger.head.seq).toBe(seq)
    await again.close()
    expect((await verifyLedger(dir, () => undefined)).problems).toEqual([])
  })

  it('that could not be written once it was stated is lost with the next one', async () => {
    const dir = await sampleDir()
    const till = started(dir)
    const lost = '019aa1b2-0000-7000-8000-00000000beef'
    const next = '019aa1b2-0000-7000-8000-00000000cafe'
    await expect(importAs(till, lost, () => 'full')).rejects.toThrow('full')
    await importAs(till, next, () => undefined)
    const [last, before] = accountImports(till.ledger.reader, 2)
    expect(last?.import_id).toBe(next)
    expect(before?.import_id).not.toBe(lost)
    await till.close()
    expect((await verifyLedger(dir, () => undefined)).problems).toEqual([])
  })

  it('is nothing that somebody else can state: accounts that the journal does not know are refused, and left', async () => {
    const dir = await sampleDir()
    const other = await sampleDir()
    const mine = accountsFileIn(dir)
    const till = started(other)
    await importAs(till, '019aa1b2-0000-7000-8000-00000000beef', () => undefined)
    await till.close()
    copyFileSync(accountsFileIn(other), mine)
    const bytes = readFileSync(mine)
    expect(unavailable(dir)).toMatchObject({
      problem: 'accounts',
      detail: expect.stringContaining('not what this till has read last'),
    })
    expect(readFileSync(mine).equals(bytes)).toBe(true)
    // As the words say: moved away, the till opens, and the accounts are read anew.
    renameSync(mine, `${mine}.old`)
    const again = started(dir)
    await importAs(again, '019aa1b2-0000-7000-8000-00000000cafe', () => undefined)
    await again.close()
    expect((await verifyLedger(dir, () => undefined)).problems).toEqual([])
  })

  it('does not take over what was changed behind its back', async () => {
    const dir = await sampleDir()
    const till = started(dir)
    const file = new Database(accountsFileIn(dir))
    file.function('find_terms', () => null)
    file.prepare("UPDATE account SET credit_cents = 90000, row_hash = 'made up' WHERE seq = 3").run()
    file.close()
    const importing = importAs(till, '019aa1b2-0000-7000-8000-00000000beef', () => undefined)
    await expect(importing).rejects.toMatchObject({ problem: 'damaged' })
    await till.close()
  })

  it('does not stop the program over a damaged accounts file: the screen says why, and the file stays', async () => {
    const dir = await sampleDir()
    const path = join(dir, 'accounts.sqlite')
    const bytes = readFileSync(path)
    bytes.fill(0, 0, 4_096)
    writeFileSync(path, bytes)
    const till = openTillFor(dir)
    if (!('unavailable' in till)) throw new Error('It was opened')
    expect(till.unavailable.problem).toBe('accounts')
    expect(till.unavailable.detail).toContain('accounts')
    expect(readFileSync(path).equals(bytes)).toBe(true)
  })
})

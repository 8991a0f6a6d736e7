import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readLedger } from '../../db/ledger/snapshot.ts'
import { lastAccountImport, lastPlaceAt } from '../../db/queries/journal.ts'
import { verifyLedger } from '../../db/verify/verify.ts'
import { importAccounts } from '../../electron/backend/account/import/accounts.ts'
import type { Backend } from '../../electron/backend/backend.ts'
import { openTillFor } from '../../electron/backend/open-till.ts'
import { START_MS } from '../support/clock.ts'
import { sampleDir } from '../support/data-folder.ts'
import { kill, startNode } from '../support/run/child.ts'
import { scaled } from '../support/run/scale.ts'
import { chanceOf, runSeed } from '../support/run/seed.ts'

const KILLS = scaled('IMPORT_KILLS', 8, 60)
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

/** The till as the program starts it: what an import left unsaid is stated. */
function started(dir: string): Backend {
  const till = openTillFor(dir)
  if ('unavailable' in till) throw till.unavailable
  return till
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

  it('is stated at the next start when the program ended between the accounts and the journal', async () => {
    const dir = await sampleDir()
    const importId = '019aa1b2-0000-7000-8000-00000000beef'
    const result = await importAccounts({
      file: accountsFile(dir, 7),
      dataDir: dir,
      importId,
      atMs: START_MS,
      mode: 'all-or-nothing',
    })
    expect(result.outcome).toBe('imported')
    // Until then it shows: accounts that no fact speaks of are found.
    const places = (await verifyLedger(dir, () => undefined)).problems.map(problem => problem.place)
    expect(places.join()).toContain('accounts')
    const till = started(dir)
    expect(lastAccountImport(till.ledger.reader)?.import_id).toBe(importId)
    const { seq } = till.ledger.head
    await till.close()
    const again = started(dir)
    expect(again.ledger.head.seq).toBe(seq)
    await again.close()
    expect((await verifyLedger(dir, () => undefined)).problems).toEqual([])
  })

  it('is stated at the next start with the choice that its balances contain what was taken here', async () => {
    const dir = await sampleDir()
    const before = openTillFor(dir)
    if ('unavailable' in before) throw before.unavailable
    const taken = before.ledger.head.seq
    await before.close()
    const result = await importAccounts({
      file: accountsFile(dir, 8),
      dataDir: dir,
      importId: '019aa1b2-0000-7000-8000-00000000cafe',
      atMs: START_MS,
      // Made after everything that this till has stated so far.
      asOfMs: START_MS + 3_600_000,
      mode: 'all-or-nothing',
      paymentsIncluded: true,
      placeAt: atMs => readLedger(dir, reader => lastPlaceAt(reader, atMs)),
    })
    expect(result.mark).toMatchObject({ paymentsIncluded: true })
    const till = started(dir)
    const { head, reader } = till.ledger
    expect(lastAccountImport(reader)).toMatchObject({ as_of_epoch: 1, as_of_seq: taken })
    expect(head.seq).toBe(taken + 1)
    await till.close()
    expect((await verifyLedger(dir, () => undefined)).problems).toEqual([])
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

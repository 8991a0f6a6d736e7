import { describe, expect, it } from 'vitest'
import { readFindQuery } from '../../../db/accounts/find-terms.ts'
import { accountIdOf } from '../../../db/accounts/named-id.ts'
import { openAccountsReader, openAccountsWriter } from '../../../db/accounts/open.ts'
import { MirrorUpdate } from '../../../db/accounts/pull/update.ts'
import type { AccountsReader } from '../../../db/accounts/reader.ts'
import { type Account, type AccountWithItems, BEFORE_ALL } from '../../../shared/account.ts'
import { ZERO } from '../../../shared/money.ts'
import { AT_MS, emptyDataDir, IMPORT_ID, noJournal } from '../../support/accounts-file.ts'
import { isFixtureMissing, readFixture } from '../../support/run/fixtures.ts'

const SOURCE = {
  importId: IMPORT_ID,
  source: 'file' as const,
  sourceName: 'by hand',
  fileSha256: '0'.repeat(64),
  badRowCount: 0,
  atMs: AT_MS,
  asOfMs: AT_MS,
  paymentsIncluded: false,
  asOfPosition: BEFORE_ALL,
}

function account(number: string, given: Partial<Account>): AccountWithItems {
  const plain: Account = {
    accountId: accountIdOf(number),
    number,
    name: '',
    address: '',
    phones: [],
    note: '',
    status: 'open',
    cashOnly: false,
    creditCents: ZERO,
    asOfMs: AT_MS,
  }
  return { account: { ...plain, ...given }, items: [] }
}

function put(dataDir: string, accounts: readonly AccountWithItems[]): void {
  const writer = openAccountsWriter(dataDir)
  const update = new MirrorUpdate(writer)
  for (const one of accounts) update.put(one)
  for (const _ of update.finish(SOURCE, noJournal));
  writer.close()
}

const TOWN = [
  account('0041-22907', { name: 'Chidi Okafor', address: '118 Lark St Apt 4', phones: ['(555) 014-0137'] }),
  account('0041-22915', { name: "Siobhán O'Brien", address: '120 Lark St', phones: ['(555) 014-0188'] }),
  account('0052-00310', { name: 'María Peña', address: '9 Cañada Rd', phones: [] }),
  account('WA-10022', { name: 'Łukasz Weiß', address: '221 Mill St', phones: ['555.019.2207'] }),
  account('0060-00001', { name: 'Bartholomewson-Featherstonehaugh', address: '', phones: [] }),
  account('0060-00002', { name: 'Bartholomewson Featherstonehaught', address: '', phones: [] }),
]

function withTown(look: (reader: AccountsReader) => void): void {
  const dataDir = emptyDataDir()
  put(dataDir, TOWN)
  const reader = openAccountsReader(dataDir)
  try {
    look(reader)
  } finally {
    reader.close()
  }
}

describe('finding an account', () => {
  it.each([
    ['0041-22907', ['0041-22907']],
    ['004122907', ['0041-22907']],
    ['0041 22907', ['0041-22907']],
    ['0041-229', ['0041-22907', '0041-22915']],
    ['22907', ['0041-22907']],
    ['290', ['0041-22907']],
    ['wa10022', ['WA-10022']],
    ['wa-100', ['WA-10022']],
    ['okafor chidi', ['0041-22907']],
    ['OKA LARK 22907', ['0041-22907']],
    ['oka lark 22915', []],
    ['obrien', ['0041-22915']],
    ["O'Brien", ['0041-22915']],
    ['o’brien', ['0041-22915']],
    ['brien siob', ['0041-22915']],
    ['maria pena', ['0052-00310']],
    ['peña canada', ['0052-00310']],
    ['lukasz weiss', ['WA-10022']],
    ['(555) 014-0137', ['0041-22907']],
    ['5550140', ['0041-22907', '0041-22915']],
    ['0192207', ['WA-10022']],
    ['555 0137 lark', ['0041-22907']],
    ['118 lark', ['0041-22907']],
    ['118 lark st apt 4', ['0041-22907']],
    ['featherstonehaught', ['0060-00002']],
    ['bartholomewsonx', []],
    ['５５５0140137', ['0041-22907']],
    ['', []],
    ['  ', []],
    ['-', []],
    ['nobody', []],
  ])('typing “%s” shows %j', (typed, numbers) => {
    withTown(reader => expect(reader.findAccounts(typed).map(found => found.number)).toEqual(numbers))
  })

  it('shows the account whose whole number was typed before others that contain it', () => {
    const dataDir = emptyDataDir()
    put(dataDir, [account('100', { phones: ['555-2345'] }), account('2345', {}), account('12345', {})])
    const reader = openAccountsReader(dataDir)
    expect(reader.findAccounts('2345').map(found => found.number)).toEqual(['2345', '100', '12345'])
    expect(reader.findAccounts('2345', 1).map(found => found.number)).toEqual(['2345'])
    reader.close()
  })

  it('gives at most as many as were asked for', () => {
    withTown(reader => {
      expect(reader.findAccounts('st', 2)).toHaveLength(2)
      expect(reader.findAccounts('st', 0)).toEqual([])
    })
  })

  it('finds an account under its new name and no longer under the old one', () => {
    const dataDir = emptyDataDir()
    put(dataDir, TOWN)
    put(dataDir, [account('0041-22907', { name: 'Ngozi Adeyemi', address: '118 Lark St Apt 4' })])
    const reader = openAccountsReader(dataDir)
    expect(reader.findAccounts('adeyemi')).toHaveLength(1)
    expect(reader.findAccounts('okafor')).toEqual([])
    expect(reader.findAccounts('0140137')).toEqual([])
    expect(reader.accountCount()).toBe(TOWN.length)
    reader.close()
  })

  it('reads by id and by number, whatever the separators', () => {
    withTown(reader => {
      const found = reader.accountByNumber('wa 10022')
      expect(found?.name).toBe('Łukasz Weiß')
      expect(reader.accountById(found?.accountId ?? '')).toEqual(found)
      expect(reader.accountByNumber('10022')).toBeNull()
      expect(reader.accountById('nobody')).toBeNull()
      expect(reader.itemsOf('nobody')).toEqual([])
    })
  })

  it('takes the index’s own syntax for plain words', () => {
    withTown(reader => {
      for (const typed of [
        '"',
        '*',
        'lark*',
        'lark OR mill',
        'NEAR(lark st)',
        'terms:lark',
        '^lark',
        '#229',
        'a" OR "b',
        '(((',
        '{terms}:',
        '-lark',
        "'; DROP TABLE account; --",
      ]) {
        expect(() => reader.findAccounts(typed), typed).not.toThrow()
      }
      expect(reader.findAccounts('lark OR mill')).toEqual([])
      expect(reader.findAccounts('lark*')).toHaveLength(2)
    })
  })

  const noFixtures = isFixtureMissing('bad-input/naughty-strings.json')
  it.skipIf(noFixtures)('answers every naughty string, and finds an account that bears it as a name', () => {
    const { strings } = readFixture<{ strings: string[] }>('bad-input/naughty-strings.json')
    expect(strings.length).toBeGreaterThan(200)
    const names = strings.map(text => text.toWellFormed().slice(0, 100))
    const dataDir = emptyDataDir()
    put(
      dataDir,
      names.map((name, i) => account(`9${String(i).padStart(5, '0')}`, { name: name.toWellFormed() })),
    )
    const reader = openAccountsReader(dataDir)
    for (const [i, name] of names.entries()) {
      const found = reader.findAccounts(name, 1_000).map(one => one.number)
      const isFindable = readFindQuery(name) !== null && name.split(/\s+/).length <= 12
      if (isFindable) expect(found, name).toContain(`9${String(i).padStart(5, '0')}`)
    }
    reader.close()
  })
})

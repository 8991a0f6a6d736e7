/** What pages of central's accounts make of the accounts that a till has: closed, renumbered, gone. */
import { describe, expect, it, onTestFinished } from 'vitest'
import { ensureAccountsFile, openAccountsReader } from '../../../db/accounts/open.ts'
import { emptyDataDir } from '../../support/accounts-file.ts'
import { pageOf, putPage } from '../../support/central/accounts-page.ts'
import { account, accountId } from '../../support/central/central-shop.ts'

describe('pages of accounts', () => {
  it('close what a reading of all accounts does not meet, and nothing where central keeps none', () => {
    const dataDir = emptyDataDir()
    ensureAccountsFile(dataDir)
    putPage(dataDir, pageOf([account(1), account(2)], { done: false }))
    putPage(dataDir, pageOf([account(3)], { fromStart: false }), '2.0123456789abcdef')
    expect(statuses(dataDir)).toEqual({ '10-1': 'open', '10-2': 'open', '10-3': 'open' })
    putPage(dataDir, pageOf([account(2)]), '1.0123456789abcdef')
    expect(statuses(dataDir)).toEqual({ '10-1': 'closed', '10-2': 'open', '10-3': 'closed' })
    putPage(dataDir, pageOf([]), '1.0123456789abcdef')
    expect(statuses(dataDir)).toEqual({ '10-1': 'closed', '10-2': 'open', '10-3': 'closed' })
  })

  it('follow numbers that accounts give to each other', () => {
    const dataDir = emptyDataDir()
    ensureAccountsFile(dataDir)
    putPage(dataDir, pageOf([account(1), account(2)]))
    const swapped = [renumbered(1, '10-2'), renumbered(2, '10-1')]
    putPage(dataDir, pageOf(swapped, { fromStart: false }), '2.0123456789abcdef')
    const reader = openAccountsReader(dataDir)
    onTestFinished(() => reader.close())
    expect(reader.accountByNumber('10-1')?.accountId).toBe(accountId(2))
    expect(reader.accountByNumber('10-2')?.accountId).toBe(accountId(1))
    expect(reader.accountCount()).toBe(2)
  })

  it('lose an id that is gone, whatever number it had here, and never the account that has it now', () => {
    const dataDir = emptyDataDir()
    ensureAccountsFile(dataDir)
    putPage(dataDir, pageOf([account(1), account(2), account(3)]))
    const gone = [1, 2, 9].map(no => ({ accountId: accountId(no), heirId: null }))
    putPage(dataDir, pageOf([renumbered(4, '10-2')], { fromStart: false, gone }), '3.0123456789abcdef')
    expect(statuses(dataDir)).toEqual({ '10-2': 'open', '10-3': 'open' })
    const reader = openAccountsReader(dataDir)
    onTestFinished(() => reader.close())
    expect(reader.accountByNumber('10-2')?.accountId).toBe(accountId(4))
  })

  it('ignore a page that was asked for from somewhere else', () => {
    const dataDir = emptyDataDir()
    ensureAccountsFile(dataDir)
    putPage(dataDir, pageOf([account(1)], { done: false }))
    const state = putPage(dataDir, pageOf([account(2)], { done: false }))
    expect(state.taken).toBe(1)
    expect(statuses(dataDir)).toEqual({ '10-1': 'open' })
  })
})

function renumbered(no: number, number: string) {
  const { account: plain, items } = account(no)
  return { account: { ...plain, number }, items }
}

function statuses(dataDir: string): Record<string, string> {
  const reader = openAccountsReader(dataDir)
  try {
    const rows = reader.connection
      .prepare<[], { number: string; status: string }>('SELECT number, status FROM account ORDER BY number')
      .all()
    return Object.fromEntries(rows.map(row => [row.number, row.status]))
  } finally {
    reader.close()
  }
}

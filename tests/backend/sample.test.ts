import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { Cancelled } from '../../db/account-file/give-way.ts'
import { accountsFileIn, openAccountsReader } from '../../db/accounts/open.ts'
import { verifyAccounts } from '../../db/accounts/verify.ts'
import { makeSampleAccounts } from '../../electron/backend/setup/sample/accounts.ts'
import { sampleCatalog } from '../../electron/backend/setup/sample/catalog.ts'
import { sampleCity, samplePeople } from '../../electron/backend/setup/sample/city.ts'
import { writeSampleAccounts } from '../../electron/backend/setup/sample/write-accounts.ts'
import { accountField, accountItemField } from '../../shared/account.ts'
import { bankAccountField, catalogItemField, drawerField } from '../../shared/ledger/setup.ts'
import { cents, ZERO } from '../../shared/money.ts'
import { composeScanLine, readScanLine } from '../../shared/rules/account/scan-line.ts'
import { isRoutingNumber } from '../../shared/rules/deposit/aba.ts'
import { checkPin } from '../../shared/rules/person/pin.ts'
import { checkText } from '../../shared/rules/text/free-text.ts'
import { AT_MS, IMPORT_ID, sampleDataDir, TODAY } from '../support/accounts-file.ts'

const MANY = [...makeSampleAccounts({ seed: 11, accounts: 5_000, today: TODAY })]

function share(test: (one: (typeof MANY)[number]) => boolean): number {
  return (MANY.filter(test).length / MANY.length) * 100
}

describe('the sample city', () => {
  it('is the same for the same seed and another for another', () => {
    const input = { seed: 11, accounts: 50, today: TODAY }
    expect([...makeSampleAccounts(input)]).toEqual([...makeSampleAccounts(input)])
    expect([...makeSampleAccounts(input)]).not.toEqual([...makeSampleAccounts({ ...input, seed: 12 })])
  })

  it('has accounts as an import would accept them, each with its own number', () => {
    for (const { account, items } of MANY) {
      accountField.parse(account)
      for (const item of items) accountItemField.parse(item)
      for (const text of [account.name, account.address, account.note]) {
        expect(checkText(text, { maxLength: 120 }).ok, text).toBe(true)
      }
      expect(account.number).toMatch(/^00[1-9]\d-\d{5}$/)
    }
    expect(new Set(MANY.map(({ account }) => account.accountId)).size).toBe(MANY.length)
    const itemIds = MANY.flatMap(({ items }) => items.map(item => item.itemId))
    expect(new Set(itemIds).size).toBe(itemIds.length)
  })

  it('has customers of every kind that a cashier meets', () => {
    expect(share(({ account }) => account.creditCents > 0)).toBeCloseTo(3, 0)
    expect(share(({ account }) => account.cashOnly)).toBeCloseTo(2, 0)
    expect(share(({ account }) => account.status === 'closed')).toBeCloseTo(2, 0)
    expect(share(({ account, items }) => items.length === 0 && account.creditCents === ZERO)).toBeGreaterThan(
      10,
    )
    expect(share(({ items }) => items.some(item => item.dueDate < TODAY))).toBeGreaterThan(10)
    expect(share(({ items }) => items.some(item => item.isPenalty))).toBeGreaterThan(10)
    expect(share(({ items }) => new Set(items.map(item => item.dueDate)).size > 1)).toBeGreaterThan(10)
    expect(share(({ account }) => /[^ -~]/.test(account.name))).toBeGreaterThan(10)
    expect(share(({ account }) => account.name.includes("O'Brien"))).toBeGreaterThan(0)
  })

  it('refuses more accounts than it has numbers for', () => {
    expect(() => makeSampleAccounts({ seed: 1, accounts: 5_000_000, today: TODAY }).next()).toThrow(
      RangeError,
    )
    expect([...makeSampleAccounts({ seed: 1, accounts: 0, today: TODAY })]).toEqual([])
  })

  it('is written in one go, found again unchanged, and verifies', async () => {
    const dataDir = await sampleDataDir(500)
    const again = await writeSampleAccounts({
      dataDir,
      accounts: 500,
      seed: 1,
      today: TODAY,
      importId: IMPORT_ID,
      atMs: AT_MS + 1,
    })
    expect(again.outcome).toBe('unchanged')
    expect(again.mark?.atMs).toBe(AT_MS)
    const reader = openAccountsReader(dataDir)
    expect(verifyAccounts(reader, () => again.mark?.root ?? null).badPlaces).toEqual([])
    const [first] = makeSampleAccounts({ seed: 1, accounts: 500, today: TODAY })
    expect(reader.accountById(first?.account.accountId ?? '')).toEqual(first?.account)
    expect(reader.itemsOf(first?.account.accountId ?? '')).toEqual(first?.items)
    reader.close()
  })

  it('leaves the file as it was when it is cancelled half way', async () => {
    const dataDir = await sampleDataDir(100)
    const before = readFileSync(accountsFileIn(dataDir))
    for (const phase of ['writing', 'indexing']) {
      const stopped = writeSampleAccounts({
        dataDir,
        accounts: 3_000,
        seed: 2,
        today: TODAY,
        importId: IMPORT_ID,
        atMs: AT_MS,
        onProgress: progress => {
          if (progress.phase === phase) throw new Cancelled()
        },
      })
      await expect(stopped).rejects.toThrow(Cancelled)
      expect(readFileSync(accountsFileIn(dataDir)).equals(before)).toBe(true)
    }
  })

  it('sells about thirty things, each with its own code and GL account', () => {
    const catalog = sampleCatalog()
    for (const item of catalog) catalogItemField.parse(item)
    expect(catalog.length).toBeGreaterThanOrEqual(28)
    expect(new Set(catalog.map(item => item.code)).size).toBe(catalog.length)
    expect(new Set(catalog.map(item => item.catalogItemId)).size).toBe(catalog.length)
    expect(new Set(catalog.map(item => item.pricing))).toEqual(
      new Set(['fixed', 'per-unit', 'percent', 'open']),
    )
    const byCode = new Map(catalog.map(item => [item.code, item]))
    expect(byCode.get('HYD-DEP')).toMatchObject({ priceCents: cents(150_000), isDeposit: true })
    expect(byCode.get('NSF')).toMatchObject({ priceCents: cents(3_000), pricing: 'fixed' })
    expect(byCode.get('COPY')).toMatchObject({
      priceCents: cents(25),
      pricing: 'per-unit',
      unitLabel: 'page',
    })
    for (const item of catalog) {
      expect(item.priceCents !== null, item.code).toBe(
        item.pricing === 'fixed' || item.pricing === 'per-unit',
      )
      expect(item.rateMillionths !== null, item.code).toBe(item.pricing === 'percent')
    }
  })

  it('has people of every role with PINs that they may choose', () => {
    const people = samplePeople()
    expect(new Set(people.map(person => person.role)).size).toBe(5)
    for (const person of people) expect(checkPin(person.pin), person.name).toEqual({ ok: true })
    expect(new Set(people.map(person => person.pin)).size).toBe(people.length)
  })

  it('has banks and drawers that the ledger accepts, and bills that scan', () => {
    const city = sampleCity()
    for (const bank of city.bankAccounts)
      expect(isRoutingNumber(bankAccountField.parse(bank).routingNumber)).toBe(true)
    for (const drawer of city.drawers) drawerField.parse(drawer)
    const [template] = city.scanTemplates
    if (template === undefined) throw new Error('no template')
    const line = composeScanLine(template, { account: '0041-22907', amountCents: cents(7_684) })
    expect(line).toHaveLength(20)
    expect(readScanLine(line, city.scanTemplates)).toMatchObject({
      kind: 'bill',
      accountNumber: '0041-22907',
      amountCents: 7_684,
    })
  })
})

import { readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Cancelled } from '../../../db/account-file/give-way.ts'
import { accountsFileIn, openAccountsReader, openAccountsWriter } from '../../../db/accounts/open.ts'
import { verifyAccounts } from '../../../db/accounts/verify.ts'
import { importAccounts } from '../../../electron/backend/account/import/accounts.ts'
import type { ImportInput, ImportResult } from '../../../electron/backend/account/import/import-types.ts'
import type { Account, AccountItem } from '../../../shared/account.ts'
import { AT_MS, emptyDataDir, IMPORT_ID, noJournal } from '../../support/accounts-file.ts'

const ITEMS = `Account No,Name,Service Address,Phone,Service,Due Date,Amount,GL
0041-22907,Chidi Okafor,118 Lark St,(555) 014-0137,Water,2026-11-28,$42.10,501-4100
0041-22907,Chidi Okafor,118 Lark St,(555) 014-0137,Sewer,2026-11-28,34.74,502-4100
0052-00310,"Peña, María",9 Cañada Rd,,Water,11/28/2026,"1,042.10",501-4100
`

interface Shop {
  dataDir: string
  file: string
}

function shopWith(content: string | Buffer): Shop {
  const dataDir = emptyDataDir()
  const file = join(dataDir, 'accounts.csv')
  write(file, content)
  return { dataDir, file }
}

/** Files get a fixed time, because the time of the file is the "as of" of its balances. */
function write(file: string, content: string | Buffer, atMs = AT_MS): void {
  writeFileSync(file, content)
  utimesSync(file, atMs / 1_000, atMs / 1_000)
}

function run({ dataDir, file }: Shop, more: Partial<ImportInput> = {}): Promise<ImportResult> {
  return importAccounts({
    file,
    dataDir,
    importId: IMPORT_ID,
    atMs: AT_MS,
    mode: 'all-or-nothing',
    state: noJournal,
    ...more,
  })
}

function stored({ dataDir }: Shop): { account: Account; items: AccountItem[] }[] {
  const reader = openAccountsReader(dataDir)
  const ids = reader.connection
    .prepare<[], string>('SELECT account_id FROM account ORDER BY number')
    .pluck()
    .all()
  const all = ids.flatMap(id => {
    const account = reader.accountById(id)
    return account === null ? [] : [{ account, items: reader.itemsOf(id) }]
  })
  const root = reader.importMark()?.root ?? null
  expect(verifyAccounts(reader, () => root).badPlaces).toEqual([])
  reader.close()
  return all
}

function faultsOf(result: ImportResult): unknown[] {
  return result.problems.map(({ line, column, reason }) => [line, column, reason])
}

describe('importing accounts', () => {
  it('reads one row per item and gathers the rows of an account', async () => {
    const shop = shopWith(ITEMS)
    const result = await run(shop)
    expect(result).toMatchObject({
      outcome: 'imported',
      counts: { rows: 3, badRows: 0, added: 2, changed: 0, unchanged: 0, closed: 0 },
      mark: { importId: IMPORT_ID, sourceName: 'accounts.csv', accountCount: 2, itemCount: 3, asOfMs: AT_MS },
    })
    const [okafor, pena] = stored(shop)
    expect(okafor?.account).toMatchObject({
      number: '0041-22907',
      phones: ['(555) 014-0137'],
      status: 'open',
    })
    expect(okafor?.items.map(({ service, openCents, glAccount }) => [service, openCents, glAccount])).toEqual(
      [
        ['water', 4_210, '501-4100'],
        ['sewer', 3_474, '502-4100'],
      ],
    )
    expect(pena?.account.name).toBe('Peña, María')
    expect(pena?.items).toMatchObject([{ dueDate: '2026-11-28', openCents: 104_210 }])
    expect(readdirSync(shop.dataDir).filter(name => name.endsWith('.tmp'))).toEqual([])
  })

  it('reads one row per account with a balance, and a negative balance as a credit', async () => {
    const shop = shopWith('acct,customer,balance\n001,A,76.84\n002,B,(12.50)\n003,C,5.00-\n004,D,0.00\n')
    expect((await run(shop)).outcome).toBe('imported')
    const figures = stored(shop).map(({ account, items }) => [
      account.number,
      account.creditCents,
      ...items.map(item => [item.service, item.dueDate, item.openCents]),
    ])
    expect(figures).toEqual([
      ['001', 0, ['balance', '2026-11-20', 7_684]],
      ['002', 1_250],
      ['003', 500],
      ['004', 0],
    ])
  })

  it.each([
    ['UTF-8 with a mark', Buffer.from(`\ufeff${ITEMS}`)],
    ['windows-1252', Buffer.from(ITEMS, 'latin1')],
    ['UTF-16', Buffer.from(`\ufeff${ITEMS}`, 'utf16le')],
    ['carriage returns and line feeds', Buffer.from(ITEMS.replaceAll('\n', '\r\n'))],
    ['carriage returns alone', Buffer.from(ITEMS.replaceAll('\n', '\r'))],
    ['no line end at the end', Buffer.from(ITEMS.trimEnd())],
    ['blank lines', Buffer.from(`${ITEMS.replaceAll('\n', '\n\n')},,,,,,,\n`)],
    [
      'tabs',
      Buffer.from(
        ITEMS.replace('"Peña, María"', 'Peña; María').replace('"1,042.10"', '1042.10').replaceAll(',', '\t'),
      ),
    ],
    [
      'semicolons',
      Buffer.from(
        ITEMS.replace('"Peña, María"', 'Peña María').replace('"1,042.10"', '1042.10').replaceAll(',', ';'),
      ),
    ],
  ])('reads a file with %s', async (_, content) => {
    const shop = shopWith(content)
    const result = await run(shop)
    expect(faultsOf(result)).toEqual([])
    const [, pena] = stored(shop)
    expect(pena?.account.name).toMatch(/^Peña[,;]? María$/)
    expect(pena?.account.address).toBe('9 Cañada Rd')
    expect(pena?.items[0]?.openCents).toBe(104_210)
  })

  it('reads the euro sign and curly quotes of windows-1252', async () => {
    const shop = shopWith(Buffer.from('number,name,balance\n1,O\x92Neil \x80,1.00\n', 'latin1'))
    await run(shop)
    expect(stored(shop)[0]?.account.name).toBe('O’Neil €')
  })

  it('changes nothing when the same file comes again', async () => {
    const shop = shopWith(ITEMS)
    const first = await run(shop)
    const before = readFileSync(accountsFileIn(shop.dataDir))
    write(shop.file, ITEMS, AT_MS + 86_400_000)
    const second = await run(shop, { importId: IMPORT_ID.replace(/1$/, '2'), atMs: AT_MS + 1 })
    expect(second).toMatchObject({ outcome: 'unchanged', counts: { added: 0, changed: 0, unchanged: 2 } })
    expect(second.mark).toEqual(first.mark)
    expect(readFileSync(accountsFileIn(shop.dataDir)).equals(before)).toBe(true)
  })

  it('states the same file once more when it is now said to contain what was paid here', async () => {
    const shop = shopWith(ITEMS)
    await run(shop)
    const said = { importId: IMPORT_ID.replace(/1$/, '2'), atMs: AT_MS + 1, paymentsThroughMs: AT_MS }
    const second = await run(shop, said)
    expect(second).toMatchObject({ outcome: 'imported', counts: { added: 0, changed: 0, unchanged: 2 } })
    expect(second.mark).toMatchObject({ importId: said.importId, paymentsIncluded: true, accountCount: 2 })
    const third = await run(shop, { ...said, importId: IMPORT_ID.replace(/1$/, '3') })
    expect(third).toMatchObject({ outcome: 'unchanged', mark: second.mark })
    const earlier = { importId: IMPORT_ID.replace(/1$/, '4'), atMs: AT_MS + 1, paymentsThroughMs: AT_MS - 1 }
    expect(await run(shop, earlier)).toMatchObject({ outcome: 'imported', mark: { asOfMs: AT_MS - 1 } })
  })

  it('gives an account the same ids in every file, whatever the order of its rows', async () => {
    const shop = shopWith(ITEMS)
    await run(shop)
    const [head = '', ...rows] = ITEMS.trimEnd().split('\n')
    const turned = shopWith([head, ...rows.reverse()].join('\n'))
    await run(turned)
    expect(stored(turned)).toEqual(stored(shop))
  })

  it('takes paid items away and new balances in with the next file', async () => {
    const shop = shopWith(ITEMS)
    await run(shop)
    const next = ITEMS.split('\n')
      .filter(line => !line.includes('Sewer'))
      .join('\n')
      .replace('$42.10', '40.00')
    write(shop.file, next, AT_MS + 86_400_000)
    const result = await run(shop, { atMs: AT_MS + 86_400_000 })
    expect(result).toMatchObject({ outcome: 'imported', counts: { changed: 2, added: 0 } })
    const [okafor] = stored(shop)
    expect(okafor?.items.map(item => [item.service, item.openCents])).toEqual([['water', 4_000]])
    expect(okafor?.account.asOfMs).toBe(AT_MS + 86_400_000)
  })

  it('keeps accounts that the file does not name, or closes them when told to', async () => {
    const shop = shopWith(ITEMS)
    await run(shop)
    write(shop.file, 'Account No,Amount,Due Date\n0052-00310,5.00,2026-12-01\n0099-1,,\n')
    await run(shop)
    expect(stored(shop).map(({ account }) => account.status)).toEqual(['open', 'open', 'open'])
    write(shop.file, 'Account No,Amount,Due Date\n0052-00310,6.00,2026-12-01\n0099-1,abc,\n')
    const result = await run(shop, { mode: 'good-rows', missingAccounts: 'close' })
    expect(result.counts).toMatchObject({ closed: 1, badRows: 1 })
    expect(stored(shop).map(({ account }) => [account.number, account.status])).toEqual([
      ['0041-22907', 'closed'],
      ['0052-00310', 'open'],
      ['0099-1', 'open'],
    ])
    expect(stored(shop)[0]?.items).toHaveLength(2)
  })

  it.each([
    ['a quote is left open', '1,1.00\n"2,2.00\n'],
    ['a number is none', '1,1.00\nTotal,3.00\n'],
    ['a row has a cell too many', '1,1.00\nApt 5,2,2.00\n'],
    ['a row follows another within its line', '1,1.00\r2,2.00\n'],
    ['the file is one of saved bad rows', undefined],
  ])('closes nobody where %s: it is not known of whom a row speaks', async (_what, rows) => {
    const shop = shopWith('number,balance\n1,1.00\n2,2.00\n')
    await run(shop)
    if (rows === undefined) {
      write(shop.file, 'number,balance\n1,1.00\n2,abc\n')
      const badRowsFile = join(shop.dataDir, 'bad.csv')
      await run(shop, { mode: 'good-rows', badRowsFile })
      write(shop.file, readFileSync(badRowsFile, 'utf8').replace('abc', '2.50'))
    } else write(shop.file, `number,balance\n${rows}`)
    const result = await run(shop, { mode: 'good-rows', missingAccounts: 'close' })
    expect(result).toMatchObject({ nothingClosed: true, counts: { closed: 0 } })
    expect(stored(shop).map(({ account }) => account.status)).toEqual(['open', 'open'])
  })

  it.each([
    ['a column that nobody uses', 'number,reader,balance\n1,"a,10.00\n2,b,20.00\n3,c",30.00\n'],
    ['a name', 'number,name,balance\n1,"a,10.00\n2,b,20.00\n3,c",30.00\n'],
    ['rows that are cut short', 'number,reader,memo,balance\n1,"a,10.00\n2,b,20.00\n3",,30.00\n'],
    ['lines of another kind', 'number,name,balance,route\n1,a,10.00,"call him\r2,b,20.00,5"\n3,c,30.00,\n'],
    ['the last column', 'number,balance,reader,x\n1,10.00,"a\n2,20.00\n3,30.00",c\n'],
  ])('swallows no account between two stray quotes in %s, and closes nobody', async (_where, text) => {
    const shop = shopWith('number,name,balance\n1,a,10.00\n2,b,20.00\n3,c,30.00\n')
    await run(shop)
    write(shop.file, text)
    const result = await run(shop, { mode: 'good-rows', missingAccounts: 'close' })
    expect(result).toMatchObject({ nothingClosed: true, counts: { closed: 0 } })
    expect(stored(shop).map(({ account, items }) => [account.status, items[0]?.openCents])).toEqual([
      ['open', 1_000],
      ['open', 2_000],
      ['open', 3_000],
    ])
  })

  it.each([
    ['first', 'reader,number,balance\n"seen\nat noon",1,10.00\nb,2,20.00\n'],
    ['middle', 'number,reader,balance\n1,"seen\nat noon",10.00\n2,b,20.00\n'],
    ['last', 'number,balance,reader\n1,10.00,"seen\nat noon"\n2,20.00,b\n'],
  ])('reads a record whose %s column runs over lines, and is sure of it', async (_which, text) => {
    const shop = shopWith(text)
    const result = await run(shop, { missingAccounts: 'close' })
    expect(result).toMatchObject({ nothingClosed: false, counts: { added: 2, badRows: 0 } })
  })

  it('turns down a file whose header runs over lines: a quote there would swallow what follows', async () => {
    const shop = shopWith('number,amount,"name\n1,5.00,Ann\n2,6.00,"\n3,7.00,Cy\n')
    await expect(run(shop, { missingAccounts: 'close' })).rejects.toMatchObject({
      reason: 'header-over-lines',
    })
  })

  it('goes in all at once or not at all when that was asked', async () => {
    const shop = shopWith(ITEMS)
    await run(shop)
    const before = readFileSync(accountsFileIn(shop.dataDir))
    write(shop.file, `${ITEMS}0060-1,New,,,Water,2026-11-28,5.00,\n0060-2,Bad,,,Water,2026-11-28,abc,\n`)
    const result = await run(shop)
    expect(result).toMatchObject({ outcome: 'refused', mark: { accountCount: 2 } })
    expect(faultsOf(result)).toEqual([[6, 'Amount', 'wrong-money']])
    expect(readFileSync(accountsFileIn(shop.dataDir)).equals(before)).toBe(true)
  })

  it('takes the good rows and keeps back every row of an account with a bad one', async () => {
    const shop = shopWith(`${ITEMS}0041-22907,Chidi Okafor,118 Lark St,,Trash,2026-13-01,9.00,\n`)
    const result = await run(shop, { mode: 'good-rows' })
    expect(result).toMatchObject({
      outcome: 'imported',
      counts: { badRows: 3, added: 1 },
      mark: { badRowCount: 3 },
    })
    expect(faultsOf(result)).toEqual([
      [2, '', 'account-has-bad-row'],
      [3, '', 'account-has-bad-row'],
      [5, 'Due Date', 'wrong-date'],
    ])
    expect(stored(shop).map(({ account }) => account.number)).toEqual(['0052-00310'])
  })

  it('saves the bad rows so that no spreadsheet runs them, and reads the mended file', async () => {
    const shop = shopWith(
      'number,name,balance\n1,=HYPERLINK(A1),x\n2,＝1+1,-12.50x\n3,-12.50,"a""b"\n4,Good,5\n',
    )
    const badRowsFile = join(shop.dataDir, 'bad.csv')
    const result = await run(shop, { mode: 'good-rows', badRowsFile })
    expect(result.counts.badRows).toBe(3)
    const text = readFileSync(badRowsFile, 'utf8')
    const [head, ...lines] = text.split('\r\n')
    expect(head).toBe('\ufeffLine,Column at fault,What is wrong,number,name,balance')
    expect(lines[0]).toMatch(/^2,balance,.*,1,'=HYPERLINK\(A1\),x$/)
    expect(lines[1]).toMatch(/^3,balance,.*,2,'＝1\+1,'-12.50x$/)
    expect(lines[2]).toMatch(/^4,balance,.*,3,-12.50,"a""b"$/)
    write(shop.file, text.replace(',x\r', ',1.00\r').replace("'-12.50x", '2.00'))
    const next = join(shop.dataDir, 'bad-2.csv')
    expect(await run(shop, { mode: 'good-rows', badRowsFile: next })).toMatchObject({
      counts: { added: 2, badRows: 1 },
    })
    expect(
      stored(shop)
        .map(({ account }) => account.name)
        .sort(),
    ).toEqual(['=HYPERLINK(A1)', 'Good', '＝1+1'])
    // What is still bad comes again as it stood at first, without the columns of the file before.
    const again = readFileSync(next, 'utf8')
    expect(again).toMatch(
      /^\ufeffLine,Column at fault,What is wrong,number,name,balance\r\n4,balance,.*,3,-12.50,"a""b"\r\n$/,
    )
    write(shop.file, again.replace('"a""b"', '3.00'))
    expect(await run(shop)).toMatchObject({ outcome: 'imported', counts: { added: 1, badRows: 0 } })
  })

  it('says of a row that could not be read that it still cannot, where the saved file is imported as it is', async () => {
    const shop = shopWith('number,name,balance\n1,"A,1\n2,B,2.00\n')
    const badRowsFile = join(shop.dataDir, 'bad.csv')
    expect((await run(shop, { mode: 'good-rows', badRowsFile })).counts).toMatchObject({
      added: 1,
      badRows: 1,
    })
    write(shop.file, readFileSync(badRowsFile, 'utf8'))
    expect((await run(shop, { mode: 'good-rows' })).problems).toMatchObject([
      { line: 2, reason: 'unreadable-row' },
    ])
  })

  it.each(['checking', 'reading', 'writing', 'indexing'] as const)(
    'leaves everything as it was when it is cancelled while %s',
    async phase => {
      const shop = shopWith(ITEMS)
      await run(shop)
      const before = readFileSync(accountsFileIn(shop.dataDir))
      write(
        shop.file,
        `number,balance\n${Array.from({ length: 5_000 }, (_, i) => `N${i},1.00`).join('\n')}\n`,
      )
      const stopped = run(shop, {
        onProgress: progress => {
          if (progress.phase === phase) throw new Cancelled()
        },
      })
      await expect(stopped).rejects.toThrow(Cancelled)
      expect(readFileSync(accountsFileIn(shop.dataDir)).equals(before)).toBe(true)
      expect(readdirSync(shop.dataDir).filter(name => name.endsWith('.tmp'))).toEqual([])
    },
  )

  it('refuses to begin while another import is under way, and is not stopped by one that was killed', async () => {
    const shop = shopWith(ITEMS)
    writeFileSync(join(shop.dataDir, 'accounts-import-killed.tmp'), 'left behind')
    const other = openAccountsWriter(shop.dataDir)
    other.begin()
    await expect(run(shop)).rejects.toMatchObject({ problem: 'in-use' })
    other.rollback()
    other.close()
    expect((await run(shop)).outcome).toBe('imported')
    expect(readdirSync(shop.dataDir).filter(name => name.endsWith('.tmp'))).toEqual([])
  })

  it('can be read by the window all the while', async () => {
    const shop = shopWith(ITEMS)
    await run(shop)
    const reader = openAccountsReader(shop.dataDir)
    write(shop.file, ITEMS.replace('Chidi Okafor', 'Ngozi Adeyemi').replace('Chidi Okafor', 'Ngozi Adeyemi'))
    const seen = new Set<string>()
    await run(shop, {
      onProgress: () => {
        seen.add(reader.accountByNumber('004122907')?.name ?? 'nobody')
      },
    })
    expect([...seen]).toEqual(['Chidi Okafor'])
    expect(reader.accountByNumber('004122907')?.name).toBe('Ngozi Adeyemi')
    expect(reader.findAccounts('adeyemi')).toHaveLength(1)
    reader.close()
  })
})

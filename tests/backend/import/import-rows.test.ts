import { utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { csvCell } from '../../../db/account-file/csv-text.ts'
import type { ImportMapping } from '../../../db/account-file/file-types.ts'
import { importAccounts } from '../../../electron/backend/account/import/accounts.ts'
import type { ImportResult } from '../../../electron/backend/account/import/import-types.ts'
import { previewAccounts } from '../../../electron/backend/account/import/preview.ts'
import { accountWithItemsField } from '../../../shared/account.ts'
import { AT_MS, emptyDataDir, IMPORT_ID, noJournal } from '../../support/accounts-file.ts'
import { account } from '../../support/central/central-shop.ts'
import { isFixtureMissing, readFixture } from '../../support/run/fixtures.ts'

function fileWith(content: string | Buffer): { dataDir: string; file: string } {
  const dataDir = emptyDataDir()
  const file = join(dataDir, 'accounts.csv')
  writeFileSync(file, content)
  utimesSync(file, AT_MS / 1_000, AT_MS / 1_000)
  return { dataDir, file }
}

function importText(content: string | Buffer, mapping?: ImportMapping): Promise<ImportResult> {
  return importAccounts({
    ...fileWith(content),
    importId: IMPORT_ID,
    atMs: AT_MS,
    mode: 'good-rows',
    state: noJournal,
    mapping,
  })
}

const HEADER =
  'number,name,address,phone,status,cash only,credit,note,service,priority,penalty,due date,amount,gl\n'
const GOOD = '1,Ann,9 Elm St,555-0100,open,no,0.00,,water,1,no,2026-11-28,5.00,501\n'

describe('a row of an import', () => {
  it.each([
    ['no account number', ',Ann,,,,,,,water,,,2026-11-28,5.00,', 'number', 'missing-number'],
    ['a total instead of an account', 'Total,Ann,,,,,,,water,,,2026-11-28,5.00,', 'number', 'wrong-number'],
    ['a formula for a number', '=1+1,Ann,,,,,,,water,,,2026-11-28,5.00,', 'number', 'wrong-number'],
    [
      'a number mangled by a spreadsheet',
      '4.12291E+08,A,,,,,,,water,,,2026-11-28,5.00,',
      'number',
      'spreadsheet-number',
    ],
    ['a number that is too long', `${'1'.repeat(33)},A,,,,,,,water,,,2026-11-28,5.00,`, 'number', 'too-long'],
    ['letters for money', '2,Ann,,,,,,,water,,,2026-11-28,abc,', 'amount', 'wrong-money'],
    ['a power of ten for money', '2,Ann,,,,,,,water,,,2026-11-28,1e5,', 'amount', 'wrong-money'],
    ['tenths of a cent', '2,Ann,,,,,,,water,,,2026-11-28,1.005,', 'amount', 'wrong-money'],
    ['fourteen digits of money', '2,Ann,,,,,,,water,,,2026-11-28,12345678901234,', 'amount', 'wrong-money'],
    ['no money for a service', '2,Ann,,,,,,,water,,,2026-11-28,,', 'amount', 'missing-amount'],
    ['a negative credit', '2,Ann,,,,,-5.00,,,,,,,', 'credit', 'negative-credit'],
    ['a day that does not exist', '2,Ann,,,,,,,water,,,2026-02-29,5.00,', 'due date', 'wrong-date'],
    ['a year of two digits', '2,Ann,,,,,,,water,,,11/28/26,5.00,', 'due date', 'wrong-date'],
    ['no due date', '2,Ann,,,,,,,water,,,,5.00,', 'due date', 'missing-due-date'],
    ['an unknown status', '2,Ann,,,maybe,,,,water,,,2026-11-28,5.00,', 'status', 'wrong-status'],
    ['neither yes nor no', '2,Ann,,,,perhaps,,,water,,,2026-11-28,5.00,', 'cash only', 'wrong-flag'],
    ['no place in the bill', '2,Ann,,,,,,,water,first,,2026-11-28,5.00,', 'priority', 'wrong-order'],
    ['a name that is too long', `2,${'x'.repeat(121)},,,,,,,water,,,2026-11-28,5.00,`, 'name', 'too-long'],
    ['control characters', '2,A\u0007nn,,,,,,,water,,,2026-11-28,5.00,', 'name', 'control-characters'],
    ['a line break inside a name', '2,"A\nnn",,,,,,,water,,,2026-11-28,5.00,', 'name', 'control-characters'],
    ['text that turns round', '2,A\u202enn,,,,,,,water,,,2026-11-28,5.00,', 'name', 'control-characters'],
    [
      'a card number in the note',
      '2,Ann,,,,,,pays with 4111 1111 1111 1111,water,,,2026-11-28,5.00,',
      'note',
      'card-number',
    ],
    [
      'a GL account with a pasted dash',
      '2,Ann,,,,,,,water,,,2026-11-28,5.00,501–4300',
      'gl',
      'wrong-gl-account',
    ],
    [
      'a GL account with a pasted space',
      '2,Ann,,,,,,,water,,,2026-11-28,5.00,501\u00a04300',
      'gl',
      'wrong-gl-account',
    ],
    ['seven phones', '2,Ann,,1;2;3;4;5;6;7,,,,,water,,,2026-11-28,5.00,', 'phone', 'too-many'],
    ['a cell too few', '2,Ann,,,,,,,water,,,2026-11-28,5.00', '', 'wrong-column-count'],
    ['a cell too many', '2,Ann,,,,,,,water,,,2026-11-28,5.00,,', '', 'wrong-column-count'],
    ['a quote inside a cell', '2,A"n"n,,,,,,,water,,,2026-11-28,5.00,', '', 'unreadable-row'],
    ['a quote that is never closed', '2,"Ann,,,,,,,water,,,2026-11-28,5.00,', '', 'unreadable-row'],
  ])(
    'with %s is listed with its line and reason, and the rows around it go in',
    async (_, row, column, reason) => {
      const result = await importText(`${HEADER}${GOOD}${row}\n${GOOD.replace('1,Ann', '3,Cy')}`)
      expect(result.problems.map(problem => [problem.line, problem.column, problem.reason])).toEqual([
        [3, column, reason],
      ])
      expect(result).toMatchObject({ outcome: 'imported', counts: { rows: 3, badRows: 1, added: 2 } })
    },
  )

  it('is refused when it says the same item twice or something else of its account', async () => {
    const other = GOOD.replace('1,Ann', '1,Bob').replace('water', 'sewer')
    const twice = GOOD.replace('1,Ann', '2,Ann')
    const result = await importText(
      `${HEADER}${GOOD}${other}${twice}${twice}${GOOD.replace('1,', '0-0-5,')}${GOOD.replace('1,', '005,').replace('water', 'x')}`,
    )
    expect(result.problems.map(problem => [problem.line, problem.reason])).toEqual([
      [2, 'account-has-bad-row'],
      [3, 'conflicting-account-data'],
      [4, 'account-has-bad-row'],
      [5, 'duplicate-item'],
      [6, 'account-has-bad-row'],
      [7, 'conflicting-account-data'],
    ])
    expect(result.outcome).toBe('unchanged')
    // By the name that the file gives the column.
    expect(result.problems[1]?.column).toBe(HEADER.split(',')[1])
  })

  it('keeps its true line number after blank lines, quoted line breaks and broken quotes', async () => {
    const long = GOOD.replace('1,Ann,9 Elm St', '2,Ann,"9 Elm St"').replace(',,water', ',"a\r\nb\r\nc",water')
    const text = `${HEADER}\n\n${long}"2x,open\n${GOOD}${GOOD.replace('1,Ann', ',Ann')}`
    const result = await importText(text)
    expect(result.problems.map(problem => [problem.line, problem.reason])).toEqual([
      [4, 'control-characters'],
      [7, 'unreadable-row'],
      [9, 'missing-number'],
    ])
    expect(result.counts.rows).toBe(4)
  })

  it('loses no row after a quote that stays open to the end of a long file', async () => {
    const rows = Array.from({ length: 3_000 }, (_, i) => `${i + 1},1.00`)
    rows[99] = '100,"1.00'
    const result = await importText(`number,balance\n${rows.join('\n')}\n`)
    expect(result.problems.map(problem => [problem.line, problem.reason])).toEqual([[101, 'unreadable-row']])
    expect(result.counts).toMatchObject({ rows: 3_000, added: 2_999 })
  })

  it('is refused with all of its account where that has more items than a receipt can pay, or a credit beyond any', async () => {
    const item = (no: number) => GOOD.replace('water', `water ${no}`)
    const items = (count: number) => Array.from({ length: count }, (_, no) => item(no)).join('')
    expect(await importText(HEADER + items(400))).toMatchObject({ counts: { badRows: 0, added: 1 } })
    const many = await importText(HEADER + items(401))
    expect(many.counts).toMatchObject({ badRows: 401, added: 0 })
    expect(many.problems[0]).toMatchObject({ line: 2, reason: 'too-many-items' })
    const credits = [1, 2].map(no => item(no).replace('5.00', '-60000000.00'))
    const credit = await importText(HEADER + credits.join('') + GOOD.replace('1,Ann', '3,Cy'))
    expect(credit.counts).toMatchObject({ badRows: 2, added: 1 })
    expect(credit.problems[0]).toMatchObject({ line: 2, column: 'credit', reason: 'wrong-money' })
  })

  it('may be of an account whose number has as many digits as a card, and looks like one', async () => {
    const numbers = Array.from({ length: 200 }, (_, no) => `4111-1111-${String(no).padStart(4, '0')}-1111`)
    const result = await importText(`number,balance\n${numbers.map(number => `${number},1.00\n`).join('')}`)
    expect(result.counts).toMatchObject({ added: numbers.length, badRows: 0 })
    const given = { ...account(1), account: { ...account(1).account, number: '4111-1111-1111-1111' } }
    expect(accountWithItemsField.safeParse(given).success).toBe(true)
    for (const number of ['10-1\n', ' 10-1', '--', ''])
      expect(
        accountWithItemsField.safeParse({ ...given, account: { ...given.account, number } }).success,
      ).toBe(false)
  })

  it.each(['constructor', '__proto__', 'toString'])(
    'may bill for a service of the name %s as for any other',
    async service => {
      const named = GOOD.replace('water,1', `${service},`)
      const result = await importText(HEADER + named)
      expect(result).toMatchObject({ counts: { added: 1, badRows: 0 } })
      const { rows } = await previewAccounts({ file: fileWith(HEADER + named).file })
      expect(structuredClone(rows)[0]?.values?.item).toMatchObject({
        service: service.toLowerCase(),
        serviceOrder: 9,
      })
    },
  )

  it('may give the account’s own columns once and leave them empty afterwards', async () => {
    const bare = '1,,,,,,,,sewer,,,2026-11-28,6.00,\n'
    expect(await importText(HEADER + GOOD + bare)).toMatchObject({
      counts: { added: 1, badRows: 0 },
      mark: { itemCount: 2 },
    })
  })
})

describe('a file of accounts', () => {
  it.each([
    ['empty', '', 'empty-file'],
    ['without rows', 'number,balance\n', 'empty-file'],
    ['without an account number', 'name,balance\nAnn,1\n', 'no-number-column'],
    ['without money', 'number,name\n1,Ann\n', 'no-money-column'],
    ['with a column twice', 'number,balance,balance\n1,2,3\n', 'repeated-header'],
    ['that is no text', Buffer.from([0x50, 0x4b, 3, 4, 0, 0]), 'not-a-text-file'],
  ])('%s is refused as a whole', async (_, content, reason) => {
    await expect(importText(content)).rejects.toMatchObject({ name: 'ImportRefused', reason })
  })

  it('that is not there is refused', async () => {
    const input = { dataDir: emptyDataDir(), file: '/nowhere/accounts.csv', importId: IMPORT_ID, atMs: AT_MS }
    await expect(importAccounts({ ...input, mode: 'good-rows', state: noJournal })).rejects.toMatchObject({
      reason: 'no-such-file',
    })
  })

  it('is read by the columns that a person chose', async () => {
    const text = 'Konto,Wer,Soll,Haben\n0001,Ann,5.00,0\n'
    const mapping = { number: 'Konto', name: 'Wer', balance: 'Soll', credit: 'Haben' }
    expect(await importText(text, mapping)).toMatchObject({ outcome: 'imported', counts: { added: 1 } })
    await expect(importText(text, { ...mapping, name: 'Who' })).rejects.toMatchObject({
      reason: 'unknown-column',
    })
  })

  it('shows its first twenty rows and what is wrong with them before anything is written', async () => {
    const rows = Array.from({ length: 30 }, (_, i) => `00${i},Name ${i},${i === 4 ? 'x' : '1.00'}`).join('\n')
    const { file } = fileWith(
      `Acct;Name;Balance;Colour\n${rows.replaceAll(',', ';').replaceAll('\n', ';red\n')};red\n`,
    )
    const preview = await previewAccounts({ file })
    expect(preview).toMatchObject({ encoding: 'utf-8', delimiter: ';', unused: ['Colour'] })
    expect(preview.mapping).toMatchObject({
      number: ['Acct'],
      name: ['Name'],
      balance: ['Balance'],
      amount: [],
    })
    expect(preview.rows).toHaveLength(20)
    expect(preview.rows[0]).toMatchObject({ line: 2, values: { account: { number: '000', name: 'Name 0' } } })
    expect(preview.rows[4]?.values).toBeNull()
    expect(preview.problems).toMatchObject([{ line: 6, column: 'Balance', reason: 'wrong-money' }])
  })

  it.each([
    ['the number', 'Konto,Balance\n0001,5.00\n', ['number']],
    ['money', 'Account,Soll\n0001,5.00\n', ['amount']],
    ['either', 'Konto,Soll\n0001,5.00\n', ['number', 'amount']],
  ])(
    'whose headers do not tell %s can be looked at, says so, and is mapped by hand',
    async (_, text, missing) => {
      const { file } = fileWith(text)
      const preview = await previewAccounts({ file })
      expect(preview).toMatchObject({ missing, problems: [] })
      expect(preview.rows[0]).toMatchObject({ cells: ['0001', '5.00'], values: null })
      const [number = '', balance = ''] = preview.header
      const mapped = await importText(text, { number, balance })
      expect(mapped).toMatchObject({ outcome: 'imported', counts: { added: 1 }, mark: { itemCount: 1 } })
    },
  )

  it('keeps no column where a person chose none, whatever its header says', async () => {
    const text = 'Account,Name,Note,Amount,Balance\n0001,Ann,beware,7.00,5.00\n'
    const mapping = { number: 'Account', name: 'Name', note: '', amount: '', balance: 'Balance' }
    const { file } = fileWith(text)
    expect(await previewAccounts({ file, mapping })).toMatchObject({
      missing: [],
      mapping: { note: [], amount: [], balance: ['Balance'] },
      unused: ['Note', 'Amount'],
      rows: [{ values: { account: { name: 'Ann', note: undefined }, item: { cents: 500 } } }],
    })
    await expect(importText(text, { ...mapping, number: '' })).rejects.toMatchObject({
      reason: 'no-number-column',
    })
  })

  const noStrings = isFixtureMissing('bad-input/naughty-strings.json')
  it.skipIf(noStrings)('with every naughty string as a name is answered row by row', async () => {
    const { strings } = readFixture<{ strings: string[] }>('bad-input/naughty-strings.json')
    const rows = strings.map((text, i) => `N${i},"${text.toWellFormed().replaceAll('"', '""')}",1.00`)
    const result = await importText(`number,name,balance\n${rows.join('\n')}\n`)
    expect(result.counts.rows).toBe(strings.length)
    expect(result.counts.added + result.counts.badRows).toBe(strings.length)
    const reasons = new Set(result.problems.map(problem => problem.reason))
    expect([...reasons].sort()).toEqual(['control-characters', 'too-long'])
  })

  const noPayloads = isFixtureMissing('bad-input/csv-injection.json')
  it.skipIf(noPayloads)('writes no cell that a spreadsheet would run', () => {
    const { payloads, leading_characters: leading } = readFixture<{
      payloads: string[]
      leading_characters: string[]
    }>('bad-input/csv-injection.json')
    const dangerous = [...payloads.filter(text => /^[=+@-]/.test(text)), ...leading.map(text => `${text}1+1`)]
    for (const text of dangerous) {
      for (const cell of [text, ` ${text}`, `"${text}`, `'${text}`]) {
        expect(csvCell(cell).replace(/^"/, ''), JSON.stringify(cell)).toMatch(/^'/)
      }
    }
    expect(csvCell('-12.50')).toBe('-12.50')
    expect(csvCell('plain')).toBe('plain')
  })
})

describe('a file that is no list of accounts', () => {
  it.each([
    [
      'a thousand columns',
      `number,balance,${Array.from({ length: 1_000 }, (_, at) => `c${at}`)}\n1,1.00\n`,
      'too-many-columns',
    ],
    ['ten million columns', `number,balance${','.repeat(10_000_000)}\n1,1.00\n`, 'line-too-long'],
    [
      'a line of a million characters',
      `number,balance\n1,1.00\n2,${'9'.repeat(1_000_000)}\n`,
      'line-too-long',
    ],
  ])(
    'with %s is turned down as a whole, before it takes all memory or all day',
    async (_what, text, reason) => {
      await expect(importText(text)).rejects.toMatchObject({ reason })
    },
  )

  it('keeps no row of more cells than any list has, and reads the others', async () => {
    const wide = `2${',x'.repeat(100_000)}\n`
    const result = await importText(`number,balance\n1,1.00\n${wide.repeat(5)}3,3.00\n`)
    expect(result.counts).toMatchObject({ added: 2, badRows: 5 })
    expect(result.problems[0]).toMatchObject({ reason: 'unreadable-row', cells: [] })
  })

  it('of lines as short as can be is read, however many there are', { timeout: 60_000 }, async () => {
    const result = await importText(`number,balance\n${'1\n'.repeat(200_000)}`)
    expect(result.counts.rows).toBe(200_000)
  })
})

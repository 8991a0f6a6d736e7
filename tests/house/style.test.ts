import { describe, expect, it } from 'vitest'
import tsconfig from '../../tsconfig.json' with { type: 'json' }
import { filesBelow } from './sources.ts'
import { fileFaults, sqlFaults, styleFaults, tableSqlIn } from './style-rules.ts'

// What is compiled is looked at, so that no new folder escapes.
const everywhere = tsconfig.include.map(path => path.split('/')[0] ?? '')
const sources = filesBelow(everywhere, ['.ts', '.tsx', '.mts', '.mjs'])
const code = (text: string, path = 'renderer/ui/x.ts') => ({ path, text })
const lines = (count: number) => Array.from({ length: count }, (_, i) => `  step(${i})`).join('\n')

describe('style of the code', () => {
  it('no file breaks the rules of the house', { timeout: 120_000 }, () => {
    expect(sources.length).toBeGreaterThan(50)
    expect(sources.flatMap(styleFaults)).toEqual([])
  })

  it.each([
    ['a function of 70 lines', `function post() {\n${lines(68)}\n}`],
    ['a component of 70 lines', `const Window = () => {\n${lines(68)}\n}`],
    ['a method of 70 lines', `class Till { post() {\n${lines(68)}\n} }`],
    ['a test of 70 lines', `test('x', () => {\n${lines(68)}\n})`],
    ['any as a type', 'let x: any'],
    ['any inside a type', 'type X = Map<string, any[]>'],
    ['any as a cast', 'const x = y as any'],
    ['a suppressed type error', '// @ts-expect-error\nlet x: number'],
    ['a suppressed lint', 'f(/* biome-ignore lint: no */)'],
    ['unfinished work', '/* FIXME later */'],
    ['parseFloat', 'const x = parseFloat(y)'],
    ['parseFloat by another way', 'const x = Number.parseFloat(y)'],
    ['toFixed', 'const x = (cents / 100).toFixed(2)'],
    ['Number( in the renderer', 'const x = Number(text)'],
    ['a thread torn down', 'await worker.terminate()'],
    ['a single test that hides the others', 'test.only("x", () => {})'],
  ])('%s is told off', (_, text) => {
    expect(styleFaults(code(text))).toHaveLength(1)
  })

  it.each([
    ['a function of 69 lines', `function post() {\n${lines(67)}\n}`],
    ['a long chapter of tests', `describe.each([1])('x', () => {\n${lines(90)}\n})`],
    ['the word any in a text', "const x = 'any' // any"],
    ['Number as a type of thing', 'Number.isSafeInteger(x)'],
  ])('%s is fine', (_, text) => {
    expect(styleFaults(code(text))).toEqual([])
  })

  it('Number( is told off where it comes more often than its reason allows', () => {
    expect(styleFaults(code('Number(a)', 'shared/rules/deposit/aba.ts'))).toEqual([])
    expect(styleFaults(code('Number(a); Number(b)', 'shared/rules/deposit/aba.ts'))).toHaveLength(1)
  })
})

describe('names and lengths of files', () => {
  const named = [...sources, ...filesBelow(everywhere, ['.css', '.sql', '.html', '.svg'])]

  it('no file is too long or badly named', () => {
    expect(named.flatMap(fileFaults)).toEqual([])
  })

  it.each([
    ['db/ledger/journal.ts', 'x\n'.repeat(401)],
    ['db/receiptQueries.ts', ''],
    ['renderer/utils/amount.ts', ''],
    ['electron/backend/drawer.service.ts', ''],
  ])('%s is told off', (path, text) => {
    expect(fileFaults({ path, text })).toHaveLength(1)
  })

  it('a file of 400 lines is fine', () => {
    expect(fileFaults({ path: 'db/ledger/journal.ts', text: 'x\n'.repeat(400) })).toEqual([])
  })
})

describe('tables', () => {
  const sql = [...filesBelow(['db'], ['.sql']), ...filesBelow(['db'], ['.ts']).flatMap(tableSqlIn)]

  it('every table is STRICT and no column rounds money', () => {
    expect(sql.length).toBeGreaterThan(0)
    expect(sql.flatMap(sqlFaults)).toEqual([])
  })

  it.each([
    ['a REAL column', 'CREATE TABLE t (a REAL NOT NULL) STRICT;'],
    ['a FLOAT column', 'CREATE TABLE t (a FLOAT) STRICT;'],
    ['an added REAL column', 'ALTER TABLE t ADD COLUMN a real;'],
    ['a table that takes any type', "CREATE TABLE t (a INTEGER CHECK (a IN ('STRICT')));"],
    ['a second table that takes any type', 'CREATE TABLE t (a TEXT) STRICT;\nCREATE TABLE u (a TEXT);'],
  ])('%s is told off', (_, text) => {
    expect(sqlFaults({ path: 'db/migrations/0001.sql', text })).toHaveLength(1)
  })

  it('on PostgreSQL a column that is neither text nor a whole number is told off', () => {
    const text = 'CREATE TABLE t (\n  a TEXT NOT NULL,\n  b BIGINT,\n  c JSONB,\n  PRIMARY KEY (a)\n);'
    expect(sqlFaults({ path: 'db/central/migrations/0001.sql', text })).toHaveLength(1)
  })

  it('comments are no columns', () => {
    const text = '-- never REAL\nCREATE TABLE t (a INTEGER) STRICT, WITHOUT ROWID;'
    expect(sqlFaults({ path: 'db/migrations/0001.sql', text })).toEqual([])
  })

  it('tables made by a text inside a TypeScript file are seen', () => {
    const text = 'const steps = [`CREATE TABLE t (a REAL) STRICT`]'
    expect(tableSqlIn({ path: 'db/x.ts', text }).flatMap(sqlFaults)).toHaveLength(1)
  })
})

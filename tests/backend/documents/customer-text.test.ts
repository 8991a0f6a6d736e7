import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'
import { printable, REPLACEMENT } from '../../../electron/backend/documents/page/printable.ts'
import { receiptDocument } from '../../../electron/backend/documents/receipt/receipt.ts'
import { renderPdf } from '../../../electron/backend/documents/render.ts'
import type { ReceiptView } from '../../../shared/contract/receipt.ts'
import type { ReceiptLine } from '../../../shared/ledger/receipt.ts'
import { hasPoppler, pagesOf, placedLabels, wordsOf } from './paper-text.ts'
import { accountLine, receipt, settings } from './samples.ts'

const FIXTURE = '../shared/fixtures/bad-input/naughty-strings.json'
const hasFixture = existsSync(FIXTURE)
if (!hasFixture) console.warn(`SKIPPED: hostile names on paper, because ${FIXTURE} is not there`)

const locate = createRequire(import.meta.url)

/** The code points that a TrueType font maps to a glyph, read from its cmap table (format 4). */
function codePointsOf(file: string): Set<number> {
  const font = readFileSync(file)
  const tableAt = (tag: string): number => {
    for (let i = 0; i < font.readUInt16BE(4); i++) {
      const record = 12 + i * 16
      if (font.toString('latin1', record, record + 4) === tag) return font.readUInt32BE(record + 8)
    }
    throw new Error(`${file} has no ${tag} table`)
  }
  const cmap = tableAt('cmap')
  const found = new Set<number>()
  for (let i = 0; i < font.readUInt16BE(cmap + 2); i++) {
    const at = cmap + font.readUInt32BE(cmap + 4 + i * 8 + 4)
    if (font.readUInt16BE(at) !== 4) continue
    const segments = font.readUInt16BE(at + 6) / 2
    for (let s = 0; s < segments; s++) {
      const last = font.readUInt16BE(at + 14 + s * 2)
      const first = font.readUInt16BE(at + 16 + (segments + s) * 2)
      for (let code = first; code <= last; code++) found.add(code)
    }
  }
  return found
}

function named(name: string): ReceiptLine {
  return accountLine({ number: '0041-22907', name, before: 100, parts: [['water', null, 100, '4010-100']] })
}

const printed = (paper: '80mm' | 'letter', of: Partial<ReceiptView>) =>
  renderPdf(receiptDocument({ receipt: { ...receipt, ...of }, settings, paper, copyNo: 1 }))

describe('what a customer is called, on paper', () => {
  it.each(['Regular', 'Medium'])('is only printed in characters that the font has (%s)', cut => {
    const has = codePointsOf(locate.resolve(`pdfmake/fonts/Roboto/Roboto-${cut}.ttf`))
    expect(has.size).toBeGreaterThan(800)
    const lacking = Array.from({ length: 0x1_0000 }, (_, code) => String.fromCharCode(code)).filter(given =>
      [...printable(given)].some(character => !has.has(character.codePointAt(0) ?? 0)),
    )
    expect(lacking).toEqual([])
  })

  it.each([
    ['Ngũgĩ Nuñez-Škoda', 'Ngũgĩ Nuñez-Škoda'],
    ['O\'Brien "Bud" <b>& Sons</b>', 'O\'Brien "Bud" <b>& Sons</b>'],
    ['Jose\u0301', 'José'],
    ['山田 太郎', `${REPLACEMENT}${REPLACEMENT} ${REPLACEMENT}${REPLACEMENT}`],
    ['Ann 🙂', `Ann ${REPLACEMENT}`],
    ['שלום', REPLACEMENT.repeat(4)],
    ['two\r\nlines\tand a tab', 'two lines and a tab'],
    ['\u0000\u001b[31mred\u009f', `${REPLACEMENT}${REPLACEMENT}[31mred${REPLACEMENT}`],
    ['abc\u202e76.481\u202c', 'abc76.481'],
    ['half \ud83d of a pair', `half ${REPLACEMENT} of a pair`],
  ])('%j stands there as %j', (given, shown) => {
    expect(printable(given)).toBe(shown)
  })

  it.skipIf(!hasPoppler)('shows a visible mark for what the font lacks, on the paper itself', async () => {
    const words = wordsOf(await printed('80mm', { lines: [named('Ann 山🙂 Ñuñez')] }))
    expect(words).toContain(`Ann ${REPLACEMENT}${REPLACEMENT} Ñuñez`)
  })

  it.skipIf(!hasPoppler).each(['80mm', 'letter'] as const)(
    'wraps an over-long word inside its place (%s)',
    async paper => {
      const name = 'W'.repeat(120)
      const pdf = await printed(paper, { lines: [named(name)], cashierName: name.slice(0, 80) })
      const words = placedLabels(pdf)
      const width = paper === '80mm' ? (80 * 72) / 25.4 : 612
      for (const { left, right } of words) {
        expect(left).toBeGreaterThan(0)
        expect(right).toBeLessThan(width)
      }
      expect(
        words
          .map(word => word.text)
          .join('')
          .split('W').length - 1,
      ).toBeGreaterThanOrEqual(200)
    },
  )

  it.skipIf(!hasFixture || !hasPoppler).each(['80mm', 'letter'] as const)(
    'can be anything at all, and every account, amount and page is still there (%s)',
    async paper => {
      const { strings } = JSON.parse(readFileSync(FIXTURE, 'utf8')) as { strings: string[] }
      expect(strings.length).toBeGreaterThan(100)
      for (let from = 0; from < strings.length; from += 60) {
        const lines = strings.slice(from, from + 60).map(
          (text, i): ReceiptLine => ({
            ...named(text.slice(0, 200)),
            ...{ accountNumber: `N-${from + i}`, address: text.slice(0, 200) },
          }),
        )
        const pdf = await printed(paper, {
          lines,
          cashierName: lines[0]?.kind === 'account' ? lines[0].name : '',
        })
        const pages = pagesOf(pdf)
        if (paper === '80mm') expect(pages).toHaveLength(1)
        const text = pages.join(' ')
        for (let i = 0; i < lines.length; i++) expect(text).toMatch(new RegExp(`\\bN-${from + i}\\b.*1\\.00`))
        const right = paper === '80mm' ? (76 * 72) / 25.4 : 558
        const outside = placedLabels(pdf).filter(word => word.right > right + 0.5 || word.left < 11)
        expect(outside).toEqual([])
      }
    },
  )
})

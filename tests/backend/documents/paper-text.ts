/** What a reader finds on a rendered paper: its words, its pages and where they stand, by poppler's programs. */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const hasPoppler = spawnSync('pdftotext', ['-v']).error === undefined
if (!hasPoppler) {
  console.warn('SKIPPED: what stands on the papers, because pdftotext (poppler-utils) is not installed')
}

function asked(program: string, pdf: Uint8Array, options: string[], output: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'tillproof-paper-'))
  try {
    const file = join(folder, 'paper.pdf')
    writeFileSync(file, pdf)
    return execFileSync(program, [...options, file, ...output], { encoding: 'utf8', stdio: 'pipe' })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The text of each page, laid out as on the paper. */
export function pagesOf(pdf: Uint8Array): string[] {
  const pages = asked('pdftotext', pdf, ['-layout'], ['-']).split('\f')
  return pages.slice(0, -1)
}

/** All text with runs of white space as one space. */
export function wordsOf(pdf: Uint8Array): string {
  return pagesOf(pdf).join(' ').replace(/\s+/g, ' ')
}

/** Width and height of the pages, in points. */
export function pageSizeOf(pdf: Uint8Array): { width: number; height: number } {
  const found = /Page size:\s+([\d.]+) x ([\d.]+)/.exec(asked('pdfinfo', pdf, [], []))
  return { width: Number(found?.[1]), height: Number(found?.[2]) }
}

export interface PlacedWord {
  text: string
  page: number
  left: number
  top: number
  right: number
  bottom: number
}

/** Each word with its box, in points from the page's top left corner. */
export function placedLabels(pdf: Uint8Array): PlacedWord[] {
  const found: PlacedWord[] = []
  const pages = asked('pdftotext', pdf, ['-bbox'], ['-']).split('<page ').slice(1)
  const word = /<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">([^<]*)</g
  for (const [page, text] of pages.entries()) {
    for (const [, left, top, right, bottom, content = ''] of text.matchAll(word)) {
      const box = { left: Number(left), top: Number(top), right: Number(right), bottom: Number(bottom) }
      found.push({ text: content, page, ...box })
    }
  }
  return found
}

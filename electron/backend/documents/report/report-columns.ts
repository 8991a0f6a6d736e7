/** How wide the columns of a report are on paper, and which way the paper lies. */
import {
  type ColumnKind,
  cellText,
  type ReportSection,
} from '../../../../shared/rules/report/report-table.ts'
import { LETTER, LETTER_ACROSS } from '../definition.ts'
import { textWidth } from '../page/text-width.ts'

/** Points between columns, as the table layouts have it. */
const GUTTER = 10
const FONT_SIZES = [9, 8, 7, 6] as const
/** A head may be larger than the figures below it, never smaller than this. */
const HEAD_SIZE = 8
/** More columns than this are never put upright. */
const MOST_UPRIGHT = 7
/** Words wrap; a column of them is not made wider than this for one long sentence. */
const WIDEST_WORDS = 230
const NARROWEST_WORDS = 70

export interface ColumnPlan {
  /** Points, without the gutters. */
  widths: number[]
  fontSize: number
}

interface Need {
  /** Narrower than this, a figure would break. */
  least: number
  /** With this, nothing wraps that need not. */
  wanted: number
}

function longestWord(text: string): string {
  return text.split(/\s+/).reduce((longest, word) => (word.length > longest.length ? word : longest), '')
}

/** Figures and dates never wrap; words may, between words. */
function needOf(texts: readonly string[], of: { kind: ColumnKind; label: string; fontSize: number }): Need {
  const { kind, label, fontSize } = of
  const head = textWidth(longestWord(label), Math.min(HEAD_SIZE, fontSize))
  const wanted = texts.reduce((most, text) => Math.max(most, textWidth(text, fontSize)), head)
  if (kind !== 'text') return { least: wanted, wanted }
  const capped = Math.min(wanted, WIDEST_WORDS)
  return { least: Math.min(capped, Math.max(head, NARROWEST_WORDS)), wanted: capped }
}

const sum = (list: readonly number[]): number => list.reduce((total, n) => total + n, 0)
const leastOf = (needs: readonly Need[]): number => sum(needs.map(need => need.least))

/** Gives each what it must have, then shares the rest out by what each would like to have more, and evenly after that. */
function shareOut(needs: readonly Need[], room: number): number[] {
  const spare = room - leastOf(needs)
  const wish = sum(needs.map(need => need.wanted - need.least))
  if (spare < wish) return needs.map(need => need.least + (spare * (need.wanted - need.least)) / wish)
  return needs.map(need => need.wanted + (spare - wish) / needs.length)
}

/** The texts of a section's cells, column by column, totals included. */
function textsByColumn({ columns, rows, totals }: ReportSection, timeZone: string): string[][] {
  const all = totals === null ? rows : [...rows, totals]
  return columns.map(({ kind }, i) => all.map(row => cellText(kind, row[i] ?? null, timeZone)))
}

/** A short list is not stretched over the page: the eye must find from the name to the amount. */
const STRETCHED_FROM = 0.55
const EASE_PER_COLUMN = 26

function planAt(
  section: ReportSection,
  texts: string[][],
  inner: number,
  fontSize: number,
): ColumnPlan | null {
  const needs = section.columns.map(({ kind, label }, i) => needOf(texts[i] ?? [], { kind, label, fontSize }))
  const room = inner - GUTTER * (needs.length - 1)
  if (leastOf(needs) > room) return null
  const wanted = sum(needs.map(need => need.wanted))
  const eased = wanted + EASE_PER_COLUMN * needs.length
  return { fontSize, widths: shareOut(needs, wanted > room * STRETCHED_FROM ? room : Math.min(room, eased)) }
}

/**
 * The columns of a section in a width of `inner` points: figures in full, words sharing what is left, in the largest
 * type that has room. Where none has, the columns are equal and the figures wrap, but nothing leaves the page.
 */
export function planColumns(section: ReportSection, inner: number, timeZone: string): ColumnPlan {
  const texts = textsByColumn(section, timeZone)
  for (const fontSize of FONT_SIZES) {
    const plan = planAt(section, texts, inner, fontSize)
    if (plan !== null) return plan
  }
  const count = section.columns.length
  const equal = (inner - GUTTER * (count - 1)) / count
  return {
    fontSize: FONT_SIZES[FONT_SIZES.length - 1] ?? HEAD_SIZE,
    widths: section.columns.map(() => equal),
  }
}

/** Upright as long as every section has room for its columns in the ordinary type. */
export function paperFor(sections: readonly ReportSection[], timeZone: string): 'letter' | 'letter-across' {
  const upright = sections.every(
    section =>
      section.columns.length <= MOST_UPRIGHT &&
      planColumns(section, LETTER.inner, timeZone).fontSize === FONT_SIZES[0],
  )
  return upright ? 'letter' : 'letter-across'
}

/** Points between the margins. */
export function innerWidth(paper: 'letter' | 'letter-across'): number {
  return paper === 'letter' ? LETTER.inner : LETTER_ACROSS.inner
}

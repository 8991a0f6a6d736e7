import type { Content } from 'pdfmake'

export type Paper = '80mm' | 'letter' | 'letter-across'

/**
 * A paper as plain data: it can be compared, kept, and posted to a worker thread. Words from customers stand
 * in it as they were given; what the font cannot show is dealt with where it is rendered.
 */
export interface Definition {
  /** What a PDF viewer shows as the name of its window. */
  title: string
  /** The document's own time in UTC milliseconds, never the clock's: the same paper must make the same bytes. */
  createdAtMs: number
  paper: Paper
  content: Content[]
  /** At the left of the foot of every letter page, before "Page x of y"; null for a roll, which has one page. */
  foot: string | null
  /** Repeated at the head of a letter page from the second one on. */
  runningHead: string | null
  /** Large and pale across each letter page. */
  watermark: string | null
}

const POINTS_PER_MM = 72 / 25.4

/** Points. The head of an 80 mm printer reaches 72 mm, so 4 mm stay white on either side. */
export const ROLL = {
  width: 80 * POINTS_PER_MM,
  marginX: 4 * POINTS_PER_MM,
  marginY: 12,
  inner: 72 * POINTS_PER_MM,
} as const

/** Points: US letter with margins of three quarters of an inch. */
export const LETTER = {
  width: 612,
  height: 792,
  marginX: 54,
  marginTop: 50,
  marginBottom: 52,
  inner: 504,
} as const

/** Points: the same sheet laid across, for tables with many columns. */
export const LETTER_ACROSS = { ...LETTER, width: LETTER.height, height: LETTER.width, inner: 684 } as const

/** Near-black for letter papers, and a grey that stays readable (5.9 to 1 on white). */
export const INK = '#12222b'
export const GREY = '#566670'
/** Lines between rows. */
export const HAIR = '#c3ccd1'

/** Code points of both cuts of Roboto 3.014 that the papers use, first and last of each run. Private use is left out. */
const GLYPH_RUNS: readonly (readonly [number, number])[] = [
  [0x20, 0x7e],
  [0xa0, 0x17f],
  [0x18f, 0x18f],
  [0x192, 0x192],
  [0x1a0, 0x1a1],
  [0x1af, 0x1b0],
  [0x1f0, 0x1f0],
  [0x1fa, 0x1ff],
  [0x218, 0x21b],
  [0x237, 0x237],
  [0x259, 0x259],
  [0x2bc, 0x2bc],
  [0x2c6, 0x2c7],
  [0x2c9, 0x2c9],
  [0x2d8, 0x2dd],
  [0x2f3, 0x2f3],
  [0x300, 0x301],
  [0x303, 0x303],
  [0x309, 0x309],
  [0x30f, 0x30f],
  [0x323, 0x323],
  [0x384, 0x38a],
  [0x38c, 0x38c],
  [0x38e, 0x3a1],
  [0x3a3, 0x3ce],
  [0x3d1, 0x3d2],
  [0x3d6, 0x3d6],
  [0x400, 0x486],
  [0x488, 0x513],
  [0x1e00, 0x1e01],
  [0x1e3e, 0x1e3f],
  [0x1e80, 0x1e85],
  [0x1e9e, 0x1e9e],
  [0x1ea0, 0x1ef9],
  [0x1f4d, 0x1f4d],
  [0x2000, 0x200a],
  [0x2010, 0x2011],
  [0x2013, 0x2015],
  [0x2017, 0x201e],
  [0x2020, 0x2022],
  [0x2025, 0x2027],
  [0x2030, 0x2030],
  [0x2032, 0x2033],
  [0x2039, 0x203a],
  [0x203c, 0x203c],
  [0x2044, 0x2044],
  [0x2070, 0x2070],
  [0x2074, 0x208e],
  [0x20a3, 0x20a4],
  [0x20a6, 0x20ac],
  [0x20b1, 0x20b1],
  [0x20b9, 0x20ba],
  [0x20bc, 0x20bd],
  [0x20c1, 0x20c1],
  [0x2105, 0x2105],
  [0x2113, 0x2113],
  [0x2116, 0x2116],
  [0x2122, 0x2122],
  [0x2126, 0x2126],
  [0x212e, 0x212e],
  [0x215b, 0x215e],
  [0x2202, 0x2202],
  [0x2206, 0x2206],
  [0x220f, 0x220f],
  [0x2211, 0x2212],
  [0x221a, 0x221a],
  [0x221e, 0x221e],
  [0x222b, 0x222b],
  [0x2248, 0x2248],
  [0x2260, 0x2260],
  [0x2264, 0x2265],
  [0x25a0, 0x25a0],
  [0x25ca, 0x25cb],
  [0x25cf, 0x25cf],
  [0xfb01, 0xfb04],
  [0xfffd, 0xfffd],
]

/** What stands on paper for a character that the font lacks. */
export const REPLACEMENT = '\uFFFD'

// Characters that end a line or stand for a space. A name keeps to its place whatever it holds.
const SPACES = /[\t\n\v\f\r\u0085\u2028\u2029]+/g
// Marks without a shape of their own: joiners, direction marks, variation selectors, tags. No font can show them,
// and a direction mark could otherwise turn the figures beside a name around.
const SHAPELESS =
  /\u034f|[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\ufe00-\ufe0f]|[\u{e0000}-\u{e0fff}]/gu

/** Whether the papers' font has a picture of this character (one code point). */
function hasGlyph(character: string): boolean {
  const code = character.codePointAt(0) ?? 0
  return GLYPH_RUNS.some(([first, last]) => code >= first && code <= last)
}

/**
 * Text as it can stand on paper: composed, in one line, without marks that have no shape, and with `REPLACEMENT`
 * for each other character that the font lacks (control characters and lone surrogates among them), so that a
 * reader sees that something stands there which is not shown.
 */
export function printable(text: string): string {
  return text
    .normalize('NFC')
    .replace(SPACES, ' ')
    .replace(SHAPELESS, '')
    .replace(/[^ -~]/gu, character => (hasGlyph(character) ? character : REPLACEMENT))
}

/** The same for every text inside a definition; gives a copy, because the layout engine writes into what it is given. */
export function printableCopy(node: unknown): unknown {
  if (typeof node === 'string') return printable(node)
  if (Array.isArray(node)) return node.map(printableCopy)
  if (typeof node !== 'object' || node === null) return node
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, printableCopy(value)]))
}

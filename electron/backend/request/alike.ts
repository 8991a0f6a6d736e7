/** Names that nobody tells apart are one name, whatever letters and spaces they are written with. */
import unhomoglyph from 'unhomoglyph'

const plain = (name: string): string =>
  unhomoglyph(name.toLowerCase())
    .toLowerCase()
    .replace(/[\s\p{Z}]+/gu, ' ')
    .trim()

/**
 * How a name looks, by Unicode's table of confusable characters and without marks that nobody sees: as it is written, and
 * without its capitals, since a letter may be like another one in one of the two only.
 */
function looksOf(name: string): string[] {
  const seen = name.normalize('NFKC').replace(/\p{Cf}/gu, '')
  return [plain(seen), plain(unhomoglyph(seen))]
}

export function looksAlike(a: string, b: string): boolean {
  const looks = looksOf(b)
  return looksOf(a).some(look => looks.includes(look))
}

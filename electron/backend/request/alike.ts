/** Names that nobody tells apart are one name, whatever letters and spaces they are written with. */
import unhomoglyph from 'unhomoglyph'

/** Without marks that nobody sees, and with one kind of space. */
const seen = (name: string): string =>
  name
    .replace(/[\p{Default_Ignorable_Code_Point}\u2800]/gu, '')
    .replace(/[\s\p{Z}]+/gu, ' ')
    .trim()

interface Look {
  /** The same letters, whatever their case. */
  letters: string
  /** As it is written, by Unicode's table of confusable characters (Technical Standard 39). */
  shape: string
  /** The same of its small letters, where it has letters of another script than ours among them. */
  mixed: string
}

/** One script's letters pass for another's in either case; of our own alone they are told by the shape. */
const OTHER_SCRIPT = /(?!\p{Script=Latin})\p{L}/u

/** A city's names are compared each with each, and the table is slow. */
const looks = new Map<string, Look>()
const MOST_KEPT = 20_000

const shapeOf = (plain: string): string =>
  seen(unhomoglyph(unhomoglyph(plain.normalize('NFC')).normalize('NFKC')))

function lookOf(name: string): Look {
  const known = looks.get(name)
  if (known) return known
  const plain = seen(name)
  const look = {
    letters: plain.normalize('NFKC').toLowerCase(),
    shape: shapeOf(plain),
    mixed: shapeOf(plain.toLowerCase()),
  }
  if (looks.size >= MOST_KEPT) looks.clear()
  looks.set(name, look)
  return look
}

export function looksAlike(a: string, b: string): boolean {
  const [one, other] = [lookOf(a), lookOf(b)]
  const isMixed = OTHER_SCRIPT.test(a) || OTHER_SCRIPT.test(b)
  return one.letters === other.letters || one.shape === other.shape || (isMixed && one.mixed === other.mixed)
}

/**
 * Whether a name that is new, or that a record gets anew, looks like that of another record; what was there before stays as
 * it is, or nobody of two who look alike could be changed any more.
 */
export function isTaken<R>(
  name: string,
  records: readonly R[],
  { isOwn, nameOf }: { isOwn: (record: R) => boolean; nameOf: (record: R) => string },
): boolean {
  const own = records.find(isOwn)
  if (own && nameOf(own) === name) return false
  return records.some(record => !isOwn(record) && looksAlike(nameOf(record), name))
}

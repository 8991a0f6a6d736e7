/** A sheet's name has at most so many UTF-16 units in Excel. */
const MAX_LENGTH = 31

const cut = (text: string, length: number): string =>
  text
    .slice(0, length)
    .toWellFormed()
    .replace(/\ufffd$/, '')
    .trim()

/** Excel refuses these characters, an apostrophe at either end, and a name that it keeps for itself. */
function allowed(wanted: string): string {
  const plain = wanted
    .toWellFormed()
    .replace(/[[\]:*?/\\\p{C}]+/gu, ' ')
    .replace(/\s+/g, ' ')
  const name = cut(plain.replace(/^[' ]+/, ''), MAX_LENGTH).replace(/[' ]+$/, '')
  if (name === '') return 'Sheet'
  return name.toLowerCase() === 'history' ? `${name} 1` : name
}

/** Names for the sheets of a workbook, in order: as wanted where Excel allows it, and each of them once. */
export function sheetNames(wanted: readonly string[]): string[] {
  const taken = new Set<string>()
  return wanted.map(text => {
    const base = allowed(text)
    let name = base
    for (let no = 2; taken.has(name.toLowerCase()); no++) {
      const suffix = ` (${no})`
      name = cut(base, MAX_LENGTH - suffix.length) + suffix
    }
    taken.add(name.toLowerCase())
    return name
  })
}

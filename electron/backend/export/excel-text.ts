/** Control characters, which XML cannot hold or the library would drop in silence; tab and line feed may stay. */
const UNHOLDABLE = /[^\P{Cc}\t\n]|\ufffd/gu
/** Code points that Unicode keeps from ever being characters. */
const NO_CHARACTERS = /\p{Noncharacter_Code_Point}/gu
/** What a reader would take for an escaped character. */
const LOOKS_ESCAPED = /_(?=x[0-9a-f]{4}_)/gi

function escaped(character: string): string {
  return `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`
}

/**
 * Text as a workbook must hold it so that a spreadsheet shows exactly what was given: `_xHHHH_` stands for a character
 * that XML cannot hold (ECMA-376, part 1, section 22.9.2.19, ST_Xstring), and for the underscore of text that looks
 * like that already. Lone halves of a surrogate pair and
 * code points that are no characters are shown as U+FFFD.
 */
export function excelText(text: string): string {
  const held = text
    .toWellFormed()
    .replace(NO_CHARACTERS, '\ufffd')
    .replace(LOOKS_ESCAPED, escaped)
    .replace(UNHOLDABLE, escaped)
  // The library keeps its strings as keys of a plain object and writes nonsense for the names that every object has:
  // a customer may be called "constructor".
  return held in {} ? escaped(held) + held.slice(1) : held
}

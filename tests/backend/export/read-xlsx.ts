/** What a reader finds in a workbook, read after the published formats and with none of the writer's code. */
import { inflateRawSync } from 'node:zlib'

const END_OF_DIRECTORY = 0x06054b50
const STORED = 0

/** The files of a ZIP archive by name (PKWARE APPNOTE, sections 4.3.7 to 4.3.16). */
function unzipped(bytes: Uint8Array): Map<string, string> {
  const zip = Buffer.from(bytes)
  let end = zip.length - 22
  while (zip.readUInt32LE(end) !== END_OF_DIRECTORY) end--
  const files = new Map<string, string>()
  let at = zip.readUInt32LE(end + 16)
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const nameLength = zip.readUInt16LE(at + 28)
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength)
    const local = zip.readUInt32LE(at + 42)
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
    const data = zip.subarray(start, start + zip.readUInt32LE(at + 20))
    const content = zip.readUInt16LE(at + 10) === STORED ? data : inflateRawSync(data)
    files.set(name, content.toString('utf8'))
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
  return files
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function plain(xml: string): string {
  return xml.replace(/&(#x?)?(\w+);/g, (whole, number: string | undefined, name: string) => {
    if (number !== undefined) return String.fromCodePoint(Number.parseInt(name, number === '#x' ? 16 : 10))
    return ENTITIES[name] ?? whole
  })
}

/** ECMA-376, part 1, section 22.9.2.19: `_xHHHH_` stands for a character. */
function unescaped(text: string): string {
  return text.replace(/_x([0-9a-f]{4})_/gi, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  )
}

function attribute(xml: string, name: string): string | undefined {
  const found = new RegExp(`\\s${name}="([^"]*)"`).exec(xml)?.[1]
  return found === undefined ? undefined : plain(found)
}

const inside = (xml: string, element: string): string[] =>
  [...xml.matchAll(new RegExp(`<${element}(?:\\s[^>]*)?(?:/>|>(.*?)</${element}>)`, 'gs'))].map(
    ([, content = '']) => content,
  )

const elements = (xml: string, element: string): string[] =>
  [...xml.matchAll(new RegExp(`<${element}(?:\\s[^>]*)?>`, 'g'))].map(([whole]) => whole)

export interface ReadCell {
  /** `text` for a string, `number` for whatever is stored as one, dates too. */
  type: 'text' | 'number' | 'formula' | 'empty'
  /** The stored text: a number's digits as they stand in the file. */
  value: string
  format: string
  bold: boolean
}

export interface ReadSheet {
  name: string
  rows: ReadCell[][]
  frozenRows: number
  widths: number[]
}

interface Style {
  format: string
  bold: boolean
}

function stylesOf(xml: string): Style[] {
  const formats = new Map(
    elements(xml, 'numFmt').map(tag => [attribute(tag, 'numFmtId'), attribute(tag, 'formatCode') ?? '']),
  )
  const bold = inside(inside(xml, 'fonts')[0] ?? '', 'font').map(font => font.includes('<b/>'))
  return elements(inside(xml, 'cellXfs')[0] ?? '', 'xf').map(tag => ({
    format: formats.get(attribute(tag, 'numFmtId')) ?? 'General',
    bold: bold[Number(attribute(tag, 'fontId') ?? 0)] ?? false,
  }))
}

function cellOf(attributes: string, content: string, strings: string[], styles: Style[]): ReadCell {
  const { format, bold } = styles[Number(attribute(attributes, 's') ?? 0)] ?? { format: '?', bold: false }
  const value = inside(content, 'v')[0] ?? ''
  if (content.includes('<f')) return { type: 'formula', value, format, bold }
  if (attribute(attributes, 't') === 's') {
    const text = /^\d+$/.test(value) ? strings[Number(value)] : undefined
    if (text === undefined) throw new Error(`No string ${value}`)
    return { type: 'text', value: text, format, bold }
  }
  return { type: value === '' ? 'empty' : 'number', value: plain(value), format, bold }
}

function rowsOf(xml: string, strings: string[], styles: Style[]): ReadCell[][] {
  return inside(inside(xml, 'sheetData')[0] ?? '', 'row').map(row =>
    [...row.matchAll(/<c(\s[^>]*?)(?:\/>|>(.*?)<\/c>)/gs)].map(([, attributes = '', content = '']) =>
      cellOf(attributes, content, strings, styles),
    ),
  )
}

/** The sheets of a workbook in their order, each cell with its type, stored text, number format and weight. */
export function readXlsx(bytes: Uint8Array): ReadSheet[] {
  const files = unzipped(bytes)
  const file = (name: string): string => files.get(name) ?? ''
  const strings = inside(file('xl/sharedStrings.xml'), 'si').map(si =>
    unescaped(plain(inside(si, 't')[0] ?? '')),
  )
  const styles = stylesOf(file('xl/styles.xml'))
  return elements(file('xl/workbook.xml'), 'sheet').map((tag, i) => {
    const xml = file(`xl/worksheets/sheet${i + 1}.xml`)
    const pane = elements(xml, 'pane')[0] ?? ''
    return {
      name: attribute(tag, 'name') ?? '',
      rows: rowsOf(xml, strings, styles),
      frozenRows: Number(attribute(pane, 'ySplit') ?? 0),
      widths: elements(xml, 'col').map(col => Number(attribute(col, 'width'))),
    }
  })
}

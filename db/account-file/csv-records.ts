/** Records of a CSV file, in batches, with the line on which each begins. */
import { createReadStream } from 'node:fs'
import { CsvError } from 'csv-parse'
import { parse } from 'csv-parse/sync'
import { unguarded } from './csv-text.ts'
import type { Delimiter, FileText } from './file-text.ts'
import { ImportRefused } from './file-types.ts'
import { BAD_ROW_COLUMNS } from './reason-words.ts'

/** `cells` is null for a line that breaks the rules of quoting, or has more of them than any list of accounts. */
export interface CsvRecord {
  line: number
  cells: string[] | null
  /** Over several lines, and nobody knows whether they are all its own. */
  isLong?: boolean
}

/** A batch of records, and how many bytes of the file have been read so far. */
export interface CsvBatch {
  records: CsvRecord[]
  bytesDone: number
  /** A saved file of bad rows: it names only what an import before left out. */
  isOfBadRows: boolean
}

interface Line {
  line: number
  text: string
}

const BYTES_AT_ONCE = 1 << 18
/** A quote that stays open for longer was never meant to be one. */
const MOST_LINES = 50
/** Characters of a line, and columns: what has more is no list of accounts, and would take all memory to be read as one. */
const MOST_CHARACTERS = 1_000_000
const MOST_COLUMNS = 1_000
/** Whatever some program takes for the end of a line. */
const LINE_END = /[\n\r\v\f\u0085\u2028\u2029]/

/**
 * Reads a file record by record, quotes after RFC 4180. A line that breaks the rules of quoting comes with
 * `cells: null` and reading goes on with the next line: the parser by itself would swallow what follows an
 * open quote, and a row that vanishes is worse than a row that is refused. A file of bad rows, as an import saves it,
 * is read without what was put before its rows.
 */
export async function* csvBatches(file: string, text: FileText): AsyncGenerator<CsvBatch> {
  let isOfBadRows: boolean | undefined
  for await (const { records: all, bytesDone } of plainBatches(file, text)) {
    const records = all.filter(({ cells }) => cells?.every(cell => cell.trim() === '') !== true)
    const [first] = records
    const columns = first?.cells?.length ?? 0
    if (isOfBadRows === undefined && columns > MOST_COLUMNS)
      throw new ImportRefused('too-many-columns', String(columns))
    isOfBadRows ??= first && BAD_ROW_COLUMNS.every((name, at) => first.cells?.[at] === name)
    if (isOfBadRows === true) yield { records: records.map(asItStood), bytesDone, isOfBadRows }
    else yield { records, bytesDone, isOfBadRows: false }
  }
}

/** A row of a saved file of bad rows as it stood in the file before. One that could not be read there cannot be here. */
function asItStood({ cells, ...record }: CsvRecord): CsvRecord {
  const own = cells?.slice(BAD_ROW_COLUMNS.length).map(unguarded) ?? []
  return { ...record, cells: own.length === 0 ? null : own }
}

async function* plainBatches(file: string, text: FileText): AsyncGenerator<Omit<CsvBatch, 'isOfBadRows'>> {
  const lines = new LineSplitter(text)
  const records = new RecordAssembler(text.delimiter)
  let bytesDone = 0
  for await (const chunk of createReadStream(file, { highWaterMark: BYTES_AT_ONCE })) {
    const bytes: Buffer = chunk
    bytesDone += bytes.length
    yield { records: records.take(lines.split(bytes)), bytesDone }
  }
  yield { records: records.finish(lines.finish()), bytesDone }
}

class LineSplitter {
  readonly #decoder: TextDecoder
  readonly #lineEnd: string
  #rest = ''
  #line = 0

  constructor({ encoding, lineEnd }: FileText) {
    this.#decoder = new TextDecoder(encoding)
    this.#lineEnd = lineEnd
  }

  split(bytes: Buffer): Line[] {
    const pieces = (this.#rest + this.#decoder.decode(bytes, { stream: true })).split(this.#lineEnd)
    this.#rest = pieces.pop() ?? ''
    const isTooLong = ({ length }: string) => length > MOST_CHARACTERS
    if (isTooLong(this.#rest) || pieces.some(isTooLong))
      throw new ImportRefused('line-too-long', `line ${this.#line + 1}`)
    return pieces.map(piece => this.#numbered(piece))
  }

  finish(): Line[] {
    const rest = this.#rest + this.#decoder.decode()
    return rest === '' ? [] : [this.#numbered(rest)]
  }

  #numbered(text: string): Line {
    this.#line += 1
    return { line: this.#line, text: text.endsWith('\r') ? text.slice(0, -1) : text }
  }
}

class RecordAssembler {
  readonly #delimiter: Delimiter
  #open: Line[] = []
  #columnCount = 0

  constructor(delimiter: Delimiter) {
    this.#delimiter = delimiter
  }

  /** The records that are complete with these lines; an open one waits for more. */
  take(lines: readonly Line[]): CsvRecord[] {
    return this.#assemble([...this.#open, ...lines], false)
  }

  finish(lines: readonly Line[]): CsvRecord[] {
    return this.#assemble([...this.#open, ...lines], true)
  }

  #assemble(lines: readonly Line[], isEnd: boolean): CsvRecord[] {
    const records: CsvRecord[] = []
    let plain: Line[] = []
    let at = 0
    this.#open = []
    const flush = () => {
      for (const record of this.#parsePlain(plain)) records.push(record)
      plain = []
    }
    while (at < lines.length) {
      const end = endOfRecord(lines, at)
      if (end === null && !isEnd && lines.length - at < MOST_LINES) {
        this.#open = lines.slice(at)
        break
      }
      if (end === at + 1) {
        plain.push(...lines.slice(at, end))
        at = end
        continue
      }
      flush()
      const record = this.#parseLong(lines.slice(at, end ?? at + 1), end !== null)
      records.push(record)
      at = record.cells === null || end === null ? at + 1 : end
    }
    flush()
    return records
  }

  /** Records of one line each; halves the list to find the lines that the parser refuses. */
  #parsePlain(lines: readonly Line[]): CsvRecord[] {
    const filled = lines.filter(({ text }) => text.trim() !== '')
    if (filled.length === 0) return []
    const rows = this.#parse(filled.map(({ text }) => text).join('\n'))
    if (rows?.length === filled.length) {
      this.#columnCount ||= rows.find(row => row.some(cell => cell.trim() !== ''))?.length ?? 0
      return filled.map(({ line }, i) => {
        const record = this.#ofItsOwn(line, this.#sane(rows[i]))
        // A line end of another kind than the file's: the next row may be in this one, and nobody would miss it.
        return rows[i]?.some(cell => LINE_END.test(cell)) ? { ...record, isLong: true } : record
      })
    }
    if (filled.length === 1) return filled.map(({ line }) => ({ line, cells: null }))
    const half = filled.length >> 1
    return [...this.#parsePlain(filled.slice(0, half)), ...this.#parsePlain(filled.slice(half))]
  }

  /**
   * A record, unless it holds an account: a quote that stands where it should not would swallow those up to the next one.
   * Rows within a cell bring line ends and delimiters with them, and each a number with a digit.
   */
  #ofItsOwn(line: number, cells: string[] | null): CsvRecord {
    const within = cells?.filter(cell => LINE_END.test(cell) && cell.includes(this.#delimiter)) ?? []
    if (within.length === 0) return { line, cells }
    return { line, cells: within.some(cell => /\p{Nd}/u.test(cell)) ? null : cells, isLong: true }
  }

  /** The cells of the header are looked at as they are; of any other row so many are no account. */
  #sane(cells: string[] | undefined): string[] | null {
    return cells === undefined || (cells.length > MOST_COLUMNS && cells.length !== this.#columnCount)
      ? null
      : cells
  }

  /** A record over several lines is only taken for one when it has as many cells as the header; else it is read line by line. */
  #parseLong(lines: readonly Line[], isClosed: boolean): CsvRecord {
    const line = lines[0]?.line ?? 0
    // What follows the names of the columns would be swallowed with them, and nobody would miss it.
    if (this.#columnCount === 0) throw new ImportRefused('header-over-lines', `line ${line}`)
    const rows = isClosed ? this.#parse(lines.map(({ text }) => text).join('\n')) : null
    const cells = rows?.length === 1 && rows[0]?.length === this.#columnCount ? rows[0] : null
    return this.#ofItsOwn(line, cells)
  }

  #parse(text: string): string[][] | null {
    try {
      return parse(text, { delimiter: this.#delimiter, record_delimiter: '\n', relax_column_count: true })
    } catch (error) {
      if (error instanceof CsvError) return null
      throw error
    }
  }
}

/** The index after the record that begins at `start`, or null where its quote stays open. */
function endOfRecord(lines: readonly Line[], start: number): number | null {
  let isOpen = false
  for (let at = start; at < Math.min(lines.length, start + MOST_LINES); at += 1) {
    const text = lines[at]?.text ?? ''
    if (text.includes('"') && (text.split('"').length - 1) % 2 === 1) isOpen = !isOpen
    if (!isOpen) return at + 1
  }
  return null
}

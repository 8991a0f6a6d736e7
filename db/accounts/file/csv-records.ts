/** Records of a CSV file, in batches, with the line on which each begins. */
import { createReadStream } from 'node:fs'
import { CsvError } from 'csv-parse'
import { parse } from 'csv-parse/sync'
import type { Delimiter, FileText } from './file-text.ts'

/** `cells` is null for a line that breaks the rules of quoting. */
export interface CsvRecord {
  line: number
  cells: string[] | null
}

/** A batch of records, and how many bytes of the file have been read so far. */
export interface CsvBatch {
  records: CsvRecord[]
  bytesDone: number
}

interface Line {
  line: number
  text: string
}

const BYTES_AT_ONCE = 1 << 18
/** A quote that stays open for longer was never meant to be one. */
const MOST_LINES = 50

/**
 * Reads a file record by record, quotes after RFC 4180. A line that breaks the rules of quoting comes with
 * `cells: null` and reading goes on with the next line: the parser by itself would swallow what follows an
 * open quote, and a row that vanishes is worse than a row that is refused.
 */
export async function* csvBatches(file: string, text: FileText): AsyncGenerator<CsvBatch> {
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
      records.push(...this.#parsePlain(plain))
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
      this.#columnCount ||= rows[0]?.length ?? 0
      return filled.map(({ line }, i) => ({ line, cells: rows[i] ?? null }))
    }
    if (filled.length === 1) return filled.map(({ line }) => ({ line, cells: null }))
    const half = filled.length >> 1
    return [...this.#parsePlain(filled.slice(0, half)), ...this.#parsePlain(filled.slice(half))]
  }

  /** A record over several lines is only taken for one when it has as many cells as the header. */
  #parseLong(lines: readonly Line[], isClosed: boolean): CsvRecord {
    const line = lines[0]?.line ?? 0
    const rows = isClosed ? this.#parse(lines.map(({ text }) => text).join('\n')) : null
    const cells = rows?.length === 1 ? rows[0] : undefined
    const fits = cells !== undefined && (this.#columnCount === 0 || cells.length === this.#columnCount)
    if (fits) this.#columnCount ||= cells.length
    return { line, cells: fits ? cells : null }
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

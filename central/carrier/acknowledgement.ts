/** The billing system's answer to payment files: its template, and its rows read from the text. Pure. */
import { parse } from 'csv-parse/sync'
import { z } from 'zod'
import { plainLine } from '../../shared/rules/text/plain-line.ts'
import { MOST_REFERENCE } from '../posting/books/details.ts'
import { type ParsedTemplate, readJson } from './template/template.ts'

const columnField = z.int().min(1).max(100)
const wordsField = z.array(z.string().min(1).max(40)).min(1).max(20)

export const ackTemplateField = z.strictObject({
  format: z.literal('csv'),
  encoding: z.enum(['utf-8', 'windows-1252']).default('utf-8'),
  delimiter: z.enum([',', ';', '|', '\t']),
  /** Lines before the first answer that are not looked at. */
  headerLines: z.int().min(0).max(10),
  /** What a record is stands in one column: an answer, or the trailer. */
  mark: z.strictObject({
    column: columnField,
    detail: z.string().max(40),
    trailer: z.string().min(1).max(40),
  }),
  /** Columns from 1: the sequence number of the file, the receipt's number or central's reference, and so on. */
  columns: z.strictObject({
    sequence: columnField,
    receipt: columnField,
    line: columnField,
    status: columnField,
    reference: columnField,
    reason: columnField,
  }),
  /** Where the trailer says how many answers there are. */
  count: columnField,
  accepted: wordsField,
  rejected: wordsField,
})
export type AckTemplate = z.infer<typeof ackTemplateField>

export const BUILT_IN_ACK: AckTemplate = {
  format: 'csv',
  encoding: 'utf-8',
  delimiter: ',',
  headerLines: 1,
  mark: { column: 1, detail: 'A', trailer: 'Z' },
  columns: { sequence: 2, receipt: 3, line: 4, status: 5, reference: 6, reason: 7 },
  count: 2,
  accepted: ['accepted', 'A', 'OK'],
  rejected: ['rejected', 'R'],
}

/** Reads a template; refuses one by which an answer could mean two things, with every reason in words. */
export function parseAckTemplate(json: string): ParsedTemplate<AckTemplate> {
  const read = readJson(json, ackTemplateField)
  if (!read.ok) return read
  const { accepted, rejected, mark } = read.template
  const both = accepted.filter(word => has(rejected, word))
  const problems = [
    ...both.map(word => `"${word}" stands for accepted and for rejected: leave it in one`),
    ...(mark.detail === mark.trailer ? ['mark: the trailer must be marked otherwise than an answer'] : []),
  ]
  return problems.length > 0 ? { ok: false, problems } : read
}

export interface Answer {
  /** Place in the file of answers, from 1. */
  row: number
  sequence: number
  /** The receipt's number, central's reference, or the reference of one detail. */
  receipt: string
  lineNo: number
  accepted: boolean
  /** The billing system's; null where it gave none. */
  reference: string | null
  said: string
}

export type ReadAnswers = { ok: true; answers: Answer[] } | { ok: false; why: string }

const CUT_OFF = 'It may have been cut off on its way. Ask for it again; nothing of it was taken'

/** Every answer of a file, or why none of them counts: it is not whole, or one of them cannot be read. */
export function readAnswers(template: AckTemplate, bytes: Buffer): ReadAnswers {
  const rows = rowsOf(template, bytes)
  if (typeof rows === 'string') return { ok: false, why: rows }
  const marked = rows.slice(template.headerLines).map((cells, index) => ({
    cells,
    row: index + template.headerLines + 1,
    mark: cellOf(cells, template.mark.column),
  }))
  const trailer = marked.pop()
  if (trailer?.mark !== template.mark.trailer) return { ok: false, why: `It has no trailer. ${CUT_OFF}` }
  const count = cellOf(trailer.cells, template.count)
  if (!/^\d{1,9}$/.test(count) || Number.parseInt(count, 10) !== marked.length)
    return {
      ok: false,
      why: `Its trailer counts ${count || 'nothing'}, but there are ${marked.length} answers. ${CUT_OFF}`,
    }
  const answers: Answer[] = []
  for (const { cells, row, mark } of marked) {
    const answer = mark === template.mark.detail ? answerOf(template, cells, row) : `it is marked "${mark}"`
    if (typeof answer === 'string')
      return { ok: false, why: `Row ${row} cannot be read: ${answer}. Nothing of the file was taken` }
    answers.push(answer)
  }
  return { ok: true, answers }
}

/** Rows of cells, or why there are none. */
function rowsOf({ encoding, delimiter }: AckTemplate, bytes: Buffer): string[][] | string {
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
    return parse(text, { delimiter, relax_column_count: true, skip_empty_lines: true })
  } catch (error) {
    return `It is no CSV in ${encoding}: ${error instanceof Error ? error.message : ''}. ${CUT_OFF}`
  }
}

const cellOf = (cells: readonly string[], column: number): string => (cells[column - 1] ?? '').trim()

const has = (words: readonly string[], word: string): boolean =>
  words.some(one => one.toLowerCase() === word.toLowerCase())

const MOST_SAID = 200

function answerOf(template: AckTemplate, cells: readonly string[], row: number): Answer | string {
  const { columns } = template
  const [sequence, line] = [cellOf(cells, columns.sequence), cellOf(cells, columns.line)]
  const [receipt, status] = [cellOf(cells, columns.receipt), cellOf(cells, columns.status)]
  const reference = cellOf(cells, columns.reference)
  if (!/^\d{1,9}$/.test(sequence)) return `"${sequence}" is no sequence number of a file`
  if (!/^\d{1,4}$/.test(line)) return `"${line}" is no line of a receipt`
  if (receipt === '') return 'it names no receipt'
  const accepted = has(template.accepted, status)
  if (!accepted && !has(template.rejected, status)) return `"${status}" is neither accepted nor rejected`
  if (!new RegExp(`^[\\x20-\\x7e]{0,${MOST_REFERENCE}}$`).test(reference))
    return `its reference is no printable text of at most ${MOST_REFERENCE} characters`
  return {
    row,
    sequence: Number.parseInt(sequence, 10),
    receipt,
    lineNo: Number.parseInt(line, 10),
    accepted,
    reference: reference === '' ? null : reference,
    said: plainLine(
      cellOf(cells, columns.reason)
        .replace(/\p{Cc}/gu, ' ')
        .slice(0, MOST_SAID)
        .toWellFormed(),
    ),
  }
}

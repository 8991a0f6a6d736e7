/** Finds the lines of receipts that answers of the billing system are about. */
import { sql } from 'kysely'
import type { CentralDb } from '../../db/central/connection.ts'
import type { Answer } from './acknowledgement.ts'
import { detailReference } from './payment-text.ts'

/** An answer, and the line that it is about. */
export interface Matched extends Answer {
  tillId: string
  receiptId: string
}

/** What was not taken, by its place in the file, with why and what to do. */
export interface LeftOut {
  row: number
  why: string
}

/** Gives the answers that name one line of their file; the others are listed in `left`. */
export async function matchAll(
  db: CentralDb,
  answers: readonly Answer[],
  left: LeftOut[],
): Promise<Matched[]> {
  const matched: Matched[] = []
  for (const [sequence, ofFile] of Map.groupBy(answers, answer => answer.sequence)) {
    const lines = await linesOfFile(db, sequence)
    for (const answer of ofFile) {
      const found = lines.get(keyOf(answer.receipt, answer.lineNo)) ?? []
      const [line, other] = found
      const what = `file ${sequence} has no line ${answer.lineNo} of ${answer.receipt}`
      if (line && !other) matched.push({ ...answer, ...line })
      else
        left.push({
          row: answer.row,
          why: line ? `${answer.receipt} is a receipt of two tills: ask for central's reference` : what,
        })
    }
  }
  return matched
}

interface Line {
  tillId: string
  receiptId: string
}

const keyOf = (name: string, lineNo: number): string => `${lineNo} ${name}`

/** Lines of a file by every name that an answer may give them. */
async function linesOfFile(db: CentralDb, sequence: number): Promise<Map<string, Line[]>> {
  const { rows } = await sql<
    Line & { lineNo: number; detailNo: number; number: string | null; reference: string | null }
  >`SELECT d.till_id AS "tillId", d.receipt_id AS "receiptId", d.line_no AS "lineNo", d.detail_no AS "detailNo",
      r.number AS "number", s.reference AS "reference"
    FROM (SELECT till_id, receipt_id, line_no, file_no, detail_no FROM payment_detail
      UNION ALL SELECT till_id, receipt_id, line_no, file_no, detail_no FROM delivered_detail) AS d
    LEFT JOIN receipt r ON r.till_id = d.till_id AND r.receipt_id = d.receipt_id
    LEFT JOIN receipt_state s ON s.till_id = d.till_id AND s.receipt_id = d.receipt_id
    WHERE d.file_no = ${sequence}`.execute(db.kysely)
  const lines = new Map<string, Line[]>()
  for (const { tillId, receiptId, lineNo, detailNo, number, reference } of rows)
    for (const name of [number, reference, receiptId, detailReference(sequence, detailNo)]) {
      if (name === null) continue
      const known = lines.get(keyOf(name, lineNo)) ?? []
      const isThere = known.some(line => line.tillId === tillId && line.receiptId === receiptId)
      lines.set(keyOf(name, lineNo), isThere ? known : [...known, { tillId, receiptId }])
    }
  return lines
}

/** One answer for each line. One that is taken in part is left, since central posts it as a whole. */
export function agreeing(matched: readonly Matched[], left: LeftOut[]): Matched[] {
  const byLine = Map.groupBy(
    matched,
    ({ sequence, tillId, receiptId, lineNo }) => `${sequence} ${tillId} ${receiptId} ${lineNo}`,
  )
  return [...byLine.values()].flatMap(same => {
    const [first] = same
    if (!first) return []
    if (same.every(answer => answer.accepted === first.accepted))
      return [{ ...first, reference: same.find(answer => answer.reference !== null)?.reference ?? null }]
    const why = `line ${first.lineNo} of ${first.receipt} is accepted and rejected: it is taken or rejected as a whole`
    left.push(...same.map(({ row }) => ({ row, why })))
    return []
  })
}

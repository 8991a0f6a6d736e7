/** One file of answers, from disk into the posting state, and what came of it in words. */
import { readFileSync, statSync } from 'node:fs'
import type { CentralDb } from '../../db/central/connection.ts'
import { plainLine } from '../../shared/rules/text/plain-line.ts'
import { type AckTemplate, readAnswers } from './acknowledgement.ts'
import { type AnswersTaken, takeAnswers } from './take-answers.ts'

/** An answer is read whole, so that a half of one changes nothing. */
const MOST_BYTES = 100_000_000
const MOST_LISTED = 100

export type AckOutcome =
  | { ok: true; result: string; taken: AnswersTaken }
  /** Nothing of the file was taken. */
  | { ok: false; why: string }

export async function takeAckFile(
  db: CentralDb,
  file: string,
  { template, nowMs }: { template: AckTemplate; nowMs: number },
): Promise<AckOutcome> {
  const { size, mtimeMs } = statSync(file)
  if (size > MOST_BYTES) return { ok: false, why: 'It is larger than any answer can be' }
  const read = readAnswers(template, readFileSync(file))
  if (!read.ok) return read
  // The billing system had accepted its lines when it wrote them down, whenever somebody brings them.
  const answeredAtMs = Math.min(nowMs, Math.trunc(mtimeMs))
  const taken = await takeAnswers(db, read.answers, { nowMs, answeredAtMs })
  return { ok: true, result: inWords(taken), taken }
}

function inWords({ accepted, rejected, again, left }: AnswersTaken): string {
  const more = left.length - MOST_LISTED
  return [
    `${accepted} lines accepted, ${rejected} rejected, ${again} known already, ${left.length} left out`,
    ...left.slice(0, MOST_LISTED).map(({ row, why }) => `row ${row}: ${plainLine(why)}`),
    ...(more > 0 ? [`and ${more} more`] : []),
  ].join('\n')
}

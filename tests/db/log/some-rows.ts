/** A till that states something, and rounds of its log. */
import { closeSync, openSync, readFileSync, readSync, writeFileSync } from 'node:fs'
import type { Till } from '../../../db/ledger/till.ts'
import { ownCommand } from '../../../electron/backend/request/pins.ts'
import { newId } from '../../../shared/id.ts'

export const row = ({ ledger }: Pick<Till, 'ledger'>): void =>
  ownCommand({ ledger, clock: () => 2, newId }, 'till', 'note', tx =>
    tx.append('person.signed-out', { personId: newId() }),
  )

export const rows = (till: Pick<Till, 'ledger'>, count: number): void => {
  for (let at = 0; at < count; at += 1) row(till)
}

/** Where the log’s present round began: SQLite gives each another salt. */
function saltOf(path: string): string {
  const log = openSync(`${path}-wal`, 'r')
  try {
    const salt = Buffer.alloc(8)
    readSync(log, salt, 0, salt.length, 16)
    return salt.toString('hex')
  } finally {
    closeSync(log)
  }
}

/** States something until another round of the log has begun. */
export function nextRound(path: string, till: Till): void {
  const before = saltOf(path)
  while (saltOf(path) === before) row(till)
}

type End = '' | '-wal' | '.head'
export type Moment = ReadonlyMap<End, Buffer>

/** What a killed till would leave of its ledger now: the file, its log, the note, or some of them. */
export const momentOf = (path: string, ...ends: readonly End[]): Moment =>
  new Map(ends.map(end => [end, readFileSync(path + end)]))

export function putBack(path: string, moment: Moment): void {
  for (const [end, bytes] of moment) writeFileSync(path + end, bytes)
}

import { z } from 'zod'

/** A position in a till's journal; seq 0 stands before the first row of its epoch, and 0/0 before all. */
export interface JournalPosition {
  epoch: number
  seq: number
}

export const journalPositionField = z.strictObject({
  epoch: z.int().nonnegative(),
  seq: z.int().nonnegative(),
})

/** What is about no row. */
export const NOWHERE: JournalPosition = { epoch: 0, seq: 0 }

/** Whether the one position comes after the other in the same till's journal. */
export const isAfter = (one: JournalPosition, other: JournalPosition): boolean =>
  one.epoch > other.epoch || (one.epoch === other.epoch && one.seq > other.seq)

export const laterOf = (one: JournalPosition, other: JournalPosition): JournalPosition =>
  isAfter(one, other) ? one : other

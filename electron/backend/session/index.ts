/** What is asked of sessions. */
import { board } from './board.ts'
import { changeAdvice } from './change-advice.ts'
import { closeAbsent } from './close-absent.ts'
import { close, count, countSheet, difference } from './count-and-close.ts'
import { explain } from './explain.ts'
import { handOver, takers } from './hand-over.ts'
import { liftLimit } from './lift-limit.ts'
import { open, openDifferent, openings } from './open.ts'
import { list, readX, readZ, xDocument, zDocument } from './readings.ts'
import { surpriseCount, surpriseSheet } from './surprise.ts'

export const session = {
  board,
  changeAdvice,
  closeAbsent,
  close,
  count,
  countSheet,
  difference,
  explain,
  handOver,
  takers,
  liftLimit,
  open,
  openDifferent,
  openings,
  list,
  readX,
  readZ,
  xDocument,
  zDocument,
  surpriseCount,
  surpriseSheet,
}

/** What is asked of deposits. */
import { credit, release, reopen, seal, validate, verify } from './custody.ts'
import { makeUp, waiting } from './make-up.ts'
import { document, get, list } from './read.ts'

export const deposit = {
  credit,
  release,
  reopen,
  seal,
  validate,
  verify,
  makeUp,
  waiting,
  document,
  get,
  list,
}

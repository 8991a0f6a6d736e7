/** What is asked of the safe. */
import { content, count } from './operations.ts'

export const safe = { content, count }

/** What is asked of baskets. */
import { current, discard, resume, save, suspend, suspended } from './operations.ts'

export const basket = { current, discard, resume, save, suspend, suspended }
export { suspendedBaskets } from './ongoing.ts'

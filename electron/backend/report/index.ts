/** What is asked of reports. */
import { file, overShort, run } from './operations.ts'

export const report = { file, overShort, run }

/** What is asked of accounts. */
import { find } from './find.ts'
import { get, history } from './get.ts'
import { badRows, previewImport, runImport } from './import/operations.ts'

export { appendImport, stateImport } from './import/record.ts'

export const account = { find, get, history, badRows, previewImport, runImport }

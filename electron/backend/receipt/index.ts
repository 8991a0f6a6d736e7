/** What is asked of receipts. */
import { find, get } from './get.ts'
import { identifyCheck } from './identify-check.ts'
import { post } from './post.ts'
import { document, print } from './print.ts'
import { voidReceipt } from './void.ts'

export const receipt = { find, get, identifyCheck, post, document, print, void: voidReceipt }

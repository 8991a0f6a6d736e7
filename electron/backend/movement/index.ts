/** What is asked of movements. */
import { exchange } from './exchange.ts'
import { noSale } from './no-sale.ts'
import { pay } from './pay.ts'
import { document, get, list, sheet } from './read.ts'
import { turnIn } from './turn-in.ts'

export const movement = { exchange, noSale, pay, document, get, list, sheet, turnIn }

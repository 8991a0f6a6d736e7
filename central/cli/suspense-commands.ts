/** The command line's part about money that has no home. */
import { inTransaction } from '../../db/central/open.ts'
import { glAccountField } from '../../shared/fields.ts'
import { formatCents } from '../../shared/money.ts'
import { isTimeZone } from '../../shared/time.ts'
import { cityTimeZone } from '../city/time-zone.ts'
import type { Unresolved } from '../posting/poster.ts'
import { resolveSuspense } from '../posting/resolve.ts'
import { suspenseLines } from '../posting/suspense.ts'
import type { Command } from './command.ts'
import { BadUsage, durationLabels, readCount, readId, readWords } from './usage.ts'

export const SUSPENSE_USAGE = `central suspense                     what waits for somebody, why, and for how long
central resolve TILL-ID RECEIPT-ID LINE [ACCOUNT]
                                     tries a line again. With an account: what is in suspense is credited to it, what
                                     was voided and could not be taken back is charged to it
    --write-off GL                     gives the line up to this GL account instead
    --note TEXT                        why
    --time-zone PLACE                  of the city, for the business date (the city's own, where it is set)`

const OPTIONS = {
  'write-off': { type: 'string' },
  note: { type: 'string' },
  'time-zone': { type: 'string' },
} as const
const MOST_NOTE = 200

const WHY: Readonly<Record<Unresolved, string>> = {
  'unknown-account': 'central has no such account',
  'closed-account': 'the account is closed',
  'unknown-item': 'the account does not have this item',
  'changed-item': 'the item, or the credit, is not as large any more',
  'other-content': 'central holds another receipt under this id',
  rejected: 'the billing system rejected it',
  'too-many-items': 'the account has as many open items as one may have',
  'not-in-suspense': 'nothing waits under these words; see central suspense',
}

export const SUSPENSE_COMMANDS: Readonly<Record<string, Command>> = {
  suspense: async ({ db, nowMs, say }, words) => {
    readWords(words, { options: {}, least: 0, most: 0 })
    for (const line of await suspenseLines(db)) {
      const what = `${line.number} line ${line.lineNo}  ${formatCents(line.cents)} for ${line.accountNumber}`
      const why = `${line.state} ${line.reason ?? ''} for ${durationLabels(nowMs - line.atMs)}`
      say(`${line.tillId} ${line.receiptId} ${line.lineNo}  ${what}  ${why}`)
    }
    return 0
  },
  resolve: async ({ db, nowMs, say }, words) => {
    const { values, positionals } = readWords(words, { options: OPTIONS, least: 3, most: 4 })
    const [till, receipt, line, accountNumber] = positionals
    const place = {
      tillId: readId(till, 'TILL-ID'),
      receiptId: readId(receipt, 'RECEIPT-ID'),
      lineNo: readCount(line, 'LINE'),
    }
    const writeOffTo = glAccountOf(values['write-off'])
    if (writeOffTo !== undefined && accountNumber !== undefined)
      throw new BadUsage('A line goes to an account or is written off, not both')
    const timeZone = values['time-zone'] ?? (await inTransaction(db, cityTimeZone))
    if (!isTimeZone(timeZone)) throw new BadUsage(`${timeZone} is no place's time zone`)
    const note = values.note?.slice(0, MOST_NOTE)
    const result = await resolveSuspense(
      db,
      { ...place, accountNumber, writeOffTo, note, timeZone },
      { nowMs },
    )
    say(result.ok ? 'Settled' : `Not settled: ${WHY[result.reason]}`)
    return result.ok ? 0 : 1
  },
}

function glAccountOf(text: string | undefined): string | undefined {
  if (text !== undefined && !glAccountField.safeParse(text).success)
    throw new BadUsage(`'${text}' is no GL account`)
  return text
}

/** The command line's part about payment files and their answers. */
import { join } from 'node:path'
import { formatCents } from '../../shared/money.ts'
import { parseBusinessDate } from '../../shared/time.ts'
import { takeAckFile } from '../carrier/ack-file.ts'
import {
  carrierNow,
  type FileLine,
  fileLines,
  type RejectedLine,
  rejectedLines,
  switchCarrier,
} from '../carrier/carrier-state.ts'
import { filesDelivered } from '../carrier/delivered.ts'
import { foldersOf } from '../carrier/files.ts'
import { held } from '../carrier/hold.ts'
import { keptIn } from '../carrier/kept-copies.ts'
import { carryDate } from '../carrier/payment-file.ts'
import { CarrierRefusal } from '../carrier/refusal.ts'
import {
  ackTemplate,
  paymentTemplate,
  USUAL_ACK_TEMPLATE,
  USUAL_TEMPLATE,
} from '../carrier/template/template-file.ts'
import type { Command } from './command.ts'
import { BadUsage, readCount, readWords } from './usage.ts'

export const CARRIER_USAGE = `central carrier [on|off] [TIME-ZONE]  whether payments are carried to the billing system by files
central payment-file DATE [--template T] --out DIR
                                     what is in no file yet of a business date; T is fixed, csv, or a file
central payment-ack FILE [--template T]
                                     takes the billing system's answers; nothing of a file that is not whole
central payment-files-delivered N [--kept DIR]
                                     after central was restored from a backup: files up to N were delivered, 0 for none;
                                     DIR has their copies, otherwise the folder kept where payment files are written
central payment-files [SEQUENCE]     every payment file and its answers, or what was rejected of one`

const TEMPLATE = { template: { type: 'string' } } as const

export const CARRIER_COMMANDS: Readonly<Record<string, Command>> = {
  carrier: refusing(async ({ db, say }, words) => {
    const [to, timeZone] = readWords(words, { options: {}, least: 0, most: 2 }).positionals
    if (to !== undefined && to !== 'on' && to !== 'off')
      throw new BadUsage('The carrier is switched on or off')
    if (to !== undefined) await switchCarrier(db, { on: to === 'on', timeZone })
    const now = await carrierNow(db)
    say(
      `The carrier is ${now.state === 'on' ? 'on' : 'off'}, in ${now.timeZone}; ${now.waiting} details are in no file yet`,
    )
    if (now.awaited > 0)
      say(
        `Lines of delivered files that are not settled: ${now.awaited}. Their receipts have not come again yet, or wait in suspense`,
      )
    if (now.held !== '' && now.state !== 'never') say(held(now.held).message)
    return 0
  }),
  'payment-file': refusing(async ({ db, nowMs, say }, words) => {
    const options = { ...TEMPLATE, out: { type: 'string' } } as const
    const { values, positionals } = readWords(words, { options, least: 1, most: 1 })
    const businessDate = parseBusinessDate(positionals[0] ?? '')
    if (businessDate === null) throw new BadUsage('DATE is a day, like 2026-11-20')
    if (values.out === undefined) throw new BadUsage('--out says which folder the file goes to')
    const template = paymentTemplate(values.template ?? USUAL_TEMPLATE)
    const files = await carryDate(db, { businessDate, template, folder: values.out, nowMs })
    for (const file of files) {
      const figures = `${file.detail_count} details, ${formatCents(file.total_cents)}`
      say(`${join(file.folder, file.name)}: ${figures}, read back and right`)
    }
    if (files.length === 0) say(`Nothing of ${businessDate} is new: no file`)
    return 0
  }),
  'payment-files-delivered': refusing(async ({ db, nowMs, say }, words) => {
    const options = { kept: { type: 'string', multiple: true } } as const
    const { values, positionals } = readWords(words, { options, least: 1, most: 1 })
    const [last] = positionals
    const upTo = last === '0' ? 0 : readCount(last, 'N')
    const kept = values.kept ?? (await foldersOf(db)).map(keptIn)
    const read = await filesDelivered(db, { upTo, kept, nowMs })
    const copies = read === 0 ? '' : `; ${read} of them were read from their copies`
    say(`Files up to ${upTo} count as delivered${copies}. Payment files go on with ${upTo + 1}`)
    return 0
  }),
  'payment-ack': refusing(async ({ db, nowMs, say }, words) => {
    const { values, positionals } = readWords(words, { options: TEMPLATE, least: 1, most: 1 })
    const [file = ''] = positionals
    const template = ackTemplate(values.template ?? USUAL_ACK_TEMPLATE)
    const outcome = await takeAckFile(db, file, { template, nowMs })
    say(outcome.ok ? outcome.result : `${file} was refused. ${outcome.why}`)
    return outcome.ok && outcome.taken.left.length === 0 ? 0 : 1
  }),
  'payment-files': async ({ db, say }, words) => {
    const [sequence] = readWords(words, { options: {}, least: 0, most: 1 }).positionals
    if (sequence === undefined) for (const file of await fileLines(db)) say(fileLabels(file))
    else
      for (const line of await rejectedLines(db, readCount(sequence, 'SEQUENCE'))) say(rejectedLabels(line))
    return 0
  },
}

function fileLabels({ sequence, businessDate, name, isWritten, ...file }: FileLine): string {
  const open = file.count - file.accepted - file.rejected
  const figures = `${file.count} details, ${formatCents(file.totalCents)}`
  const answers = `${file.accepted} accepted, ${file.rejected} rejected, ${open} without answer`
  const place = isWritten ? name : `${name} NOT YET ON DISK`
  return `${sequence}  ${businessDate}  ${place}  ${figures}  ${answers}`
}

const rejectedLabels = ({ tillId, receiptId, lineNo, number, cents, said }: RejectedLine): string =>
  `${tillId} ${receiptId} ${lineNo}  ${number}  ${formatCents(cents)}  ${said}`

/** What a person has to look after is said, and is no fault of the program. */
function refusing(command: Command): Command {
  return async (parts, words) => {
    try {
      return await command(parts, words)
    } catch (error) {
      if (!(error instanceof CarrierRefusal)) throw error
      parts.say(error.message)
      return 1
    }
  }
}

/** The command line's part about tills and their alarms, and what the city sets here. */

import { carrierNow } from '../carrier/carrier-state.ts'
import { held } from '../carrier/hold.ts'
import { changeCitySetting, citySettings, SETTING_WORDS } from '../city/city-settings.ts'
import { freeTillCode } from '../city/enrol.ts'
import { type CodeLine, codeLines, withdrawCode } from '../city/enrolment-codes.ts'
import { type TillLine, tillLines } from '../city/tills.ts'
import { alarmLines, clearAlarm } from '../journal/alarms.ts'
import type { Command } from './command.ts'
import { BadUsage, durationLabels, readCount, readId, readWords } from './usage.ts'

export const TILL_USAGE = `central codes                        every code to enrol with: whether it is good, who used it
central withdraw-code NAME           takes back a code that nobody has used
central free-code TILL-ID            lets another till enrol under the code of one that was revoked
central tills                        every till: how far it is held, how old that is, when it was last heard of
central alarms [--all]               what a till sent that cannot be, and why no payment file is made; with those that were cleared
central clear-alarm TILL-ID NO [NOTE]
                                     somebody has looked into it; the till is told of it no more
central set [NAME VALUE]             sets something for the whole city, or lists what is set`

export const TILL_COMMANDS: Readonly<Record<string, Command>> = {
  tills: async ({ db, nowMs, say }, words) => {
    readWords(words, { options: {}, least: 0, most: 0 })
    for (const till of await tillLines(db)) say(tillLabels(till, nowMs))
    return 0
  },
  codes: async ({ db, nowMs, say }, words) => {
    readWords(words, { options: {}, least: 0, most: 0 })
    for (const code of await codeLines(db, { nowMs })) say(codeLabels(code, nowMs))
    return 0
  },
  'withdraw-code': async ({ db, nowMs, say }, words) => {
    const [name = ''] = readWords(words, { options: {}, least: 1, most: 1 }).positionals
    const isDone = await withdrawCode(db, name.toLowerCase(), { nowMs })
    say(isDone ? `The code ${name} is withdrawn` : `No code ${name} is unused: see central codes`)
    return isDone ? 0 : 1
  },
  'free-code': async ({ db, say }, words) => {
    const { positionals } = readWords(words, { options: {}, least: 1, most: 1 })
    const tillId = readId(positionals[0], 'TILL-ID')
    const freed = await freeTillCode(db, tillId)
    say(
      freed === undefined
        ? `No till ${tillId} was revoked and has a code`
        : `The code ${freed.code} of ${tillId} is free; ${freed.receipts} receipts that it sent under it keep their numbers`,
    )
    return freed === undefined ? 1 : 0
  },
  alarms: async ({ db, nowMs, say }, words) => {
    const { values } = readWords(words, { options: { all: { type: 'boolean' } }, least: 0, most: 0 })
    const carrier = await carrierNow(db)
    if (carrier.held !== '' && carrier.state !== 'never') say(held(carrier.held).message)
    for (const alarm of await alarmLines(db, { all: values.all === true })) {
      const at = `${alarm.kind} at ${alarm.epoch}/${alarm.seq}, ${durationLabels(nowMs - alarm.atMs)} ago`
      const cleared = alarm.clearedAtMs === null ? '' : `  cleared: ${alarm.clearedNote}`
      const hashes =
        alarm.sentHash === '' ? '' : `  held ${alarm.heldHash || 'nothing'}, sent ${alarm.sentHash}`
      say(`${alarm.tillId} ${alarm.alarmNo}  ${alarm.code}  ${at}  ${alarm.detail}${hashes}${cleared}`)
    }
    return 0
  },
  'clear-alarm': async ({ db, nowMs, say }, words) => {
    const { positionals } = readWords(words, { options: {}, least: 2, most: 40 })
    const [till, no, ...note] = positionals
    const tillId = readId(till, 'TILL-ID')
    const alarmNo = readCount(no, 'NO')
    const cleared = await clearAlarm(db, { tillId, alarmNo, note: note.join(' '), nowMs })
    say(
      cleared
        ? `Alarm ${alarmNo} of ${tillId} is cleared; it stays on record`
        : 'There is no such alarm that is open',
    )
    return cleared ? 0 : 1
  },
  set: async ({ db, say }, words) => {
    const { positionals } = readWords(words, { options: {}, least: 0, most: 40 })
    const [name, ...value] = positionals
    if (name === undefined) {
      for (const [known, text] of await citySettings(db)) say(`${known.padEnd(22)} ${text}`)
      return 0
    }
    if (value.length === 0) throw new BadUsage(`A setting needs its value. There are:\n${SETTING_WORDS}`)
    const problem = await changeCitySetting(db, name, value.join(' '))
    if (problem !== null) throw new BadUsage(problem)
    say(`${name} is ${value.join(' ')}`)
    return 0
  },
}

const codeLabels = ({ name, note, madeAtMs, state, tillId }: CodeLine, nowMs: number): string =>
  `${name}  ${state.padEnd(9)}  made ${durationLabels(nowMs - madeAtMs)} ago  ${tillId ?? ''}  ${note}`.trimEnd()

/** Central knows what it holds, not what waits at the till: how old the newest fact is, is how far it may be behind. */
function tillLabels(till: TillLine, nowMs: number): string {
  const heard = `heard of ${durationLabels(nowMs - till.lastSeenAtMs)} ago`
  const newest =
    till.newestFactAtMs === null
      ? 'nothing held'
      : `newest of ${till.factCount} facts ${durationLabels(nowMs - till.newestFactAtMs)} old`
  const state = till.revokedAtMs === null ? heard : `revoked ${durationLabels(nowMs - till.revokedAtMs)} ago`
  const open = `${till.suspense} in suspense, ${till.alarms} alarms`
  return `${till.tillId}  ${till.code.padEnd(6)}  held ${till.epoch}/${till.seq}, ${newest}  ${state}  ${open}`
}

/** The carrier by the clock: files once a day, answers as they come. */
import { mkdirSync } from 'node:fs'
import type { Logger } from 'pino'
import type { CentralDb } from '../../db/central/connection.ts'
import { inTransaction } from '../../db/central/open.ts'
import { type BusinessDate, businessDateOf, daysLater, instantOf } from '../../shared/time.ts'
import { cityTimeZone } from '../city/time-zone.ts'
import { type FolderWatch, type Schedule, watchFolder } from '../watched-folder.ts'
import { takeAckFile } from './ack-file.ts'
import type { AckTemplate } from './acknowledgement.ts'
import { carryDate, datesToCarry, finishFiles } from './payment-file.ts'
import type { PaymentTemplate } from './template/template.ts'

export interface CarrierSchedule {
  db: CentralDb
  /** UTC milliseconds. */
  clock: () => number
  log: Logger
  /** Where payment files go, and when: minutes after midnight by the city's clocks. */
  payments?: { folder: string; template: PaymentTemplate; minutes: number } | undefined
  /** Where answers come from. */
  answers?: { folder: string; template: AckTemplate } | undefined
  everyMs?: number
  schedule?: Schedule
}

export interface Carrier {
  /** Looks now whether files are due, and for answers. Never rejects: what goes wrong is logged and tried again. */
  look(): Promise<void>
  stop(): Promise<void>
}

const EVERY_MS = 60_000
const NOON = 12 * 60

/**
 * The last business date whose file is due at an instant (UTC milliseconds): today's once the clocks of the city show a
 * time in the afternoon, and yesterday's where the time is in the morning.
 */
export function dueDate(
  nowMs: number,
  { minutes, timeZone }: { minutes: number; timeZone: string },
): BusinessDate {
  const today = businessDateOf(nowMs, timeZone)
  const isDue = nowMs >= instantOf(today, minutes, timeZone)
  const day = isDue ? today : daysLater(today, -1)
  return minutes >= NOON ? day : daysLater(day, -1)
}

/** `06:30` as minutes after midnight; null for what is no time of a day. */
export function minutesOf(time: string): number | null {
  const [, hour = '', minute = ''] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time) ?? []
  return hour === '' ? null : Number.parseInt(hour, 10) * 60 + Number.parseInt(minute, 10)
}

/** Looks at once and then every minute. Makes the folders; throws where it cannot. */
export function startCarrier(deps: CarrierSchedule): Carrier {
  const { payments, answers } = deps
  const watches: FolderWatch[] = []
  if (payments) {
    mkdirSync(payments.folder, { recursive: true })
    watches.push(everySoOften(deps, new Payments(deps, payments)))
  }
  if (answers) watches.push(watchAnswers(deps, answers))
  return {
    look: async () => {
      for (const watch of watches) await watch.look()
    },
    stop: async () => {
      await Promise.all(watches.map(watch => watch.stop()))
    },
  }
}

function watchAnswers(
  { db, clock, log, everyMs = EVERY_MS, schedule }: CarrierSchedule,
  { folder: dir, template }: NonNullable<CarrierSchedule['answers']>,
): FolderWatch {
  const take = (file: { path: string }) => takeAckFile(db, file.path, { template, nowMs: clock() })
  const watch = { db, dir, folder: 'acknowledgements', take, clock, log, everyMs } as const
  return watchFolder(schedule ? { ...watch, schedule } : watch)
}

/** Makes files of every date that is due, once after each due time, and again while one of them fails. */
class Payments {
  readonly #deps: CarrierSchedule
  readonly #to: NonNullable<CarrierSchedule['payments']>
  #done: BusinessDate | undefined

  constructor(deps: CarrierSchedule, to: NonNullable<CarrierSchedule['payments']>) {
    this.#deps = deps
    this.#to = to
  }

  async look(isStopped: () => boolean): Promise<void> {
    const { db, clock, log } = this.#deps
    try {
      const timeZone = await inTransaction(db, cityTimeZone)
      const due = dueDate(clock(), { minutes: this.#to.minutes, timeZone })
      if (due === this.#done) return
      await finishFiles(db, { nowMs: clock() })
      let failed = false
      for (const date of await datesToCarry(db, due)) {
        if (isStopped()) return
        failed = !(await this.#carry(date)) || failed
      }
      if (!failed) this.#done = due
    } catch (error) {
      log.error({ err: error }, 'payment files are tried again in a minute')
    }
  }

  /** A date that fails keeps no other from being carried. */
  async #carry(businessDate: BusinessDate): Promise<boolean> {
    const { db, clock, log } = this.#deps
    const { folder, template } = this.#to
    try {
      const files = await carryDate(db, { businessDate, template, folder, nowMs: clock() })
      for (const { name, detail_count: count, total_cents: totalCents } of files)
        log.info({ businessDate, file: name, count, totalCents }, 'a payment file was written')
      return true
    } catch (error) {
      log.error({ err: error, businessDate }, 'a payment file was not written')
      return false
    }
  }
}

const byTimer: Schedule = (run, ms) => {
  const timer = setTimeout(run, ms)
  return () => clearTimeout(timer)
}

function everySoOften(
  { everyMs = EVERY_MS, schedule = byTimer }: CarrierSchedule,
  payments: Payments,
): FolderWatch {
  let isStopped = false
  let cancel = (): void => undefined
  let looking: Promise<void> = Promise.resolve()
  const look = (): Promise<void> => {
    looking = looking.then(() => payments.look(() => isStopped))
    return looking
  }
  const again = async (): Promise<void> => {
    await look()
    if (!isStopped) cancel = schedule(() => void again(), everyMs)
  }
  void again()
  return {
    look,
    stop: async () => {
      isStopped = true
      cancel()
      await looking
    },
  }
}

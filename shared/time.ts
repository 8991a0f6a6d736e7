/** The day that money belongs to, as `YYYY-MM-DD`; fixed when the drawer opens, never taken from a clock later. */
export type BusinessDate = string & { readonly __unit: 'business-date' }

interface WallTime {
  year: string
  month: string
  day: string
  hour: number
  minute: string
}

const formatters = new Map<string, Intl.DateTimeFormat>()

/** Making a formatter costs a hundred times more than using it. */
function formatterFor(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone)
  if (known !== undefined) return known
  const made = new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  })
  formatters.set(timeZone, made)
  return made
}

function wallTime(atMs: number, timeZone: string): WallTime {
  const parts = new Map(
    formatterFor(timeZone)
      .formatToParts(atMs)
      .map(part => [part.type, part.value]),
  )
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? ''
  return {
    year: part('year').padStart(4, '0'),
    month: part('month'),
    day: part('day'),
    hour: Number.parseInt(part('hour'), 10),
    minute: part('minute'),
  }
}

/** The calendar day at an instant (UTC milliseconds) in a place. Throws RangeError for an unknown time zone. */
export function businessDateOf(atMs: number, timeZone: string): BusinessDate {
  const { year, month, day } = wallTime(atMs, timeZone)
  return `${year}-${month}-${day}` as BusinessDate
}

function utcDay(text: string): Date {
  return new Date(`${text}T00:00:00Z`)
}

const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const
const isLeapYear = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0

/** Reads `YYYY-MM-DD`; null for any other form and for days that do not exist, such as 2026-02-29. */
export function parseBusinessDate(text: string): BusinessDate | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (!match) return null
  // By hand: reading a million accounts takes three million dates, and `Date` ten times as long for each.
  const [year = 0, month = 0, day = 0] = match.slice(1).map(Number)
  const last = month === 2 && isLeapYear(year) ? 29 : (DAYS_IN_MONTH[month - 1] ?? 0)
  return day >= 1 && day <= last ? (text as BusinessDate) : null
}

const MINUTE_MS = 60_000
export const DAY_MS = 86_400_000

/** The day after a business date. */
export function dayAfter(date: BusinessDate): BusinessDate {
  return daysLater(date, 1)
}

/** The day so many days after a business date; before it where negative. */
export function daysLater(date: BusinessDate, days: number): BusinessDate {
  return new Date(utcDay(date).getTime() + days * DAY_MS).toISOString().slice(0, 10) as BusinessDate
}

/** How many days a span has, its first and its last included; none or fewer where it ends before it begins. */
export function daysIn(from: BusinessDate, to: BusinessDate): number {
  return Math.round((utcDay(to).getTime() - utcDay(from).getTime()) / DAY_MS) + 1
}

/** 0 is Sunday, 6 is Saturday. */
export function weekdayOf(date: BusinessDate): number {
  return utcDay(date).getUTCDay()
}

/** How far the clocks of a place are ahead of UTC at an instant; whole minutes. */
function offsetMs(atMs: number, timeZone: string): number {
  const { year, month, day, hour, minute } = wallTime(atMs, timeZone)
  const wallMs =
    utcDay(`${year}-${month}-${day}`).getTime() + (hour * 60 + Number.parseInt(minute, 10)) * MINUTE_MS
  return wallMs - Math.floor(atMs / MINUTE_MS) * MINUTE_MS
}

/**
 * What the clocks of a place show at an instant (UTC milliseconds), as the milliseconds at which a clock in UTC would
 * show the same: files for accountants know no time zones, and a receipt of 10:58 must read 10:58 in them. Throws
 * RangeError for an unknown time zone.
 */
export function wallClockMs(atMs: number, timeZone: string): number {
  return atMs + offsetMs(atMs, timeZone)
}

export interface LocalHour {
  /** UTC milliseconds. */
  startMs: number
  date: BusinessDate
  /** 0 to 23, as the clocks of the place show it. */
  hour: number
}

/**
 * The hour by the clocks of a place that an instant (UTC milliseconds) lies in. The hour that comes twice when the
 * clocks go back is two, told apart by when they begin.
 */
export function localHourOf(atMs: number, timeZone: string): LocalHour {
  const { year, month, day, hour, minute } = wallTime(atMs, timeZone)
  const intoHourMs = Number.parseInt(minute, 10) * MINUTE_MS + (((atMs % MINUTE_MS) + MINUTE_MS) % MINUTE_MS)
  return { startMs: atMs - intoHourMs, date: `${year}-${month}-${day}` as BusinessDate, hour }
}

/**
 * The instant (UTC milliseconds) at which the clocks of a place show a time of a day, in minutes after
 * midnight; 24 × 60 is the midnight that ends it. Of a time that comes twice when the clocks go back it is
 * the first; a time that is skipped when they go forward is read as if they had not (2:30 is then 3:30), as
 * RFC 5545, section 3.3.5, says. Throws RangeError for an unknown time zone.
 */
export function instantOf(date: BusinessDate, minutesAfterMidnight: number, timeZone: string): number {
  const wallMs = utcDay(date).getTime() + minutesAfterMidnight * MINUTE_MS
  // A change of the clocks lies between these two instants or nowhere near the wanted one.
  const before = offsetMs(wallMs - DAY_MS, timeZone)
  const after = offsetMs(wallMs + DAY_MS, timeZone)
  const shown = [before, after].find(offset => offsetMs(wallMs - offset, timeZone) === offset)
  return wallMs - (shown ?? before)
}

/** What the clocks of a place show at an instant (UTC milliseconds), to the minute: `2026-11-20T18:00`. */
export const localMinute = (atMs: number, timeZone: string): string =>
  new Date(wallClockMs(atMs, timeZone)).toISOString().slice(0, 16)

/** The instant (UTC milliseconds) of a minute as `localMinute` writes it; null where the text is none. See `instantOf`. */
export function parseLocalMinute(text: string, timeZone: string): number | null {
  const [, day = '', hour = '', minute = ''] = /^(.{10})T([01]\d|2[0-3]):([0-5]\d)$/.exec(text) ?? []
  const date = parseBusinessDate(day)
  return date && instantOf(date, Number.parseInt(hour, 10) * 60 + Number.parseInt(minute, 10), timeZone)
}

function clockText({ hour, minute }: WallTime): string {
  return `${hour % 12 === 0 ? 12 : hour % 12}:${minute} ${hour < 12 ? 'am' : 'pm'}`
}

/**
 * An instant (UTC milliseconds) as US text: `11/20/2026`, `10:58 am`, or both. The text is put together
 * here, because what `Intl` writes changes with its data version (a narrow no-break space before "am"),
 * and the same receipt must make the same bytes for years.
 */
export function formatInstant(atMs: number, timeZone: string, style: 'date' | 'time' | 'date-time'): string {
  const wall = wallTime(atMs, timeZone)
  const date = `${wall.month}/${wall.day}/${wall.year}`
  if (style === 'date') return date
  return style === 'time' ? clockText(wall) : `${date} ${clockText(wall)}`
}

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
/** `Sun` for 0. */
export const weekdayName = (day: number): string => WEEKDAYS[day] ?? ''

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** A business date for people: `Fri, Nov 20` (long), `Nov 20` (day), `Nov ’26` (month) or `11/20/2026` (short). */
export function formatBusinessDate(date: BusinessDate, style: 'long' | 'day' | 'month' | 'short'): string {
  const [year = '', month = '', day = ''] = date.split('-')
  if (style === 'short') return `${month}/${day}/${year}`
  const at = utcDay(date)
  const name = MONTHS[at.getUTCMonth()] ?? ''
  if (style === 'month') return `${name} ’${year.slice(-2)}`
  const ofMonth = `${name} ${at.getUTCDate()}`
  return style === 'day' ? ofMonth : `${weekdayName(at.getUTCDay())}, ${ofMonth}`
}

/** Whether the text names a place's time zone (IANA). Bare offsets are refused: they do not know daylight saving. */
export function isTimeZone(text: string): boolean {
  if (!/^[A-Za-z]/.test(text)) return false
  try {
    formatterFor(text)
    return true
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

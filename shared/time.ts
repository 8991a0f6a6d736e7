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

/** Reads `YYYY-MM-DD`; null for any other form and for days that do not exist, such as 2026-02-29. */
export function parseBusinessDate(text: string): BusinessDate | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null
  const day = utcDay(text)
  const exists = !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)
  return exists ? (text as BusinessDate) : null
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
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** A business date for people: `Fri 20 Nov` (long) or `11/20/2026` (short). */
export function formatBusinessDate(date: BusinessDate, style: 'long' | 'short'): string {
  const [year = '', month = '', day = ''] = date.split('-')
  if (style === 'short') return `${month}/${day}/${year}`
  const at = utcDay(date)
  return `${WEEKDAYS[at.getUTCDay()]} ${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]}`
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

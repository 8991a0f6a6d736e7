/** How long to wait before asking again after something failed. */

/** The longest pause, in milliseconds. */
export const LONGEST_PAUSE_MS = 60_000
const FIRST_PAUSE_MS = 1_000
/** Beyond this many doublings every pause is the longest one. */
const MOST_DOUBLINGS = 16

/**
 * Exponential backoff with full jitter: anything from nothing to a bound that doubles with every failure in a row,
 * up to a minute. Full jitter keeps a thousand tills from asking in step after an outage (Brooker, "Exponential
 * Backoff And Jitter", AWS Architecture Blog, 2015). `failures` counts from 1; `random` is from 0 up to but not 1.
 * Where the other side said how long to wait (`askedMs`), never sooner than that. Milliseconds.
 */
export function backoffMs({
  failures,
  random,
  askedMs = 0,
}: {
  failures: number
  random: number
  askedMs?: number
}): number {
  const doublings = Math.min(MOST_DOUBLINGS, Math.max(0, failures - 1))
  const bound = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** doublings)
  return askedMs + Math.floor(bound * random)
}

/** Central may ask for patience, but no mistake of its clock or configuration may silence a till for a day. */
export const MOST_PATIENCE_MS = 3_600_000

/**
 * `Retry-After` (RFC 9110, 10.2.3) in milliseconds: seconds, or a date, which is held against the answer's own
 * `Date`, since this machine's clock may be years off. Undefined for what says neither; an hour at most.
 */
export function retryAfterMs(retryAfter: string | null, date: string | null): number | undefined {
  if (retryAfter === null) return undefined
  const text = retryAfter.trim()
  if (/^\d{1,9}$/.test(text)) return Math.min(MOST_PATIENCE_MS, Number.parseInt(text, 10) * 1_000)
  const until = Date.parse(text) - Date.parse(date ?? '')
  return Number.isNaN(until) ? undefined : Math.min(MOST_PATIENCE_MS, Math.max(0, until))
}

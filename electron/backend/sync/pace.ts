/** How long the line to central waits for what. Milliseconds. */

/** Facts that come together, as those of a closing do, go together. */
export const GATHER_MS = 400
/** How often central is asked for news while nothing is sent. */
export const NEWS_MS = 30_000
/** After this long without a fact, nobody works at the till. */
export const AT_WORK_MS = 10_000
export const LONGEST_BREATH_MS = 1_000
/** Screens are told at most so often while a backlog drains. */
export const TELL_MS = 1_000
/** How long the program waits at its end for what is still to be sent; what is not sent then goes at the next start. */
export const PARTING_MS = 2_000

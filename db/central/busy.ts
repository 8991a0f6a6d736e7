/** SQLSTATE classes of a server that is away, full, overrun or shutting down, and of transactions that met another. */
const BUSY_CLASSES = ['08', '40', '53', '55', '57', '58']
const NETWORK_CODES = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'ENOENT']
/** What `pg` says without a code. */
const BROKEN_CONNECTION =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered)/

/** Whether an error is the database's state and not a fault: asking again later may succeed. */
export function isBusy(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  return (
    NETWORK_CODES.includes(code) ||
    (code.length === 5 && BUSY_CLASSES.includes(code.slice(0, 2))) ||
    BROKEN_CONNECTION.test(error.message)
  )
}

/** Where central is, as a person types it. Pure. */
const LONGEST_ADDRESS = 255
const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]'])

/**
 * The origin of an address as a person types it; undefined for what is none. Without TLS only this machine itself is
 * let through: names, balances and the proof of payments go over this line.
 */
export function centralAddress(text: string): string | undefined {
  const typed = text.trim()
  const url = URL.parse(/^[a-z]+:\/\//i.test(typed) ? typed : `https://${typed}`)
  if (!url || url.hostname === '' || url.username !== '' || url.password !== '') return undefined
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '') return undefined
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.has(url.hostname))
  return isSafe && url.origin.length <= LONGEST_ADDRESS ? url.origin : undefined
}

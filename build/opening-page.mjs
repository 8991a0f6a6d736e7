import { randomUUID } from 'node:crypto'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * An address that opens the screen once, for one that has this launch's token and opens it as often as somebody likes.
 * @param {string} address
 */
export const openingAddress = async address => {
  const { origin, hash } = new URL(address)
  const headers = { authorization: `Bearer ${decodeURIComponent(hash.replace('#token=', ''))}` }
  const answer = await fetch(`${origin}/open/`, { method: 'POST', headers })
  if (!answer.ok) throw new Error(`The till gave no way in: ${answer.status}`)
  return origin + (await answer.text())
}

/**
 * A page that leads to an address and that its owner alone can read: what a program is called with, everybody on the machine
 * can read in the list of processes. `forget` takes it away.
 * @param {string} folder
 * @param {string} address
 */
export const openingPage = (folder, address) => {
  const file = join(folder, `open-${randomUUID()}.html`)
  const text = `<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer">
<meta http-equiv="refresh" content="0; url=${address.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"><title>Tillproof</title>`
  writeFileSync(file, text, { mode: 0o600, flag: 'wx' })
  return { file, forget: () => rmSync(file, { force: true }) }
}

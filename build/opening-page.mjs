import { randomUUID } from 'node:crypto'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * A page that leads to an address and that its owner alone can read: what a program is called with, everybody on the machine
 * can read in the list of processes, and this launch's token is in the address. `forget` takes it away.
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

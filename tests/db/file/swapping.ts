/** A scanner puts a ledger back as soon as a file of another name is there: as a file of its own, or in place. */
import { copyFileSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'

const [path = '', mark = '', how = ''] = process.argv.slice(2)
const bytes = readFileSync(path)
console.log('waits')
while (!existsSync(mark)) await pause(5)
if (how === 'in place') {
  writeFileSync(`${path}.put`, bytes)
  writeFileSync(path, bytes)
} else {
  copyFileSync(path, `${path}.put`)
  copyFileSync(path, `${path}.scan`)
  rmSync(path)
  renameSync(`${path}.scan`, path)
}

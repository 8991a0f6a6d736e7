/** A scanner takes a ledger away as soon as a file of another name is there, and puts it back as a file of its own. */
import { copyFileSync, existsSync, renameSync, rmSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'

const [path = '', mark = ''] = process.argv.slice(2)
console.log('waits')
while (!existsSync(mark)) await pause(5)
copyFileSync(path, `${path}.scan`)
rmSync(path)
renameSync(`${path}.scan`, path)

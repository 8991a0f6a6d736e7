/** Somebody who edits a ledger as soon as a start looks at rebuilt tables: nobody has it open then. */
import { existsSync } from 'node:fs'
import Database from 'better-sqlite3'

const [path = '', sql = ''] = process.argv.slice(2)
console.info('waits')
const until = Date.now() + 60_000
while (!existsSync(`${path}.rebuild.lock-journal`) && Date.now() < until);
const shell = new Database(path)
shell.exec(sql)
shell.close()

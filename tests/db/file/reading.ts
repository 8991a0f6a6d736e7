/** Another program that has a ledger open, and reads nothing at the moment. */
import Database from 'better-sqlite3'

const file = new Database(process.argv[2] ?? '', { readonly: true })
file.prepare('SELECT count(*) FROM journal').get()
console.log('reads')
setInterval(() => file.open, 1_000)

/** A program of its own that asks for central's key in a file as soon as another file is there, and says its public half. */
import { existsSync } from 'node:fs'
import { keptKeyOf } from '../../central/city/signing-key.ts'
import { openMemory } from '../../db/central/open.ts'

const [path = '', go = ''] = process.argv.slice(2)
const db = await openMemory()
process.stdout.write('ready\n')
while (!existsSync(go)) await new Promise(resolve => setImmediate(resolve))
process.stdout.write(`key ${(await keptKeyOf(db, path)).publicKey}\n`)
await db.close()

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { root, run } from './setup.mjs'

// `npm run faults -- days kill`: these fault tests at full length; all of them where none is named. What is no name
// of one goes to vitest as it is.
const given = process.argv.slice(2)
/** @param {string} name */
const fileOf = name => join('tests', 'faults', `${name}.test.ts`)
const isNamed = (/** @type {string} */ name) => existsSync(join(root, fileOf(name)))
const args = given.map(name => (isNamed(name) ? fileOf(name) : name))
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
const all = given.some(isNamed) ? [] : [join('tests', 'faults')]
process.exitCode = await run(process.execPath, [vitest, 'run', ...all, ...args])

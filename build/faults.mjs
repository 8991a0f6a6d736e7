import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root, run } from './setup.mjs'

// `npm run faults -- days kill`: these fault tests at full length; all of them where none is named. What is no name
// of one goes to vitest as it is. `--json` prints nothing but the figures of those that give some, one object a line.
const given = process.argv.slice(2)
/** @param {string} name */
const fileOf = name => join('tests', 'faults', `${name}.test.ts`)
const isNamed = (/** @type {string} */ name) => existsSync(join(root, fileOf(name)))
const asJson = given.includes('--json')
const args = given.filter(name => name !== '--json').map(name => (isNamed(name) ? fileOf(name) : name))
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
const all = given.some(isNamed) ? [] : [join('tests', 'faults')]
const command = [vitest, 'run', ...all, ...args]

async function runForFigures() {
  const dir = mkdtempSync(join(tmpdir(), 'tillproof-faults-'))
  const path = join(dir, 'figures.jsonl')
  writeFileSync(path, '')
  try {
    const env = { ...process.env, TILLPROOF_FAULTS_JSON: path }
    const code = await run(process.execPath, command, { env, quietOutput: true })
    process.stdout.write(readFileSync(path))
    return code
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

process.exitCode = asJson ? await runForFigures() : await run(process.execPath, command)

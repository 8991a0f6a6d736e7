import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root, run } from './setup.mjs'

// `npm run faults -- days sync`: these fault tests at full length, and with `sync` also `sync-kill` and whatever else
// begins so; `sync.test.ts` is that file alone; all of them where none is named. What is no name of one goes to vitest
// as it is. `--json` prints nothing but the figures of those that give some, one object a line.
const given = process.argv.slice(2)
const files = readdirSync(join(root, 'tests', 'faults')).filter(file => file.endsWith('.test.ts'))
/** @param {string} name */
const filesOf = name =>
  files
    .filter(file => file === name || file === `${name}.test.ts` || file.startsWith(`${name}-`))
    .map(file => join('tests', 'faults', file))
const isNamed = (/** @type {string} */ name) => filesOf(name).length > 0
const asJson = given.includes('--json')
const args = given.filter(name => name !== '--json').flatMap(name => (isNamed(name) ? filesOf(name) : name))
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

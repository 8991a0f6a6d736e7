import './node-floor.mjs'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import {
  buildWhenStale,
  chromiumForTests,
  installDependencies,
  pinnedNode,
  postgresForTests,
  root,
  run,
  SetupError,
  say,
  toolsForTests,
} from './setup.mjs'
import { countResults } from './test-count.mjs'

const bin = join(root, 'node_modules', '.bin')

/**
 * Runs types, lint and tests; answers what they counted.
 * @param {string} node
 * @param {readonly string[]} filters
 */
const runAll = async (node, filters) => {
  // The pinned Node first, so that a program started by a test by the name `node` is that one too.
  const env = {
    ...process.env,
    PATH: `${join(node, '..')}${delimiter}${bin}${delimiter}${process.env.PATH ?? ''}`,
  }
  const results = mkdtempSync(join(tmpdir(), 'tillproof-results-'))
  const resultsFile = join(results, 'results.json')
  /** @param {readonly string[]} args */
  const onNode = args => run(node, args, { env })
  const program = (/** @type {string[]} */ ...parts) => join(root, 'node_modules', ...parts)
  try {
    const typescript = program('typescript', 'bin', 'tsc')
    // Beside each other: tests wait for disks and browsers half of their time.
    const [testsCode, ...checks] = await Promise.all([
      onNode([
        ...[program('vitest', 'vitest.mjs'), 'run', '--reporter=default', '--reporter=json'],
        ...[`--outputFile.json=${resultsFile}`, ...filters],
      ]),
      onNode([typescript, '-p', root]),
      onNode([typescript, '-p', join(root, 'build')]),
      onNode([program('@biomejs', 'biome', 'bin', 'biome'), 'check', root]),
    ])
    const failedChecks = checks.filter(code => code !== 0).length
    const report = existsSync(resultsFile) ? JSON.parse(readFileSync(resultsFile, 'utf8')) : undefined
    return countResults({ report, testsCode, failedChecks })
  } finally {
    rmSync(results, { recursive: true, force: true })
  }
}

/** @param {readonly string[]} filters */
const test = async filters => {
  await installDependencies(root)
  const node = await pinnedNode(root)
  await chromiumForTests()
  await postgresForTests()
  await toolsForTests()
  await buildWhenStale(root, node)
  return runAll(node, filters)
}

/** @returns {Promise<import('./test-count.mjs').TestCount>} */
const counted = async () => {
  try {
    return await test(process.argv.slice(2))
  } catch (problem) {
    if (!(problem instanceof SetupError)) throw problem
    say(problem.message)
    return { passed: 0, failed: 1, skipped: 0 }
  }
}

const { passed, failed, skipped } = await counted()
process.stdout.write(`\n${passed} passed, ${failed} failed, ${skipped} skipped\n`)
process.exitCode = failed === 0 ? 0 : 1

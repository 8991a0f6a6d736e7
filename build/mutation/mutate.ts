/**
 * `npm run mutate -- money ledger`: changes one place after the other in what an area does, and asks whether its tests notice;
 * all areas where none is named. First the tests of the changed file are asked, then, of what they let live, all of the area.
 * Survivors that `docs/mutation.md` explains are counted apart. What was tried before is not tried again while neither the
 * place nor its tests have changed (`.cache/mutation`).
 */
import { globSync, mkdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { LogLevel, MutantResult, PartialStrykerOptions } from '@stryker-mutator/api/core'
import { Stryker } from '@stryker-mutator/core'
import { root, say } from '../setup.mjs'
import { AREAS, type Area } from './areas.ts'

const LEAST_KILLED = 0.92
const CACHE = '.cache/mutation'

const filesIn = (places: readonly string[], ending: string): string[] =>
  places.flatMap(place => (place.endsWith(ending) ? [place] : globSync(`${place}/**/*${ending}`))).sort()

/** The test of the same name, or else those that import the file; all of the area where there is none. */
function ownTests(source: string, tests: readonly string[]): readonly string[] {
  const named = tests.filter(test => basename(test, '.test.ts') === basename(source, '.ts'))
  if (named.length > 0) return named
  const importing = tests.filter(test => readFileSync(test, 'utf8').includes(`/${source}'`))
  return importing.length > 0 ? importing : tests
}

/** Tries what stands at these places, each a file or a part of one as the mutation tester names it. */
function tried(
  places: readonly string[],
  tests: readonly string[],
  name: string,
): Promise<readonly MutantResult[]> {
  // Read by build/mutation/vitest.ts in the tester's own processes.
  process.env.TILLPROOF_MUTATION_TESTS = JSON.stringify(tests)
  const options: PartialStrykerOptions = {
    mutate: [...places],
    testRunner: 'vitest',
    plugins: ['@stryker-mutator/vitest-runner'],
    vitest: { configFile: 'build/mutation/vitest.ts', related: false },
    // There is nothing in it for a program that only strips types, and it would be read as JSON.
    tsconfigFile: 'none.json',
    coverageAnalysis: 'perTest',
    // What is computed once as a module is read belongs to no test.
    ignoreStatic: true,
    timeoutMS: 20_000,
    concurrency: 2,
    incremental: true,
    incrementalFile: join(CACHE, `${name.replaceAll('/', '-')}.json`),
    tempDirName: join(CACHE, 'work'),
    reporters: [],
    logLevel: 'error' as LogLevel,
  }
  return new Stryker(options).runMutationTest()
}

const isAlive = ({ status }: MutantResult): boolean => status === 'Survived' || status === 'NoCoverage'

async function mutantsOf(source: string, tests: readonly string[]): Promise<readonly MutantResult[]> {
  const own = ownTests(source, tests)
  const first = await tried([source], own, source)
  const alive = first.filter(isAlive)
  if (alive.length === 0 || own.length === tests.length) return first
  const places = alive.map(
    // Its results count columns from 1, and what it is asked counts them from 0.
    ({ location: { start, end } }) =>
      `${source}:${start.line}:${start.column - 1}-${end.line}:${end.column - 1}`,
  )
  const second = await tried([...new Set(places)], tests, `${source}-all`)
  const later = new Map(second.map(mutant => [keyOf(mutant), mutant]))
  return first.map(mutant => (isAlive(mutant) ? (later.get(keyOf(mutant)) ?? mutant) : mutant))
}

const keyOf = ({ location: { start, end }, replacement }: MutantResult): string =>
  [start.line, start.column, end.line, end.column, replacement].join()

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').replaceAll('|', '¦').trim()

/** What stands where a mutant was put, as the document writes it. */
function standing(source: string, { location: { start, end } }: MutantResult): string {
  const lines = readFileSync(source, 'utf8')
    .split('\n')
    .slice(start.line - 1, end.line)
  const last = lines.length - 1
  lines[last] = lines[last]?.slice(0, end.column - 1) ?? ''
  lines[0] = lines[0]?.slice(start.column - 1) ?? ''
  return oneLine(lines.join('\n'))
}

/** Rows of the document that explain a survivor: its file, what stands there, and what was put there. */
function explained(): ReadonlySet<string> {
  const rows = readFileSync(join(root, 'docs', 'mutation.md'), 'utf8').matchAll(
    /^\| `([^`]+)` \| `` (.*?) `` \| `` (.*?) `` \|/gm,
  )
  return new Set([...rows].map(([, file, stands, put]) => [file, stands, put].join('\n')))
}

interface Row {
  folder: string
  mutants: number
  killed: number
  explained: number
  alive: number
}

async function rowsOf({ sources, tests: places }: Area, known: ReadonlySet<string>): Promise<Row[]> {
  const tests = filesIn(places, '.test.ts')
  const rows = new Map<string, Row>()
  for (const source of filesIn(sources, '.ts')) {
    const folder = dirname(source)
    const row = rows.get(folder) ?? { folder, mutants: 0, killed: 0, explained: 0, alive: 0 }
    rows.set(folder, row)
    for (const mutant of await mutantsOf(source, tests)) {
      if (mutant.status === 'Ignored' || mutant.status === 'CompileError') continue
      row.mutants += 1
      const told = [source, standing(source, mutant), oneLine(mutant.replacement ?? '')]
      if (!isAlive(mutant)) row.killed += 1
      else if (known.has(told.join('\n'))) row.explained += 1
      else {
        row.alive += 1
        say(
          `line ${mutant.location.start.line} lives: | \`${told[0]}\` | \`\` ${told[1]} \`\` | \`\` ${told[2]} \`\` |`,
        )
      }
    }
    say(`${source}: ${row.killed} of ${row.mutants} killed in ${folder} so far`)
  }
  return [...rows.values()]
}

const shareOf = ({ killed, mutants }: Row): number => (mutants === 0 ? 1 : killed / mutants)

const asked = process.argv.slice(2)
const unknown = asked.find(name => !Object.hasOwn(AREAS, name))
if (unknown !== undefined) {
  say(`There is no area ${unknown}: ${Object.keys(AREAS).join(', ')}.`)
  process.exitCode = 1
} else {
  process.chdir(root)
  mkdirSync(CACHE, { recursive: true })
  const known = explained()
  const rows: Row[] = []
  for (const [name, area] of Object.entries(AREAS))
    if (asked.length === 0 || asked.includes(name)) rows.push(...(await rowsOf(area, known)))
  console.table(rows.map(row => ({ ...row, share: `${Math.floor(shareOf(row) * 1_000) / 10} %` })))
  process.exitCode = rows.every(row => row.alive === 0 && shareOf(row) >= LEAST_KILLED) ? 0 : 1
}

import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  buildInputsDigest,
  buildIsStale,
  buildStamp,
  dependenciesInstalled,
  electronCanBeFetched,
  findChromium,
  findElectron,
  findOnPath,
  findPostgres,
  SetupError,
} from '../../build/setup.mjs'
import { parseArguments } from '../../build/start-arguments.mjs'
import { countResults } from '../../build/test-count.mjs'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tillproof-setup-'))
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true, force: true })
})

function put(path: string, text: string): string {
  const file = join(folder, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
  return file
}

const lockWith = (packages: Record<string, object>): string => JSON.stringify({ packages })

describe('what is installed', () => {
  const wanted = {
    '': {},
    'node_modules/a': { version: '1.0.0' },
    'node_modules/b': { version: '2.0.0', optional: true },
  }

  it('a fresh clone has nothing installed', () => {
    put('package-lock.json', lockWith(wanted))
    expect(dependenciesInstalled(folder)).toBe(false)
  })

  it.each([
    ['every package in its version', wanted, true],
    ['an optional package of another system missing', { 'node_modules/a': { version: '1.0.0' } }, true],
    ['a package in another version', { ...wanted, 'node_modules/a': { version: '1.0.1' } }, false],
    ['a package missing', { 'node_modules/b': { version: '2.0.0' } }, false],
  ])('%s: installed is %s', (_, present, installed) => {
    put('package-lock.json', lockWith(wanted))
    put('node_modules/.package-lock.json', lockWith(present))
    expect(dependenciesInstalled(folder)).toBe(installed)
  })
})

describe('what is built', () => {
  it('a build is stale without a stamp, fresh with it, and stale again when a source changes', () => {
    const source = put('renderer/main.tsx', 'one')
    expect(buildIsStale(folder)).toBe(true)
    mkdirSync(dirname(buildStamp(folder)), { recursive: true })
    writeFileSync(buildStamp(folder), buildInputsDigest(folder))
    expect(buildIsStale(folder)).toBe(false)
    writeFileSync(source, 'two')
    expect(buildIsStale(folder)).toBe(true)
  })

  it('moving a text from one file to another changes the digest', () => {
    put('shared/a.ts', 'text')
    const before = buildInputsDigest(folder)
    rmSync(join(folder, 'shared/a.ts'))
    put('shared/b.ts', 'text')
    expect(buildInputsDigest(folder)).not.toBe(before)
  })
})

describe('programs on this machine', () => {
  it('the first name that can be run is found', () => {
    put('bin/second', '')
    chmodSync(put('bin/third', ''), 0o755)
    expect(findOnPath(['first', 'second', 'third'], join(folder, 'bin'))).toBe(join(folder, 'bin', 'third'))
    expect(findOnPath(['first', 'second'], join(folder, 'bin'))).toBeUndefined()
  })

  it('Chromium is the one that is named, and a wrong name is not replaced by another', () => {
    const program = put('chromium', '')
    vi.stubEnv('TILLPROOF_CHROMIUM', program)
    expect(findChromium()).toBeUndefined()
    chmodSync(program, 0o755)
    expect(findChromium()).toBe(program)
  })

  it('PostgreSQL is the newest that is new enough, or the one that is named', () => {
    const program = (path: string): void => chmodSync(put(path, ''), 0o755)
    for (const version of ['9', '14', '15', '17']) program(`pg/${version}/bin/initdb`)
    for (const version of ['14', '15']) program(`pg/${version}/bin/postgres`)
    vi.stubEnv('PATH', '')
    expect(findPostgres(join(folder, 'pg'))).toBe(join(folder, 'pg/15/bin'))
    expect(findPostgres(join(folder, 'none'))).toBeUndefined()
    vi.stubEnv('TILLPROOF_POSTGRES', join(folder, 'elsewhere'))
    expect(findPostgres(join(folder, 'pg'))).toBeUndefined()
    program('elsewhere/initdb')
    expect(findPostgres(join(folder, 'pg'))).toBe(join(folder, 'elsewhere'))
  })

  it('Electron is there when its pointer leads to a program', () => {
    expect(findElectron(folder)).toBeUndefined()
    put('node_modules/electron/path.txt', 'electron')
    expect(findElectron(folder)).toBeUndefined()
    chmodSync(put('node_modules/electron/dist/electron', ''), 0o755)
    expect(findElectron(folder)).toBe(join(folder, 'node_modules/electron/dist/electron'))
  })

  it('a download host that refuses the connection is a no, not an error', async () => {
    put('node_modules/electron/package.json', '{"version":"1.0.0"}')
    vi.stubEnv('ELECTRON_MIRROR', 'http://127.0.0.1:1/')
    expect(await electronCanBeFetched(folder)).toBe(false)
  })
})

describe('the command line of npm start', () => {
  it('options for the host are passed on, a relative folder from where npm was called', () => {
    vi.stubEnv('INIT_CWD', folder)
    expect(parseArguments(['--browser', '--no-open', '--port', '8123', '--data=city', '--sample'])).toEqual({
      browser: true,
      open: false,
      forProgram: ['--port', '8123', '--data', resolve(folder, 'city'), '--sample'],
    })
  })

  it('the sample city can have as many accounts as are wanted', () => {
    const wanted = parseArguments(['--sample', '--accounts', '1000'])
    expect(wanted).toMatchObject({ forProgram: ['--sample', '--accounts', '1000'] })
  })

  it.each([
    [['--accounts', '1000']],
    [['--accounts', '0']],
    [['--accounts', 'many']],
    [['--prot', '1']],
    [['--port']],
    [['--port', '1e3']],
    [['--port', '65536']],
    [['--data']],
    [['--data', '--sample']],
    [['--data', fileURLToPath(import.meta.url)]],
  ])('%j is refused in words', given => {
    expect(() => parseArguments(given)).toThrow(SetupError)
  })
})

describe('the closing count', () => {
  const file = (status: string, ...results: string[]) => ({
    status,
    assertionResults: results.map(status => ({ status })),
  })
  const report = (testResults: ReturnType<typeof file>[], numFailedTests = 0) => ({
    ...{ numPassedTests: 2, numPendingTests: 1, numTodoTests: 1 },
    ...{ numFailedTests, testResults },
  })

  it.each([
    ['all is well', { report: report([file('passed', 'passed')]), testsCode: 0, failedChecks: 0 }, 0],
    ['a test failed', { report: report([file('failed', 'failed')], 1), testsCode: 1, failedChecks: 0 }, 1],
    [
      'a file broke before its first test',
      { report: report([file('failed')]), testsCode: 1, failedChecks: 0 },
      1,
    ],
    ['an error outside of any test', { report: report([file('passed')]), testsCode: 1, failedChecks: 0 }, 1],
    ['types and lint failed', { report: report([file('passed')]), testsCode: 0, failedChecks: 2 }, 2],
  ])('%s', (_, run, failed) => {
    expect(countResults(run)).toEqual({ passed: 2, failed, skipped: 2 })
  })

  it('a run that left no report has failed', () => {
    expect(countResults({ report: undefined, testsCode: 0, failedChecks: 0 }).failed).toBe(1)
  })
})

import { globSync, readFileSync } from 'node:fs'
import { configDefaults, defineConfig } from 'vitest/config'

const filesIn = (...folders: string[]): string[] =>
  folders.map(folder => `tests/${folder}/**/*.test.{ts,tsx}`)

/** House tests that need the program built and started. */
const wholeHouse = ['tests/house/package.test.ts', 'tests/house/start.test.ts']

const parts = filesIn('rules', 'db', 'backend', 'renderer', 'house', 'conformance', 'central')
/** Tests that put something else in a module's place: it would be in the place for whoever comes after. */
const mocking = globSync(parts).filter(path => /\bvi\.(?:m|doM)ock\(/.test(readFileSync(path, 'utf8')))

const partsTest = { testTimeout: 20_000, hookTimeout: 60_000 }

/** Three projects: what starts browsers and hosts is built first and gets minutes, the rest seconds; most of that shares its modules. */
export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    environment: 'node',
    restoreMocks: true,
    globalSetup: ['tests/support/run/run-folder.ts'],
    setupFiles: ['tests/support/run/in-run-folder.ts'],
    // What is waited for comes when the machine has time for it; a test has its own limit.
    expect: { poll: { timeout: 15_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'parts',
          include: parts,
          exclude: [...configDefaults.exclude, ...wholeHouse, ...mocking],
          // To read them anew for each file takes longer than most files' tests.
          isolate: false,
          ...partsTest,
        },
      },
      { extends: true, test: { name: 'mocking', include: mocking, ...partsTest } },
      {
        extends: true,
        test: {
          name: 'whole',
          include: [...filesIn('transports', 'journeys', 'faults'), ...wholeHouse],
          globalSetup: ['tests/support/run/built.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})

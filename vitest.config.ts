import { configDefaults, defineConfig } from 'vitest/config'

const filesIn = (...folders: string[]): string[] =>
  folders.map(folder => `tests/${folder}/**/*.test.{ts,tsx}`)

/** House tests that need the program built and started. */
const wholeHouse = ['tests/house/package.test.ts', 'tests/house/start.test.ts']

/** Two projects: what starts browsers and hosts is built first and gets minutes, the rest seconds. */
export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    environment: 'node',
    globalSetup: ['tests/support/run/run-folder.ts'],
    setupFiles: ['tests/support/run/in-run-folder.ts'],
    // What is waited for comes when the machine has time for it; a test has its own limit.
    expect: { poll: { timeout: 15_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'parts',
          include: filesIn('rules', 'db', 'backend', 'renderer', 'house', 'conformance', 'central'),
          exclude: [...configDefaults.exclude, ...wholeHouse],
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
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

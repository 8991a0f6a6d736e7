/** How tests run over a mutant: without projects, which the mutation tester cannot choose from. */
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const fewRuns = fileURLToPath(new URL('few-runs.ts', import.meta.url))

export default defineConfig({
  resolve: { alias: [{ find: /^fast-check$/, replacement: fewRuns }] },
  test: {
    environment: 'node',
    restoreMocks: true,
    isolate: false,
    // The tester has limits of its own, by how long the tests take without a mutant.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    globalSetup: ['tests/support/run/run-folder.ts'],
    setupFiles: ['tests/support/run/in-run-folder.ts'],
    include: JSON.parse(process.env.TILLPROOF_MUTATION_TESTS ?? '[]') as string[],
  },
})

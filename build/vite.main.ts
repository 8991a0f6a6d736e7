import { join } from 'node:path'
import type { InlineConfig } from 'vite'

/** Everything that is named rather than pathed stays outside: Electron, Node's own modules and the dependencies. */
const namedModule = /^[^./\0]/

const common = { configFile: false, logLevel: 'warn' } as const

/** The main process and its worker: modules, dependencies left in node_modules. */
export function mainBuild(root: string, entries: Readonly<Record<string, string>>): InlineConfig {
  return {
    ...common,
    root,
    build: {
      ssr: true,
      outDir: join(root, 'dist', 'main'),
      emptyOutDir: true,
      sourcemap: false,
      minify: false,
      target: 'node24',
      rolldownOptions: {
        input: { ...entries },
        external: id => namedModule.test(id) && !id.startsWith(root),
        // One flat folder: files found from beside the source (migrations, the worker) are beside every chunk.
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  }
}

/** The preload script: one CommonJS file, the only form that Electron's sandbox loads. */
export function preloadBuild(root: string, entry: string): InlineConfig {
  return {
    ...common,
    root,
    build: {
      ssr: true,
      outDir: join(root, 'dist', 'main'),
      emptyOutDir: false,
      sourcemap: false,
      minify: false,
      target: 'chrome120',
      rolldownOptions: {
        input: entry,
        external: ['electron'],
        output: { format: 'cjs', entryFileNames: 'preload.cjs', codeSplitting: false },
      },
    },
  }
}

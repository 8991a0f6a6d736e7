import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import type { InlineConfig } from 'vite'

/** The page: relative addresses, and no script inside the document, so that a strict content policy holds. */
export function rendererBuild(root: string): InlineConfig {
  return {
    configFile: false,
    root: join(root, 'renderer'),
    base: './',
    plugins: [react()],
    logLevel: 'warn',
    build: {
      outDir: join(root, 'dist', 'renderer'),
      emptyOutDir: true,
      sourcemap: false,
      target: 'chrome120',
      // Data addresses for small files would need a hole in the content policy.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 2000,
    },
  }
}

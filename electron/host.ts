/**
 * Starts browser mode. What Node compiles is kept beside the installed packages, so that the till is at its sign-in
 * screen sooner every morning after the first; where nothing can be written there, it only starts as before.
 */
import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'

const COMPILED = fileURLToPath(new URL('../../node_modules/.cache/tillproof-compiled', import.meta.url))

enableCompileCache(COMPILED)
// Worker threads take it from here.
process.env.NODE_COMPILE_CACHE = COMPILED
await import('./browser-mode.ts')

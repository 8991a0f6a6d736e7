import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { build } from 'vite'
import { buildInputsDigest, buildStamp, root } from './setup.mjs'
import { mainBuild, preloadBuild } from './vite.main.ts'
import { rendererBuild } from './vite.renderer.ts'

// Tests build too, and what they build is started by the next `npm start`: never React's development build.
process.env.NODE_ENV = 'production'

// Taken before the build, so that a file changed meanwhile makes the next start build again.
const digest = buildInputsDigest(root)
const stamp = buildStamp(root)
rmSync(stamp, { force: true })

await build(rendererBuild(root))
await build(
  mainBuild(root, {
    main: join(root, 'electron/main.ts'),
    host: join(root, 'electron/host.ts'),
    worker: join(root, 'electron/backend/runtime/worker.ts'),
  }),
)
// Schema steps are read from beside the bundle, as they are from beside the source.
cpSync(join(root, 'db/ledger/ledger-steps'), join(root, 'dist/main/ledger-steps'), { recursive: true })
await build(preloadBuild(root, join(root, 'electron/preload.ts')))

mkdirSync(dirname(stamp), { recursive: true })
writeFileSync(stamp, digest)

import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { build } from 'vite'
import { buildInputsDigest, buildStamp, root } from './setup.mjs'
import { mainBuild, preloadBuild } from './vite.main.ts'
import { rendererBuild } from './vite.renderer.ts'

const source = (path: string): string | undefined => {
  const file = join(root, path)
  if (existsSync(file)) return file
  console.warn(`BUILD SKIPPED: ${path} is not there`)
  return undefined
}

// Taken before the build, so that a file changed meanwhile makes the next start build again.
const digest = buildInputsDigest(root)
const stamp = buildStamp(root)
rmSync(stamp, { force: true })

const page = source('renderer/index.html')
if (page !== undefined) await build(rendererBuild(root))

const main = source('electron/main.ts')
const worker = source('electron/backend/worker.ts')
if (main !== undefined) await build(mainBuild(root, { main, ...(worker === undefined ? {} : { worker }) }))
// Migrations are read from beside the bundle, as they are from beside the source.
cpSync(join(root, 'db', 'migrations'), join(root, 'dist', 'main', 'migrations'), { recursive: true })

const preload = source('electron/preload.ts')
if (preload !== undefined) await build(preloadBuild(root, preload))

mkdirSync(dirname(stamp), { recursive: true })
writeFileSync(stamp, digest)

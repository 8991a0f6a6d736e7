import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { build, type CliOptions } from 'electron-builder'
import { strictFuses } from './fuses.ts'
import { buildWhenStale, electronCanBeFetched, findElectron, root, SetupError, say } from './setup.mjs'
import { makeStandInElectron } from './stand-in-electron.ts'

const electronVersion = (): string => {
  const manifest: unknown = JSON.parse(
    readFileSync(join(root, 'node_modules', 'electron', 'package.json'), 'utf8'),
  )
  if (typeof manifest === 'object' && manifest !== null && 'version' in manifest)
    return String(manifest.version)
  throw new SetupError('node_modules/electron is broken: run npm ci.')
}

const { values } = parseArgs({
  options: { dir: { type: 'boolean', default: false }, output: { type: 'string' } },
})

/** Packs for this system; `standIn` is a folder that may be filled with a stand-in for Electron. */
async function pack(standIn: string): Promise<void> {
  await buildWhenStale(root, process.execPath)
  const available = findElectron(root) !== undefined || (await electronCanBeFetched(root))
  if (!available && !values.dir) {
    throw new SetupError(
      'Electron can be neither found nor fetched: an installer needs it. Try --dir for the folder.',
    )
  }
  if (!available) {
    say(
      'Electron can be neither found nor fetched: packing around an empty stand-in, which shows the content only.',
    )
    makeStandInElectron(standIn, electronVersion(), process.platform)
  }
  const options: CliOptions = {
    projectDir: root,
    dir: values.dir,
    publish: 'never',
    // Over `electron-builder.yml`.
    config: {
      ...(available ? {} : { electronDist: standIn }),
      // The packager sets what it is told, and lets a switch pass that a later Electron brings.
      afterPack: async context => {
        const { electronFuses } = context.packager.config
        if (!electronFuses) throw new SetupError('electron-builder.yml sets no fuses.')
        await context.packager.addElectronFuses(context, strictFuses(electronFuses))
      },
      ...(values.output === undefined ? {} : { directories: { output: values.output } }),
    },
  }
  for (const file of await build(options)) say(file)
}

const standIn = mkdtempSync(join(tmpdir(), 'tillproof-electron-'))
try {
  await pack(standIn)
} catch (problem) {
  if (!(problem instanceof SetupError)) throw problem
  say(problem.message)
  process.exitCode = 1
} finally {
  rmSync(standIn, { recursive: true, force: true })
}

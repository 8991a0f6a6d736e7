import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { FUSES, fuseWire } from './fuses.ts'

const contents: Readonly<Record<string, readonly string[]>> = {
  linux: ['electron', 'chrome-sandbox', 'chrome_crashpad_handler', 'resources.pak', 'locales/en-US.pak'],
  win32: ['electron.exe', 'resources.pak', 'locales/en-US.pak'],
}

const isProgram = (name: string): boolean => /^electron(?:\.exe)?$/.test(name)

/**
 * Lays out a folder with the file names of an Electron program and nothing in them but the switches that the packager sets,
 * for looking at what a package would hold where Electron can't be fetched. What is packed with it does not run.
 * Refuses macOS, whose program is a bundle that the packager rewrites.
 */
export function makeStandInElectron(folder: string, version: string, platform: string): void {
  const files = contents[platform]
  if (files === undefined)
    throw new Error(`There is no stand-in for Electron on ${platform}: connect to the network.`)
  for (const name of [...files, 'LICENSE', 'LICENSES.chromium.html']) {
    const file = join(folder, name)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, isProgram(name) ? fuseWire(FUSES.length) : '')
    chmodSync(file, 0o755)
  }
  writeFileSync(join(folder, 'version'), version)
}

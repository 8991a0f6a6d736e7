import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, posix } from 'node:path'
import { extractFile, listPackage } from '@electron/asar'
import { getCurrentFuseWire } from '@electron/fuses'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FUSES } from '../../build/fuses.ts'
import { root, run } from '../../build/setup.mjs'

let output: string
let resources: string
let packed: string[]

/** The unpacked program's resources, wherever the system's packager puts them. */
const resourcesBelow = (folder: string): string => {
  const archive = readdirSync(folder, { recursive: true, encoding: 'utf8' }).find(name =>
    name.endsWith('app.asar'),
  )
  if (archive === undefined) throw new Error('no archive was packed')
  return join(folder, archive, '..')
}

beforeAll(async () => {
  output = mkdtempSync(join(tmpdir(), 'tillproof-package-'))
  const packaging = ['build/package.ts', '--dir', '--output', output]
  expect(await run(process.execPath, packaging, { cwd: root, quietOutput: true })).toBe(0)
  resources = resourcesBelow(output)
  const archive = join(resources, 'app.asar')
  packed = listPackage(archive, { isPack: false }).map(name => name.split('\\').join('/').slice(1))
}, 240_000)

afterAll(() => rmSync(output, { recursive: true, force: true }))

describe('the packaged program', () => {
  it.each([
    'package.json',
    'dist/main/main.js',
    'dist/main/preload.cjs',
    'dist/renderer/index.html',
    'dist/main/ledger-steps/0001-ledger.sql',
    'node_modules/pdfmake/fonts/Roboto/Roboto-Regular.ttf',
    'node_modules/pdfmake/fonts/Roboto/Roboto-Medium.ttf',
    'node_modules/better-sqlite3/lib/index.js',
  ])('holds %s', name => {
    expect(packed).toContain(name)
  })

  it('holds the letters of the screen', () => {
    expect(packed.filter(name => /^dist\/renderer\/.*\.woff2$/.test(name))).not.toEqual([])
  })

  it('has every switch as it was set, read back from the program itself', async () => {
    const program = readdirSync(join(resources, '..')).find(name =>
      /^(?:tillproof|Tillproof)(?:\.exe)?$/.test(name),
    )
    const wire = await getCurrentFuseWire(join(resources, '..', program ?? ''))
    const config = readFileSync(join(root, 'electron-builder.yml'), 'utf8')
    const states = FUSES.map(({ name, option }) => [name, String.fromCharCode(wire[option] ?? 0) === '1'])
    expect(states).toEqual(FUSES.map(({ name }) => [name, config.includes(`  ${name}: true\n`)]))
  })

  it('starts with the main bundle', () => {
    const manifest: unknown = JSON.parse(extractFile(join(resources, 'app.asar'), 'package.json').toString())
    expect(manifest).toMatchObject({ name: 'tillproof', main: 'dist/main/main.js' })
  })

  it('has the database binary of this system outside of the archive, where it can be loaded', () => {
    const binary = `node_modules/better-sqlite3/prebuilds/${process.platform}-${process.arch}.node`
    expect(existsSync(join(resources, 'app.asar.unpacked', binary))).toBe(true)
  })

  it.each([
    ['source maps', /\.map$/],
    ['TypeScript sources', /\.tsx?$/],
    ['tests', /^(?:tests|dist\/.*test)/],
    ['the host of browser mode', /(?:^|\/)(?:host|browser-mode[^/]*)\.[jt]s$/],
    ['building tools', /^(?:build|bench|decisions)\/|^node_modules\/(?:vite|vitest|electron|typescript)\//],
    ['binaries of other systems', process.platform === 'win32' ? /prebuilds\/linux/ : /prebuilds\/win32/],
  ])('holds no %s', (_, forbidden) => {
    expect(packed.filter(name => forbidden.test(name))).toEqual([])
  })

  it('the page has no script inside its document', () => {
    const page = extractFile(
      join(resources, 'app.asar'),
      posix.join('dist', 'renderer', 'index.html'),
    ).toString()
    expect(page).toMatch(/<script[^>]*\ssrc="\.\/assets\//)
    expect(page).not.toMatch(/<script(?![^>]*\ssrc=)|\son\w+=|<style/)
  })
})

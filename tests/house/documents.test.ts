import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { root } from '../../build/setup.mjs'

type Versions = Record<string, string>
interface Lock {
  packages: Record<string, { optionalDependencies?: Versions }>
}
interface Manifest {
  license: string
  scripts: Versions
  dependencies: Versions
  devDependencies: Versions
}

const read = (name: string): string => readFileSync(join(root, name), 'utf8')
const manifest: Manifest = JSON.parse(read('package.json'))
const lock: Lock = JSON.parse(read('package-lock.json'))

/** Packages whose version is a range instead of one exact version. */
const ranges = (versions: Versions): string[] =>
  Object.entries(versions).flatMap(([name, version]) =>
    /^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version) ? [] : [name],
  )

/** Optional packages that the lock file leaves out: npm then refuses a clean install. */
const leftOut = ({ packages }: Lock): string[] =>
  Object.values(packages)
    .flatMap(entry => Object.keys(entry.optionalDependencies ?? {}))
    .filter(name => !Object.keys(packages).some(path => path.endsWith(`node_modules/${name}`)))

it.each(['README.md', 'ARCHITECTURE.md', 'INVARIANTS.md', 'CHANGELOG.md'])(
  '%s is there and says something',
  name => {
    expect(read(name).length).toBeGreaterThan(300)
  },
)

it('the licence is MIT, in words and in the manifest', () => {
  expect(read('LICENSE')).toMatch(/^MIT License\n/)
  expect(manifest.license).toBe('MIT')
})

it('every dependency is pinned to one version', () => {
  expect(ranges({ ...manifest.dependencies, ...manifest.devDependencies })).toEqual([])
  expect(ranges({ a: '^1.2.3', b: '~1.2.3', c: '1.x', d: '*', e: '1.2.3' })).toEqual(['a', 'b', 'c', 'd'])
})

it('the lock file is complete, so that a clean install works on every system', () => {
  expect(leftOut(lock)).toEqual([])
  expect(
    leftOut({ packages: { '': { optionalDependencies: { 'tool-for-windows': '1.0.0' } } } }),
  ).toHaveLength(1)
})

it('the README names the two commands', () => {
  expect(read('README.md')).toContain('npm start')
  expect(read('README.md')).toContain('npm test')
})

it('the package says what its commands are', () => {
  const promised = [
    'start',
    'test',
    'check',
    'build',
    'lint',
    'format',
    'ledger',
    'package',
    'bench',
    'faults',
  ]
  expect(Object.keys(manifest.scripts)).toEqual(expect.arrayContaining(promised))
})

/** Paths under tests/ that a document names and that are not there. */
const namedAndMissing = (text: string): string[] =>
  [...text.matchAll(/tests\/[\w./-]*\w/g)].map(([path]) => path).filter(path => !existsSync(join(root, path)))

it('every test that the invariants name is there', () => {
  expect(namedAndMissing(read('INVARIANTS.md'))).toEqual([])
  expect(namedAndMissing('`tests/rules/no-such.test.ts`')).toEqual(['tests/rules/no-such.test.ts'])
})

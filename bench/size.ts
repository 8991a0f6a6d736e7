/** What the screen weighs on its way into the window: compressed scripts, styles and letters. */
import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { root } from '../build/setup.mjs'
import { type BenchRow, figure } from './measure.ts'

const SCREEN_DIR = join(root, 'dist/renderer')
const COUNTED = new Set(['.html', '.js', '.css', '.woff2'])
/** The letters of a page in English or Spanish; a browser fetches the others only when a text needs them. */
const FIRST_LETTERS = /latin-wght/
const BYTES_PER_KB = 1_000

/** Sizes in KB (1,000 bytes) of the built screen: what the first page takes, and everything there is. */
export function benchSize(): BenchRow[] {
  const all = filesIn(SCREEN_DIR)
  const first = firstLoad(all)
  return [...rows('first page', first), ...rows('all screens', [...all.values()])]
}

interface BuiltFile {
  name: string
  content: Buffer
}

function filesIn(dir: string): Map<string, BuiltFile> {
  const names = readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter(name =>
    COUNTED.has(extname(name)),
  )
  return new Map(names.map(name => [name, { name, content: readFileSync(join(dir, name)) }]))
}

/** The page, what it names, and what those scripts take in before they run. */
function firstLoad(all: ReadonlyMap<string, BuiltFile>): BuiltFile[] {
  const found = new Map<string, BuiltFile>()
  const take = (name: string): void => {
    const file = all.get(name)
    if (!file || found.has(name)) return
    found.set(name, file)
    for (const next of namedBy(file)) take(next)
  }
  take('index.html')
  for (const name of all.keys()) if (FIRST_LETTERS.test(name)) take(name)
  return [...found.values()]
}

function namedBy({ name, content }: BuiltFile): string[] {
  const text = content.toString()
  if (name === 'index.html')
    return [...text.matchAll(/(?:src|href)="\.?\/?([^"]+)"/g)].map(match => match[1] ?? '')
  if (!name.endsWith('.js')) return []
  return [...text.matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g)].map(match => `assets/${match[1]}`)
}

function rows(name: string, files: readonly BuiltFile[]): BenchRow[] {
  const size = (compress: (content: Buffer) => Buffer): number =>
    files.reduce((bytes, file) => bytes + compressed(file, compress).length, 0) / BYTES_PER_KB
  return [
    figure(
      `screen, ${name}, gzip`,
      size(content => gzipSync(content, { level: 9 })),
      'KB',
    ),
    figure(
      `screen, ${name}, brotli`,
      size(content => brotliCompressSync(content)),
      'KB',
    ),
  ]
}

// Letters are compressed already.
function compressed(file: BuiltFile, compress: (content: Buffer) => Buffer): Buffer {
  return extname(file.name) === '.woff2' ? file.content : compress(file.content)
}

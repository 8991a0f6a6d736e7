import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Every file of a folder, with its bytes. */
export function filesIn(dir: string): { path: string; bytes: Buffer }[] {
  return readdirSync(dir, { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .map(path => ({ path, bytes: readFileSync(path) }))
}

/** The files in which any of the texts stands, as bytes or as the wide characters that some programs write. */
export function filesWith(dir: string, texts: readonly string[]): string[] {
  const needles = texts.flatMap(text => [Buffer.from(text), Buffer.from(text, 'utf16le')])
  return filesIn(dir)
    .filter(({ bytes }) => needles.some(needle => bytes.includes(needle)))
    .map(({ path }) => path)
}

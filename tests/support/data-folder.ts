/** Data folders of one test, and what lies in them. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { sampleFolder } from './template.ts'

/** An empty folder of this test alone, removed when it ends. */
export function freshDir(): string {
  return removed(mkdtempSync(join(tmpdir(), 'tillproof-test-')))
}

/** A folder of this test alone with the sample city's till in it, removed when the test ends. */
export async function sampleDir(): Promise<string> {
  return removed(await sampleFolder())
}

function removed(dir: string): string {
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}

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

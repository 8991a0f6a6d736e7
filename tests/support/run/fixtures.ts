import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { root } from '../../../build/setup.mjs'

const FIXTURES = resolve(root, '../shared/fixtures')

/** Where a file of third-party test data lies, beside the project; it is never copied into it. */
export function fixturePath(path: string): string {
  return resolve(FIXTURES, path)
}

/** Whether the data is missing, said aloud, for `it.skipIf`: a skipped conformance test must never look like a passed one. */
export function isFixtureMissing(path: string): boolean {
  const missing = !existsSync(fixturePath(path))
  if (missing) console.warn(`NOT TESTED: the third-party data ${fixturePath(path)} is absent`)
  return missing
}

/** Reads a JSON fixture; the caller states the shape it was seen to have. */
export function readFixture<Shape>(path: string): Shape {
  return JSON.parse(readFileSync(fixturePath(path), 'utf8')) as Shape
}

import { copyFileSync, linkSync } from 'node:fs'

/** A second name for the same file; a copy where the file system has no such thing. */
export function keepAs(path: string, name: string): void {
  try {
    linkSync(path, name)
  } catch {
    copyFileSync(path, name)
  }
}

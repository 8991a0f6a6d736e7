import { readdirSync, readFileSync } from 'node:fs'

/** Git writes the ends of lines as its system has them, and a file of one system is opened on another. */
export const unixLines = (text: string): string => text.replaceAll('\r\n', '\n')

/**
 * Schema steps in order; the position of a step is the schema version that it leads to. Refuses a folder whose files
 * are not numbered one after the other from 0001: a step that is missing or there twice would be taken by nobody.
 */
export function readSteps(folder: URL): string[] {
  const names = readdirSync(folder)
    .filter(name => name.endsWith('.sql'))
    .sort()
  return names.map((name, index) => {
    if (!name.startsWith(`${String(index + 1).padStart(4, '0')}-`))
      throw new Error(`${name} is not schema step ${index + 1}`)
    return unixLines(readFileSync(new URL(name, folder), 'utf8'))
  })
}

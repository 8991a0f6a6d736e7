import { lstatSync } from 'node:fs'

/** Whether there is anything of this name, a link that leads nowhere too. */
export const isThere = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false }) !== undefined

/** A name under which nothing lies yet, for what cannot be used and is kept; `ends` are what lies beside it. */
export function asideOf(path: string, nowMs: number, ends: readonly string[] = ['']): string {
  let aside = `${path}.set-aside-${nowMs}`
  // What was set aside before stays too.
  while (ends.some(end => isThere(aside + end))) aside += '+'
  return aside
}

import { lstatSync, renameSync } from 'node:fs'

/** Whether there is anything of this name, a link that leads nowhere too. */
export const isThere = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false }) !== undefined

/** `name`, or one like it under which nothing lies yet: what was kept before stays too. `ends` are what lies beside it. */
export function freeName(name: string, ends: readonly string[] = ['']): string {
  let free = name
  while (ends.some(end => isThere(free + end))) free += '+'
  return free
}

/** A free name for what cannot be used and is kept. */
export const asideOf = (path: string, nowMs: number, ends?: readonly string[]): string =>
  freeName(`${path}.set-aside-${nowMs}`, ends)

/** Renames a file, and what lies beside it. */
export function moveWith(path: string, to: string, ends: readonly string[]): void {
  for (const end of ends) if (isThere(path + end)) renameSync(path + end, to + end)
}

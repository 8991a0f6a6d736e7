import type { TenderType } from '../../tenders.ts'

const LONGEST_KEY = 24

/** What a new type is called for good, out of its name: `Card 2` is `card-2`. */
export function tenderKeyFor(name: string, types: readonly TenderType[]): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[-0-9]+/, '')
    .slice(0, LONGEST_KEY)
    .replace(/-+$/, '')
  const key = plain === '' ? 'tender' : plain
  const isTaken = (candidate: string) => types.some(({ tender }) => tender === candidate)
  let [free, no] = [key, 2]
  while (isTaken(free)) {
    free = `${key}-${no}`
    no += 1
  }
  return free
}

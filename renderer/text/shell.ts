import type { TillState } from '../../shared/contract/till.ts'

type DrawerLevel = NonNullable<TillState['session']>['level']

/** Words of the header, the menu, the find dialog and the lock. */
export const SHELL = {
  product: 'Tillproof',
  menu: 'Menu',
  menuOf: 'Menu of screens',
  productMenu: 'Tillproof, menu of screens',
  businessDay: (date: string) => `Business day ${date}`,
  noDrawer: 'No drawer open',
  sample: 'Sample city',
  cash: 'Cash',
  heldHint: 'Receipts are saved on this till and held until the billing system takes them.',
  lock: 'Lock',
  lockTitle: 'Locked',
  lockedFor: (name: string) => `Locked for ${name}. Everything that was typed is kept.`,
  unlock: 'Unlock',
  signOut: 'Sign out',
  otherPerson: 'Sign in as somebody else',
  find: 'Find anything',
  findHint: 'Account, name, address, phone, receipt or catalog item',
  nothingFound: 'Nothing found.',
  typeToFind: 'Type to find.',
  lookLight: 'light',
  lookDark: 'dark',
  lookAuto: 'as the system',
  look: 'Colors',
  basketsSetAside: (place: string) =>
    `Baskets that were in hand before could not be read and were put aside as ${place.split(/[\\/]/).at(-1) ?? place}. Enter them again; every posted receipt is on record.`,
  notAnswering:
    'The till program is not answering. What you typed is kept. This screen goes on by itself when it is back.',
  otherLaunch: 'The till program was started again. Open the address that it shows now; the basket is kept.',
  unavailable: 'The till cannot take payments',
  notFoundTitle: 'Nothing here',
  notFound: 'There is no such screen, or it does not belong to your role. F1 opens the menu.',
  results: (count: number, isCut: boolean) =>
    isCut ? `The first ${count} results` : count === 1 ? '1 result' : `${count} results`,
} as const

const LEVELS = [
  'nearly empty',
  'low',
  'low',
  'a third',
  'under half',
  'half',
  'over half',
  'two thirds',
  'four fifths',
  'nearly full',
]

/** The drawer's level in words, with what to do about it; coarse on purpose, since the drawer is counted blind. */
export function levelLabels({
  tenths,
  state,
  lifted,
}: Pick<DrawerLevel, 'tenths' | 'state' | 'lifted'>): string {
  if (state === 'full') return 'full, no cash'
  if (lifted) return 'over limit, turn cash in'
  if (state === 'warn') return 'turn cash in'
  return LEVELS[Math.min(tenths, LEVELS.length - 1)] ?? 'low'
}

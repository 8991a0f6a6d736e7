import { describe, expect, it } from 'vitest'
import { newsOf, seenOf } from '../../renderer/features/receipt/basket/account-news.ts'
import {
  addAccount,
  draftOf,
  emptyDraft,
  keptOf,
  withFirstSight,
  withoutLine,
  withSeen,
} from '../../renderer/features/receipt/basket/basket.ts'
import type { AccountView } from '../../shared/contract/account.ts'
import { cents } from '../../shared/money.ts'
import type { BusinessDate } from '../../shared/time.ts'

const ACCOUNT = '018f3c2e-0000-7000-8000-000000000001'

function item(no: number, openCents: number): AccountView['items'][number] {
  return {
    itemId: `018f3c2e-0000-7000-8000-00000000001${no}`,
    accountId: ACCOUNT,
    service: 'water',
    serviceOrder: no,
    isPenalty: false,
    dueDate: '2026-12-01' as BusinessDate,
    openCents: cents(openCents),
    glAccount: '400-1000',
  }
}

const WAS: AccountView = {
  accountId: ACCOUNT,
  number: '10-1',
  name: 'A. Smith',
  address: '12 Elm St',
  phones: [],
  status: 'open',
  cashOnly: false,
  creditCents: cents(0),
  note: '',
  asOfMs: 0,
  items: [item(1, 4_210)],
  centralBalanceCents: cents(4_210),
  pendingCents: cents(0),
  balanceCents: cents(4_210),
  pastDue: false,
}
const CLOSED = 'Closed since it was added: it takes no payment. Remove it.'

interface Case {
  what: string
  was?: Partial<AccountView>
  now: Partial<AccountView> | null
  said: string[]
}

const CASES: readonly Case[] = [
  { what: 'nothing changed', now: {}, said: [] },
  { what: 'only the moment of the figures changed', now: { asOfMs: 9, note: 'called' }, said: [] },
  {
    what: 'it is not there any more',
    now: null,
    said: ['The billing system has no such account any more. Remove it.'],
  },
  { what: 'it was closed', now: { status: 'closed' }, said: [CLOSED] },
  {
    what: 'it was closed and renamed and owes nothing',
    now: { status: 'closed', name: 'B. Jones', balanceCents: cents(0), items: [] },
    said: [CLOSED],
  },
  {
    what: 'it was closed when it was put in',
    was: { status: 'closed' },
    now: { status: 'closed' },
    said: [],
  },
  { what: 'it was opened again', was: { status: 'closed' }, now: {}, said: [] },
  { what: 'it was renamed', now: { name: 'B. Jones' }, said: ['Renamed: was A. Smith.'] },
  { what: 'it has another address', now: { address: '9 Oak St' }, said: ['Another address: was 12 Elm St.'] },
  {
    what: 'it takes no checks any more',
    now: { cashOnly: true },
    said: ['Takes no checks any more. Ask for cash, a card or a money order.'],
  },
  {
    what: 'it owes more',
    now: { balanceCents: cents(8_420), items: [item(1, 4_210), item(2, 4_210)] },
    said: ['Balance is now 84.20, was 42.10.'],
  },
  {
    what: 'it has a credit by now',
    now: { balanceCents: cents(-500), items: [] },
    said: ['Balance is now 5.00 credit, was 42.10.'],
  },
  {
    what: 'it was billed anew to the same sum',
    now: { items: [item(3, 4_210)] },
    said: ['Its bills have changed, their sum has not. Look at what is paid.'],
  },
  {
    what: 'it was renamed, moved, and owes more',
    now: { name: 'B. Jones', address: '9 Oak St', balanceCents: cents(8_420) },
    said: ['Renamed: was A. Smith.', 'Another address: was 12 Elm St.', 'Balance is now 84.20, was 42.10.'],
  },
]

describe('an account that changes while it is in the basket', () => {
  it.each(CASES)('$what', ({ was, now, said }) => {
    const seen = seenOf({ ...WAS, ...was })
    expect(newsOf({ seen, balanceCents: WAS.balanceCents }, now && { ...WAS, ...now })).toEqual(said)
  })

  it('of a basket that was kept before anything was remembered, only the balance is compared', () => {
    const now = { ...WAS, name: 'B. Jones', balanceCents: cents(8_420) }
    expect(newsOf({ seen: null, balanceCents: WAS.balanceCents }, now)).toEqual([
      'Balance is now 84.20, was 42.10.',
    ])
    expect(newsOf({ seen: null, balanceCents: null }, now)).toEqual([])
  })

  const owing = { accountId: ACCOUNT, payCents: cents(4_210), balanceCents: cents(4_210) }
  const added = withFirstSight(addAccount(emptyDraft(), owing), WAS)

  it('it is remembered as it was first seen, through suspending and resuming', () => {
    const later = withFirstSight(added, { ...WAS, name: 'B. Jones', balanceCents: cents(1) })
    const resumed = draftOf({ ...keptOf(later), revision: 3 })
    expect(resumed.seen).toEqual([seenOf(WAS)])
    expect(resumed.lines).toMatchObject([{ balanceCents: 4_210 }])
  })

  it('what was read is not said again', () => {
    const now = { ...WAS, name: 'B. Jones', balanceCents: cents(8_420) }
    const [seen] = withSeen(added, now).seen
    expect(newsOf({ seen: seen ?? null, balanceCents: now.balanceCents }, now)).toEqual([])
  })

  it('what was remembered goes away with its line', () => {
    expect(withoutLine(added, 0).seen).toEqual([])
  })
})

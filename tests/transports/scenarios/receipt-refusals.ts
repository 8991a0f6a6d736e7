/** Everything for which the Window says that it takes no money. */

import type { TillClient } from '../../../shared/contract/index.ts'
import type { LineInput, TenderInput } from '../../../shared/contract/receipt.ts'
import { newId } from '../../../shared/id.ts'
import { cents, ZERO } from '../../../shared/money.ts'
import type { NotedPiece } from '../../../shared/rules/cash/noted-pieces.ts'
import { HOUR_MS } from '../../support/clock.ts'
import {
  accountLine,
  card as anyCard,
  cash,
  cashOnlyAccount,
  catalogLine,
  check,
  closedAccount,
  ordinaryAccount,
  pay,
  receiptInput,
} from '../../support/desk.ts'
import { saveTender } from '../../support/office.ts'
import { clientOf, signInAt, type TestTill } from '../../support/screens.ts'
import { endSession, openDrawerOf } from '../at-the-desk.ts'

const TEN = cents(1_000)

interface Parts {
  lines?: LineInput[]
  tenders?: TenderInput[]
  totalCents?: typeof TEN
  pieces?: NotedPiece[]
}

/** A cashier with an open drawer posts ten dollars on an ordinary account, with something changed. */
async function post(till: TestTill, parts: Parts | ((client: TillClient) => Promise<Parts>)) {
  const { client } = await openDrawerOf(till, 'cashier')
  const given = typeof parts === 'function' ? await parts(client) : parts
  const lines = given.lines ?? [accountLine(await ordinaryAccount(), TEN)]
  const input = receiptInput(lines, given.tenders ?? [cash(TEN)], given.totalCents ?? TEN)
  return client.receipt.post(given.pieces === undefined ? input : { ...input, pieces: given.pieces })
}

const oneNoteOf = (dollars: number): NotedPiece[] => [
  { valueCents: cents(dollars * 100), kind: 'note', taken: 1, given: 0 },
]

export const postRefusals = {
  NO_OPEN_SESSION: async (till: TestTill) => {
    const client = await clientOf(till, 'cashier')
    await endSession(client, 'cashier')
    return pay(client, TEN)
  },
  SESSION_COUNTED: async (till: TestTill) => {
    const { client } = await openDrawerOf(till, 'cashier')
    const count = { pieces: [], items: [], extraItems: [], slips: [] }
    await client.session.count({ commandId: newId(), count })
    return pay(client, TEN)
  },
  CASH_LIMIT_REACHED: async (till: TestTill) => {
    const { client } = await openDrawerOf(till, 'cashier', cents(250_000))
    return pay(client, TEN)
  },
  SESSION_TOO_OLD: async (till: TestTill) => {
    await openDrawerOf(till, 'cashier')
    till.clock.advance(24 * HOUR_MS)
    const screen = till.screen()
    await signInAt(screen, 'cashier')
    return pay(screen.client, TEN)
  },
  NO_LINES: (till: TestTill) => post(till, { lines: [] }),
  NO_TENDER: (till: TestTill) => post(till, { tenders: [] }),
  UNKNOWN_ACCOUNT: (till: TestTill) =>
    post(till, { lines: [{ kind: 'account', accountId: newId(), cents: TEN, overrides: [] }] }),
  ACCOUNT_TWICE: async (till: TestTill) => {
    const line = accountLine(await ordinaryAccount(), cents(500))
    return post(till, { lines: [line, line] })
  },
  ACCOUNT_CLOSED: async (till: TestTill) => post(till, { lines: [accountLine(await closedAccount(), TEN)] }),
  UNKNOWN_CATALOG_ITEM: (till: TestTill) =>
    post(till, async client => {
      const line = await catalogLine(client, 'DEMO')
      return { lines: [{ ...line, catalogItemId: newId() } as LineInput] }
    }),
  PRICE_NOT_VALID: (till: TestTill) =>
    post(till, async client => ({ lines: [await catalogLine(client, 'DEMO', { priceCents: TEN })] })),
  REFERENCE_MISSING: (till: TestTill) =>
    post(till, async client => ({ lines: [await catalogLine(client, 'DEMO', { reference: '' })] })),
  LINE_NOT_POSITIVE: async (till: TestTill) =>
    post(till, { lines: [accountLine(await ordinaryAccount(), ZERO)], totalCents: ZERO }),
  ALLOCATION_NOT_VALID: async (till: TestTill) => {
    const line = accountLine(await ordinaryAccount(), TEN)
    return post(till, { lines: [{ ...line, overrides: [{ itemId: newId(), cents: TEN }] } as LineInput] })
  },
  TENDER_NOT_ACCEPTED: (till: TestTill) =>
    post(till, { tenders: [{ ...cash(TEN), tender: 'ach', reference: '1' }] }),
  TENDER_NOT_POSITIVE: (till: TestTill) => post(till, { tenders: [cash(TEN), cash(ZERO)] }),
  TENDER_DETAIL_WRONG: (till: TestTill) =>
    post(till, { tenders: [check(TEN, { routingNumber: '111000026' })] }),
  TENDER_FROM_NEXT_SESSION: (till: TestTill) =>
    post(till, async () => {
      const administrator = await clientOf(till, 'administrator')
      const types = await administrator.setup.tenders()
      const card = types.find(type => type.tender === 'card')
      if (card === undefined) throw new Error('This city takes no cards')
      // Each time another one: a type that was there when the drawer was opened is taken.
      const tender = `card-${types.length}`
      const type = { ...card, tender, name: `Terminal ${types.length}` }
      await saveTender(administrator, type)
      return { tenders: [{ ...anyCard(TEN), tender }] }
    }),
  BALANCE_CHANGED: async (till: TestTill) => {
    const line = accountLine(await ordinaryAccount(), TEN)
    return post(till, { lines: [{ ...line, balanceCents: cents(1) } as typeof line] })
  },
  CASH_ONLY: async (till: TestTill) =>
    post(till, { lines: [accountLine(await cashOnlyAccount(), TEN)], tenders: [check(TEN)] }),
  TEXT_NOT_ALLOWED: (till: TestTill) =>
    post(till, { tenders: [check(TEN, { reference: '4111111111111111' })] }),
  TOTAL_CHANGED: (till: TestTill) => post(till, { totalCents: cents(999) }),
  UNDER_TENDERED: (till: TestTill) => post(till, { tenders: [cash(cents(999))] }),
  CHANGE_NOT_ALLOWED: (till: TestTill) => post(till, { tenders: [check(cents(1_100))] }),
  CHANGE_TOO_LARGE: (till: TestTill) => post(till, { tenders: [cash(cents(10_000 + TEN))] }),
  COUNT_NOT_VALID: (till: TestTill) => post(till, { pieces: oneNoteOf(3) }),
  PIECES_DIFFER: (till: TestTill) => post(till, { pieces: oneNoteOf(20) }),
}

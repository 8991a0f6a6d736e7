/** What a cashier does in a day, as commands to the contract. */
import { namedId } from '../../db/accounts/named-id.ts'
import type { CountInput } from '../../shared/contract/drawer.ts'
import type { TillClient } from '../../shared/contract/index.ts'
import type { LineInput, TenderInput } from '../../shared/contract/receipt.ts'
import { cents } from '../../shared/money.ts'
import { US_DENOMINATIONS } from '../../shared/rules/denominations.ts'
import { CASHIER, LEAD, type LedgerTill, pinOf, SUPERVISOR } from './ledger-till.ts'

export const catalogItemId = (code: string): string => namedId('catalog-item', code)
export const drawerId = (name = 'Window 1'): string => namedId('drawer', name)
export const bankAccountId = namedId('bank-account', 'Utility operating')

const NOTHING = {
  reference: '',
  routingNumber: null,
  accountLast4: null,
  accountHash: null,
  cardBrand: null,
  cardLast4: null,
  approvalCode: null,
}

/** What a customer hands over, complete enough to be accepted. */
export function tenderOf(tender: TenderInput['tender'], amount: number): TenderInput {
  const plain = { tender, ...NOTHING, cents: cents(amount) }
  if (tender === 'check')
    return {
      ...plain,
      reference: '1041',
      routingNumber: '111000025',
      accountLast4: '2251',
      accountHash: 'c4'.repeat(32),
    }
  if (tender === 'money-order') return { ...plain, reference: 'MO 77' }
  if (tender === 'card') return { ...plain, cardBrand: 'Visa', cardLast4: '4242', approvalCode: 'A1B2' }
  return plain
}

/** A line for something without an account, of any amount. */
export function miscLine(amount: number): LineInput {
  return {
    kind: 'catalog',
    catalogItemId: catalogItemId('MISC'),
    quantity: 1,
    priceCents: cents(amount),
    baseCents: null,
    reference: 'Found in the lobby',
  }
}

export function accountLine(accountId: string, amount: number): LineInput {
  return { kind: 'account', accountId, cents: cents(amount), overrides: [] }
}

/** 200.00 in notes and coins. */
export const FLOAT = [
  { valueCents: cents(2_000), kind: 'note' as const, pieces: 5, bundles: 0 },
  { valueCents: cents(500), kind: 'note' as const, pieces: 16, bundles: 0 },
  { valueCents: cents(25), kind: 'coin' as const, pieces: 40, bundles: 1 },
]

export async function openDrawer(till: LedgerTill, name: string, drawer = 'Window 1'): Promise<string> {
  const opened = await till.as(name).drawer.open({
    commandId: till.newId(),
    drawerId: drawerId(drawer),
    pieces: FLOAT,
  })
  return opened.sessionId
}

export async function postCash(till: LedgerTill, client: TillClient, amount: number): Promise<string> {
  const posted = await client.receipt.post({
    commandId: till.newId(),
    lines: [miscLine(amount)],
    tenders: [tenderOf('cash', amount)],
    totalCents: cents(amount),
  })
  return posted.receiptId
}

/** Pieces that come to an amount, the largest first. */
export function piecesFor(amount: number): CountInput['pieces'] {
  let rest = amount
  return US_DENOMINATIONS.flatMap(({ valueCents, kind }) => {
    const pieces = Math.floor(rest / valueCents)
    rest -= pieces * valueCents
    return pieces === 0 ? [] : [{ valueCents, kind, pieces, bundles: 0 }]
  })
}

/** A count that finds every paper, and these amounts of cash and slips. */
export async function countOf(
  client: TillClient,
  found: { cash: number; card: number },
): Promise<CountInput> {
  const sheet = await client.drawer.countSheet()
  return {
    pieces: piecesFor(found.cash),
    items: sheet.items.map(({ receiptId, tenderNo }) => ({ receiptId, tenderNo })),
    extraItems: [],
    slips: found.card === 0 ? [] : [{ tender: 'card', cents: cents(found.card) }],
  }
}

export const approvalBy = (till: LedgerTill, name = SUPERVISOR) => ({
  personId: till.personId(name),
  pin: pinOf(name),
})

/** Makes up a deposit of closed sessions, and has another person verify it. */
export async function depositSessions(
  till: LedgerTill,
  sessionIds: string[],
  bagNumber: string,
): Promise<string | null> {
  const lead = till.as(LEAD)
  const waiting = await lead.deposit.waiting()
  const parts = waiting.filter(session => sessionIds.includes(session.sessionId))
  const cash = parts.reduce((total, part) => total + part.cashCents, 0)
  const items = parts.reduce((total, part) => total + part.itemsCents, 0)
  if (cash + items === 0) return null
  const { depositId } = await lead.deposit.makeUp({
    commandId: till.newId(),
    bankAccountId,
    sessionIds,
    pieces: piecesFor(cash),
    bagNumber,
  })
  await lead.deposit.verify({ commandId: till.newId(), depositId, approval: approvalBy(till) })
  return depositId
}

/**
 * A whole day with something of everything: accounts and catalog, every tender, a void, a recount that
 * differs, an explained close, a deposit. Gives the ids of its receipts.
 */
export async function fullDay(till: LedgerTill): Promise<{ receiptIds: string[]; sessionId: string }> {
  const sessionId = await openDrawer(till, CASHIER)
  const cashier = till.as(CASHIER)
  const account = till.backend.accounts
    .findAccounts('0', 40)
    .find(one => one.status === 'open' && !one.cashOnly)
  if (!account) throw new Error('No account that takes checks')
  const post = (lines: LineInput[], tenders: TenderInput[], total: number) =>
    cashier.receipt.post({ commandId: till.newId(), lines, tenders, totalCents: cents(total) })
  const receipts = [
    await post([accountLine(account.accountId, 7_684)], [tenderOf('cash', 10_000)], 7_684),
    await post(
      [accountLine(account.accountId, 5_000), miscLine(1_250)],
      [tenderOf('check', 5_000), tenderOf('card', 1_250)],
      6_250,
    ),
    await post([miscLine(2_000)], [tenderOf('money-order', 1_500), tenderOf('cash', 500)], 2_000),
    await post([miscLine(999)], [tenderOf('cash', 1_000)], 999),
  ]
  const receiptIds = receipts.map(receipt => receipt.receiptId)
  await cashier.receipt.print({ receiptId: receiptIds[0] ?? '' })
  await cashier.receipt.void({
    commandId: till.newId(),
    receiptId: receiptIds[3] ?? '',
    reason: 'Keyed twice',
    approval: approvalBy(till),
  })
  const count = await countOf(cashier, { cash: 20_000 + 7_684 + 500 - 100, card: 1_250 })
  await cashier.drawer.count({ commandId: till.newId(), count })
  await cashier.drawer.count({ commandId: till.newId(), count })
  await cashier.drawer.close({
    commandId: till.newId(),
    reason: 'A dollar was given too much',
    approval: approvalBy(till),
  })
  await depositSessions(till, [sessionId], 'BAG 1')
  return { receiptIds, sessionId }
}

/** What a cashier does in a day, as commands to the contract. */
import { namedId } from '../../db/accounts/named-id.ts'
import type { CountInput } from '../../shared/contract/drawer.ts'
import type { TillClient } from '../../shared/contract/index.ts'
import type { LineInput, TenderInput } from '../../shared/contract/receipt.ts'
import { cents } from '../../shared/money.ts'
import { US_DENOMINATIONS } from '../../shared/rules/denominations.ts'
import { ADMINISTRATOR, CASHIER, LEAD, type LedgerTill, pinOf, SUPERVISOR } from './ledger-till.ts'

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

/** Lets drawers hold any amount of cash, for days that are about something else. */
export async function liftLimits(till: LedgerTill): Promise<void> {
  const administrator = till.as(ADMINISTRATOR)
  for (const drawer of await administrator.setup.drawers())
    await administrator.setup.saveDrawer({
      commandId: till.newId(),
      drawer: { ...drawer, limitCents: cents(0) },
    })
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
  if (parts.length === 0) return null
  const cash = parts.reduce((total, part) => total + part.cashCents, 0)
  const items = parts.reduce((total, part) => total + part.itemsCents, 0)
  const { depositId } = await lead.deposit.makeUp({
    commandId: till.newId(),
    bankAccountId,
    parts: parts.map(({ sessionId, partNo }) => ({ sessionId, partNo })),
    pieces: piecesFor(cash),
    bagNumber,
  })
  await lead.deposit.verify({
    commandId: till.newId(),
    depositId,
    pieces: piecesFor(cash),
    itemCount: parts.reduce((count, part) => count + part.itemCount, 0),
    itemsCents: cents(items),
    reason: '',
    approval: approvalBy(till),
  })
  return depositId
}

const FIVE = { valueCents: cents(500), kind: 'note' as const }

/** 50.00 and the check to the safe, 3.00 paid out, ten fives against the fifty, a no-sale; the safe is a five short. */
async function moveMoney(till: LedgerTill): Promise<void> {
  const cashier = till.as(CASHIER)
  const signed = { ownPin: pinOf(CASHIER), approval: approvalBy(till) }
  const sheet = await cashier.movement.sheet()
  const checks = sheet.items.filter(item => item.tender === 'check')
  const fifty = piecesFor(5_000)
  const fives = [{ ...FIVE, pieces: 10, bundles: 0 }]
  const moved = { pieces: fifty, items: checks.map(({ receiptId, tenderNo }) => ({ receiptId, tenderNo })) }
  await cashier.movement.turnIn({ commandId: till.newId(), given: moved, taken: moved, ...signed })
  await cashier.movement.noSale({
    commandId: till.newId(),
    reason: 'A roll of quarters for the next counter',
  })
  await cashier.movement.pay({
    commandId: till.newId(),
    direction: 'out',
    category: 'Petty cash',
    reason: 'Stamps',
    paper: 'V-118',
    cents: cents(300),
    pieces: piecesFor(300),
  })
  await cashier.movement.exchange({ commandId: till.newId(), given: fives, taken: fifty, ...signed })
  await till.as(LEAD).safe.count({
    commandId: till.newId(),
    pieces: [{ ...FIVE, pieces: 9, bundles: 0 }],
    reason: 'A five is missing',
    ownPin: pinOf(LEAD),
    approval: approvalBy(till),
  })
}

/** A verified deposit up to the bank's credit, with a cent that the bank found too little. */
async function bringToBank(till: LedgerTill, depositId: string | null): Promise<void> {
  if (depositId === null) throw new Error('Nothing to deposit')
  const lead = till.as(LEAD)
  const { foundCents, bagNumber, businessDate } = await lead.deposit.get({ depositId })
  const step = () => ({ commandId: till.newId(), depositId })
  await lead.deposit.seal({ ...step(), bagNumber, sealNumber: 'S 7741' })
  await lead.deposit.handOver({ ...step(), carrier: 'Plains Armored', signatureName: 'T. Boyd' })
  const found = { cents: cents(foundCents - 1), reason: 'A cent short at the bank' }
  await lead.deposit.validate({ ...step(), slipNumber: '0098-1', bankDate: businessDate, ...found })
  await lead.deposit.credit({ ...step(), creditDate: businessDate, ...found, reason: '' })
}

/**
 * A whole day with something of everything: accounts and catalog, every tender, a void, money moved to the safe and
 * elsewhere, a recount that differs, an explained close, a deposit up to its credit. Gives the ids of its receipts.
 */
export async function fullDay(till: LedgerTill): Promise<{ receiptIds: string[]; sessionId: string }> {
  const sessionId = await openDrawer(till, CASHIER)
  const cashier = till.as(CASHIER)
  const account = till.backend.accounts
    .findAccounts('0', 40)
    .find(one => one.status === 'open' && !one.cashOnly)
  if (!account) throw new Error('No account that takes checks')
  const post = (lines: LineInput[], tenders: TenderInput[], total: number) => {
    const pieces = total === 2_000 ? [{ ...FIVE, taken: 1, given: 0 }] : []
    return cashier.receipt.post({ commandId: till.newId(), lines, tenders, totalCents: cents(total), pieces })
  }
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
  await moveMoney(till)
  const count = await countOf(cashier, { cash: 20_000 + 7_684 + 500 - 5_000 - 300 - 100, card: 1_250 })
  await cashier.drawer.count({ commandId: till.newId(), count })
  await cashier.drawer.count({ commandId: till.newId(), count })
  await cashier.drawer.close({
    commandId: till.newId(),
    reason: 'A dollar was given too much',
    approval: approvalBy(till),
  })
  await bringToBank(till, await depositSessions(till, [sessionId], 'BAG 1'))
  return { receiptIds, sessionId }
}

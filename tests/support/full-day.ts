/** A whole day with something of everything, at one drawer: from its change fund to the bank's credit. */
import type { TillClient } from '../../shared/contract/index.ts'
import type { LineInput, TenderInput } from '../../shared/contract/receipt.ts'
import { newId } from '../../shared/id.ts'
import { type Cents, cents } from '../../shared/money.ts'
import {
  accountLine,
  approvalBy,
  CHANGE_FUND,
  card,
  cash,
  catalogLine,
  check,
  countDrawer,
  moneyOrder,
  openDrawer,
  ordinaryAccount,
  piecesOf,
  receiptInput,
} from './desk.ts'
import { clientOf } from './screens.ts'
import type { Who } from './template.ts'
import type { OpenTill } from './till.ts'

const FIVE = { valueCents: cents(500), kind: 'note' as const }

const signedBy = (who: Who) => ({ ownPin: approvalBy(who).pin, approval: approvalBy('supervisor') })

/** 50.00 and the check to the safe, 3.00 paid out, ten fives against the fifty, a no-sale; the safe is a five short. */
async function moveMoney(cashier: TillClient, lead: TillClient): Promise<void> {
  const signed = signedBy('cashier')
  const sheet = await cashier.movement.sheet()
  const checks = sheet.items.filter(item => item.tender === 'check')
  const fifty = piecesOf(cents(5_000))
  const fives = [{ ...FIVE, pieces: 10, bundles: 0 }]
  const moved = { pieces: fifty, items: checks.map(({ receiptId, tenderNo }) => ({ receiptId, tenderNo })) }
  await cashier.movement.turnIn({ commandId: newId(), given: moved, taken: moved, ...signed })
  await cashier.movement.noSale({ commandId: newId(), reason: 'A roll of quarters for the next counter' })
  await cashier.movement.pay({
    commandId: newId(),
    direction: 'out',
    category: 'Petty cash',
    reason: 'Stamps',
    documentNumber: 'V-118',
    cents: cents(300),
    pieces: piecesOf(cents(300)),
  })
  await cashier.movement.exchange({ commandId: newId(), given: fives, taken: fifty, ...signed })
  await lead.safe.count({
    commandId: newId(),
    pieces: [{ ...FIVE, pieces: 9, bundles: 0 }],
    reason: 'A five is missing',
    ...signedBy('lead'),
  })
}

/** All that waits in one verified deposit. */
async function verifiedDeposit(lead: TillClient): Promise<string> {
  const waiting = await lead.deposit.waiting()
  const summed = (of: (part: (typeof waiting)[number]) => number) =>
    waiting.reduce((total, part) => total + of(part), 0)
  const pieces = piecesOf(cents(summed(part => part.cashCents)))
  const bank = (await lead.setup.bankAccounts()).find(({ name }) => name === 'Utility operating')
  const { depositId } = await lead.deposit.makeUp({
    commandId: newId(),
    bankAccountId: bank?.bankAccountId ?? '',
    parts: waiting.map(({ sessionId, partNo }) => ({ sessionId, partNo })),
    pieces,
    bagNumber: 'BAG 1',
  })
  await lead.deposit.verify({
    commandId: newId(),
    depositId,
    pieces,
    itemCount: summed(part => part.itemCount),
    itemsCents: cents(summed(part => part.itemsCents)),
    reason: '',
    approval: approvalBy('supervisor'),
  })
  return depositId
}

/** A verified deposit up to the bank's credit, with a cent that the bank found too little. */
async function bringToBank(lead: TillClient, depositId: string): Promise<void> {
  const { foundCents, bagNumber, businessDate } = await lead.deposit.get({ depositId })
  const step = () => ({ commandId: newId(), depositId })
  await lead.deposit.seal({ ...step(), bagNumber, sealNumber: 'S 7741' })
  await lead.deposit.release({ ...step(), carrier: 'Plains Armored', signatureName: 'T. Boyd' })
  const found = { cents: cents(foundCents - 1), reason: 'A cent short at the bank' }
  await lead.deposit.validate({ ...step(), slipNumber: '0098-1', bankDate: businessDate, ...found })
  await lead.deposit.credit({ ...step(), creditDate: businessDate, ...found, reason: '' })
}

/** Four customers: cash with change, a check with a card, a money order with a five, and one that is voided. */
async function fourReceipts(cashier: TillClient): Promise<string[]> {
  const misc = (amount: number) => catalogLine(cashier, 'MISC', { priceCents: cents(amount) })
  const bill = (amount: number, account: Awaited<ReturnType<typeof ordinaryAccount>>) =>
    accountLine(account, cents(amount))
  const account = await ordinaryAccount()
  const post = async (lines: LineInput[], tenders: TenderInput[], total: Cents) => {
    const pieces = total === 2_000 ? { pieces: [{ ...FIVE, taken: 1, given: 0 }] } : {}
    return (await cashier.receipt.post({ ...receiptInput(lines, tenders, total), ...pieces })).receiptId
  }
  return [
    await post([bill(7_684, account)], [cash(cents(10_000))], cents(7_684)),
    await post(
      [bill(5_000, account), await misc(1_250)],
      [check(cents(5_000)), card(cents(1_250))],
      cents(6_250),
    ),
    await post([await misc(2_000)], [moneyOrder(cents(1_500)), cash(cents(500))], cents(2_000)),
    await post([await misc(999)], [cash(cents(1_000))], cents(999)),
  ]
}

/**
 * A whole day with something of everything: accounts and catalog, every tender, a void, money moved to the safe and
 * elsewhere, a recount that differs, an explained close, a deposit up to its credit, and the next session, which finds a dollar less than was left. Gives the ids of its receipts.
 */
export async function fullDay(till: OpenTill): Promise<{ receiptIds: string[]; sessionId: string }> {
  const cashier = await clientOf(till, 'cashier')
  const lead = await clientOf(till, 'lead')
  const { sessionId } = await openDrawer(cashier)
  const receiptIds = await fourReceipts(cashier)
  const [first = '', , , last = ''] = receiptIds
  await cashier.receipt.print({ receiptId: first })
  await cashier.receipt.void({
    commandId: newId(),
    receiptId: last,
    reason: 'Keyed twice',
    approval: approvalBy('supervisor'),
  })
  await moveMoney(cashier, lead)
  const left = cents(CHANGE_FUND + 7_684 + 500 - 5_000 - 300 - 100)
  const cards = [{ tender: 'card', cents: cents(1_250) }]
  await countDrawer(cashier, left, cards)
  await countDrawer(cashier, left, cards)
  await cashier.session.close({
    commandId: newId(),
    reason: 'A dollar was given too much',
    approval: approvalBy('supervisor'),
  })
  await bringToBank(lead, await verifiedDeposit(lead))
  const nextFund = cents(CHANGE_FUND - 100)
  await openDrawer(cashier, 'Window 1', nextFund)
  await countDrawer(cashier, nextFund)
  return { receiptIds, sessionId }
}

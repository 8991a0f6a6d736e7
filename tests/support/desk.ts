/** What people do at the counter, as plain calls of the contract: alike through every transport. */

import { sealHash } from '../../electron/backend/request/check-seal.ts'
import type { AccountWithItems } from '../../shared/account.ts'
import type { TillClient } from '../../shared/contract/index.ts'
import type { LineInput, TenderInput } from '../../shared/contract/receipt.ts'
import type { CountInput } from '../../shared/contract/session-fields.ts'
import { newId, newSalt } from '../../shared/id.ts'
import { type Cents, cents, sum, ZERO } from '../../shared/money.ts'
import { type PieceCount, US_DENOMINATIONS } from '../../shared/rules/cash/denominations.ts'
import { makeChange } from '../../shared/rules/cash/make-change.ts'
import { CASH, type Tender, type TenderDetails } from '../../shared/tenders.ts'
import { saveDrawer } from './office.ts'
import { samplePerson, sampleTemplate, TILL_KEY, type Who } from './template.ts'

/** The change fund of the sample's drawers. */
export const CHANGE_FUND: Cents = cents(20_000)
/** A routing number that passes, and the number of a check that nobody wrote. */
export const ROUTING = '111000025'

/** Accounts of the sample city by what is special about them, each time the same. */
export async function accountWhere(is: (one: AccountWithItems) => boolean, index = 0) {
  const found = (await sampleTemplate()).accounts.filter(is)[index]
  if (!found) throw new Error('The sample city has no such account')
  return found
}

const isOrdinary = ({ account, items }: AccountWithItems): boolean =>
  account.status === 'open' && !account.cashOnly && account.creditCents === 0 && items.length > 1

/** An account that owes something and may pay with anything. */
export const ordinaryAccount = (index = 0) => accountWhere(isOrdinary, index)
export const cashOnlyAccount = () =>
  accountWhere(({ account, items }) => account.cashOnly && account.status === 'open' && items.length > 0)
export const closedAccount = () => accountWhere(({ account }) => account.status === 'closed')

export const owed = ({ items }: AccountWithItems): Cents => sum(items.map(item => item.openCents))

type MadePiece = ReturnType<typeof makeChange>[number]

const change = new Map<Cents, readonly MadePiece[]>()

/** Change of an amount; worked out once, since tests ask for the same few amounts thousands of times. */
function changeOf(amount: Cents): readonly MadePiece[] {
  const made = change.get(amount) ?? makeChange(amount, US_DENOMINATIONS)
  change.set(amount, made)
  return made
}

/** Pieces that come to an amount, as few as may be. */
export function piecesOf(amount: Cents): PieceCount[] {
  return changeOf(amount).map(({ valueCents, kind, pieces }) => ({ valueCents, kind, pieces, bundles: 0 }))
}

export async function drawerId(client: TillClient, name = 'Window 1'): Promise<string> {
  const found = (await client.setup.drawers()).find(drawer => drawer.name === name)
  if (!found) throw new Error(`No drawer ${name}`)
  return found.drawerId
}

/** Lets drawers hold any amount of cash, for days that are about something else. */
export async function liftLimits(administrator: TillClient): Promise<void> {
  for (const drawer of await administrator.setup.drawers())
    await saveDrawer(administrator, { ...drawer, limitCents: ZERO })
}

interface OpeningCount {
  drawerId: string
  pieces: PieceCount[]
}

/** Counted, and once more where it is asked for; null where it is not what was left. */
async function counted(client: TillClient, input: OpeningCount) {
  const count = () => client.session.open({ commandId: newId(), ...input })
  const first = await count()
  return first.outcome === 'recount' ? (await count()).opened : first.opened
}

/** Opens a drawer on a count that is what was left in it, or that begins its first session. */
export async function openOn(client: TillClient, input: OpeningCount) {
  const opened = await counted(client, input)
  if (opened === null) throw new Error('The count is not what was left in the drawer')
  return opened
}

/** Opens a drawer on a change fund, whatever was left in it; another person approves where that was not it. */
export async function openDrawer(client: TillClient, name = 'Window 1', changeFund = CHANGE_FUND) {
  const input = { drawerId: await drawerId(client, name), pieces: piecesOf(changeFund) }
  const opened = await counted(client, input)
  if (opened !== null) return opened
  const isLead = (await client.till.state()).person?.personId === samplePerson('lead').personId
  return client.session.openDifferent({
    commandId: newId(),
    drawerId: input.drawerId,
    fundCents: null,
    reason: 'Found so',
    approval: approvalBy(isLead ? 'supervisor' : 'lead'),
  })
}

export function accountLine({ account }: AccountWithItems, amount: Cents): LineInput {
  return { kind: 'account', accountId: account.accountId, cents: amount, overrides: [] }
}

export async function catalogLine(client: TillClient, code: string, more: Partial<LineInput> = {}) {
  const item = (await client.setup.catalog()).find(candidate => candidate.code === code)
  if (!item) throw new Error(`No catalog item ${code}`)
  return {
    kind: 'catalog' as const,
    catalogItemId: item.catalogItemId,
    quantity: 1,
    priceCents: null,
    baseCents: null,
    reference: 'P-2026-118',
    ...more,
  } as LineInput
}

export function cash(amount: Cents): TenderInput {
  return { tender: CASH, cents: amount, reference: '', details: {} }
}
/** A check as the till identified it; single details may be others, and its number. */
export function check(
  amount: Cents,
  { reference = '1042', ...details }: TenderDetails & { reference?: string } = {},
): TenderInput {
  const known = { routingNumber: ROUTING, accountLast4: '6789', ...details }
  const accountHash = details.accountHash ?? sealHash(TILL_KEY, known, 'ab'.repeat(32))
  return { tender: 'check', cents: amount, reference, details: { ...known, accountHash } }
}
export function card(amount: Cents, details: TenderDetails = {}): TenderInput {
  return {
    tender: 'card',
    cents: amount,
    reference: '',
    details: { cardBrand: 'Visa', cardLast4: '4242', approvalCode: 'OK1187', ...details },
  }
}
export function moneyOrder(amount: Cents): TenderInput {
  return { tender: 'money-order', cents: amount, reference: '88-1203', details: {} }
}

/** A receipt as the Window sends it. */
export function receiptInput(
  lines: LineInput[],
  tenders: TenderInput[],
  totalCents = sum(lines.flatMap(line => (line.kind === 'account' ? [line.cents] : []))),
) {
  return { commandId: newId(), salt: newSalt(), lines, tenders, totalCents }
}

/** Takes a payment for one account, in cash unless other tenders are given. */
export async function pay(
  client: TillClient,
  amount: Cents,
  { tenders = [cash(amount)], account }: { tenders?: TenderInput[]; account?: AccountWithItems } = {},
) {
  const line = accountLine(account ?? (await ordinaryAccount()), amount)
  return client.receipt.post(receiptInput([line], tenders))
}

/** Something without an account, of any amount, paid in cash; gives its receipt's id. */
export async function sell(client: TillClient, amount: Cents): Promise<string> {
  const line = await catalogLine(client, 'MISC', { priceCents: amount })
  return (await client.receipt.post(receiptInput([line], [cash(amount)], amount))).receiptId
}

/** A count of so much cash, every paper on the sheet, and slips as given. */
export async function countOf(
  client: TillClient,
  cashCents: Cents,
  slips: { tender: Tender; cents: Cents }[] = [],
): Promise<CountInput> {
  const { items } = await client.session.countSheet()
  return {
    pieces: piecesOf(cashCents),
    items: items.map(({ receiptId, tenderNo }) => ({ receiptId, tenderNo })),
    extraItems: [],
    slips,
  }
}

export async function countDrawer(
  client: TillClient,
  cashCents: Cents,
  slips: { tender: Tender; cents: Cents }[] = [],
) {
  return client.session.count({ commandId: newId(), count: await countOf(client, cashCents, slips) })
}

/** Two counts that differ from what is expected: the session waits for a reason. */
export async function countTwice(client: TillClient, cashCents: Cents) {
  await countDrawer(client, cashCents)
  return countDrawer(client, cashCents)
}

export function approvalBy(who: Who): { personId: string; pin: string } {
  const { personId, pin } = samplePerson(who)
  return { personId, pin }
}

/** A session with one payment in cash, closed with a match; gives its id and what goes to the bank. */
export async function closedSession(client: TillClient, amount = cents(5_000), drawer = 'Window 1') {
  const { sessionId, number } = await openDrawer(client, drawer)
  await pay(client, amount)
  const closed = await countDrawer(client, cents(CHANGE_FUND + amount))
  if (closed.outcome !== 'closed') throw new Error(`The sample drawer did not match: ${closed.outcome}`)
  return { sessionId, number, cashCents: amount, zNumber: closed.zNumber }
}

/** A deposit of one session in cash, made up by whoever asks. */
export async function madeUpDeposit(
  client: TillClient,
  session: { sessionId: string; cashCents: Cents },
  bagNumber = 'BAG-0001',
) {
  const [bank] = await client.setup.bankAccounts()
  return client.deposit.makeUp({
    commandId: newId(),
    bankAccountId: bank?.bankAccountId ?? '',
    parts: [{ sessionId: session.sessionId, partNo: 1 }],
    pieces: piecesOf(session.cashCents),
    bagNumber,
  })
}

/** The rest of a deposit's way: verified, sealed, given to the carrier, and credited as it was. */
export async function creditDeposit(client: TillClient, depositId: string, cashCents: Cents): Promise<void> {
  const step = () => ({ commandId: newId(), depositId })
  const { bagNumber, businessDate } = await client.deposit.get({ depositId })
  await client.deposit.verify({
    ...step(),
    pieces: piecesOf(cashCents),
    itemCount: 0,
    itemsCents: ZERO,
    reason: '',
    approval: approvalBy('supervisor'),
  })
  await client.deposit.seal({ ...step(), bagNumber, sealNumber: `S-${bagNumber}` })
  await client.deposit.release({ ...step(), carrier: 'Plains Armored', signatureName: 'T. Boyd' })
  const found = { cents: cashCents, reason: '' }
  await client.deposit.validate({ ...step(), slipNumber: '0098-1', bankDate: businessDate, ...found })
  await client.deposit.credit({ ...step(), creditDate: businessDate, ...found })
}

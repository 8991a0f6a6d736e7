/** What a deposit can be made up of: closed sessions' money that waits, all of a part of it, for its own bank account. */
import { beforeAll, expect, it } from 'vitest'
import type { TillClient } from '../../shared/contract/index.ts'
import { newId } from '../../shared/id.ts'
import type { BankAccount } from '../../shared/ledger/setup.ts'
import { type Cents, cents } from '../../shared/money.ts'
import type { PieceCount } from '../../shared/rules/cash/denominations.ts'
import {
  approvalBy,
  CHANGE_FUND,
  closedSession,
  countDrawer,
  countOf,
  madeUpDeposit,
  openDrawer,
  piecesOf,
} from '../support/desk.ts'
import { changeSettings, saveBankAccount } from '../support/office.ts'
import { refusedUnwritten } from '../support/refusals.ts'
import { type AtEnd, clientOf } from '../support/screens.ts'
import { type OpenTill, openTestTill } from '../support/till.ts'

type Input = Parameters<TillClient['deposit']['makeUp']>[0]

const FIFTY = cents(5_000)
const NO_SUCH: PieceCount[] = [{ valueCents: cents(300), kind: 'note', pieces: 1, bundles: 0 }]

interface Named {
  sessionId: string
  number: string
}

/** Sessions: two that wait, one for a bank account; one in a bag, one without money, one with a paper of 0.00; open and counted. */
interface Shop {
  till: OpenTill
  lead: TillClient
  operating: BankAccount
  permits: BankAccount
  shut: BankAccount
  sessions: Record<'waiting' | 'bound' | 'bagged' | 'empty' | 'worthless' | 'open' | 'counted', Named>
}

async function banksOf(administrator: TillClient) {
  const [operating, permits] = await administrator.setup.bankAccounts()
  if (!operating || !permits) throw new Error('The sample city has two bank accounts')
  const shut = {
    ...permits,
    bankAccountId: newId(),
    name: 'Shut',
    accountNumber: '7730094419',
    active: false,
  }
  await saveBankAccount(administrator, shut)
  return { operating, permits, shut }
}

/** Closes a drawer in which lay its change fund and a check without an amount, which is found both times. */
async function closeOnWorthless(client: TillClient): Promise<void> {
  const extraItems = [{ tender: 'check', reference: '7', cents: cents(0) }]
  const count = { ...(await countOf(client, CHANGE_FUND)), extraItems }
  for (let round = 1; round <= 2; round += 1) await client.session.count({ commandId: newId(), count })
  await client.session.close({ commandId: newId(), reason: 'Not filled in', approval: approvalBy('lead') })
}

async function openShop(atEnd: AtEnd): Promise<Shop> {
  const till = await openTestTill({ atEnd })
  const [administrator, cashier, lead, colleague, supervisor] = await Promise.all([
    clientOf(till, 'administrator'),
    clientOf(till, 'cashier'),
    clientOf(till, 'lead'),
    clientOf(till, 'colleague'),
    clientOf(till, 'supervisor'),
  ])
  const banks = await banksOf(administrator)
  const waiting = await closedSession(cashier, FIFTY)
  const bagged = await closedSession(cashier, FIFTY)
  await madeUpDeposit(lead, bagged, 'Bag One')
  const empty = await openDrawer(cashier)
  await countDrawer(cashier, CHANGE_FUND)
  const worthless = await openDrawer(cashier)
  await closeOnWorthless(cashier)
  const { bankAccountId } = banks.operating
  await changeSettings(administrator, { bankRules: [{ glPrefix: '999', bankAccountId }] })
  const bound = await closedSession(cashier, FIFTY)
  const open = await openDrawer(colleague, 'Window 2')
  const counted = await openDrawer(supervisor, 'Window 3')
  await countDrawer(supervisor, cents(CHANGE_FUND - 100))
  return { till, lead, ...banks, sessions: { waiting, bound, bagged, empty, worthless, open, counted } }
}

let shop: Shop

beforeAll(async () => {
  const endings: (() => Promise<void>)[] = []
  shop = await openShop(end => void endings.push(end))
  return async () => {
    for (const end of endings) await end()
  }
})

const part = ({ sessionId }: { sessionId: string }, partNo = 1) => ({ sessionId, partNo })

/** The waiting session's money for the bank account that is to have it, with something changed. */
const makeUp = (change: Partial<Input> = {}, amount: Cents = FIFTY) =>
  shop.lead.deposit.makeUp({
    commandId: newId(),
    bankAccountId: shop.operating.bankAccountId,
    parts: [part(shop.sessions.waiting)],
    pieces: piecesOf(amount),
    bagNumber: 'Bag Two',
    ...change,
  })

type Told = (shop: Shop) => unknown

it.each<[what: string, code: string, told: Told, change: (shop: Shop) => Partial<Input>]>([
  [
    'for no bank account of the city',
    'UNKNOWN_BANK_ACCOUNT',
    () => undefined,
    () => ({ bankAccountId: newId() }),
  ],
  [
    'for one that is switched off',
    'UNKNOWN_BANK_ACCOUNT',
    () => undefined,
    ({ shut }) => ({ bankAccountId: shut.bankAccountId }),
  ],
  [
    'of a session that is not on record',
    'SESSION_NOT_CLOSED',
    () => ({ number: '' }),
    () => ({ parts: [part({ sessionId: newId() })] }),
  ],
  [
    'of an open session',
    'SESSION_NOT_CLOSED',
    ({ sessions }) => ({ number: sessions.open.number }),
    ({ sessions }) => ({ parts: [part(sessions.waiting), part(sessions.open)] }),
  ],
  [
    'of one that is being counted',
    'SESSION_NOT_CLOSED',
    ({ sessions }) => ({ number: sessions.counted.number }),
    ({ sessions }) => ({ parts: [part(sessions.counted)] }),
  ],
  [
    'of money that is in a bag',
    'SESSION_DEPOSITED',
    ({ sessions }) => ({ number: sessions.bagged.number }),
    ({ sessions }) => ({ parts: [part(sessions.waiting), part(sessions.bagged)] }),
  ],
  [
    'of money of another bank account',
    'WRONG_BANK_ACCOUNT',
    ({ sessions, operating }) => ({ number: sessions.bound.number, bankAccountName: operating.name }),
    ({ sessions, permits }) => ({ bankAccountId: permits.bankAccountId, parts: [part(sessions.bound)] }),
  ],
  [
    'of a part that the session has not',
    'NOTHING_TO_DEPOSIT',
    () => undefined,
    ({ sessions }) => ({ parts: [part(sessions.waiting, 2)] }),
  ],
  [
    'of a session without money',
    'NOTHING_TO_DEPOSIT',
    () => undefined,
    ({ sessions }) => ({ parts: [part(sessions.empty)], pieces: [] }),
  ],
  [
    'of a paper without an amount alone',
    'NOTHING_TO_DEPOSIT',
    () => undefined,
    ({ sessions }) => ({ parts: [part(sessions.worthless)], pieces: [] }),
  ],
  [
    'in notes that the city does not know',
    'COUNT_NOT_VALID',
    () => ({ reason: 'unknown-denomination' }),
    () => ({ pieces: NO_SUCH }),
  ],
  [
    'with a cent less',
    'CASH_DIFFERS',
    () => ({ wantedCents: 5_000, countedCents: 4_999 }),
    () => ({ pieces: piecesOf(cents(4_999)) }),
  ],
  [
    'in no bag',
    'TEXT_NOT_ALLOWED',
    () => ({ field: 'bagNumber', reason: 'empty' }),
    () => ({ bagNumber: ' ' }),
  ],
  [
    'in a bag of 41 signs',
    'TEXT_NOT_ALLOWED',
    () => ({ field: 'bagNumber', reason: 'too-long' }),
    () => ({ bagNumber: '1'.repeat(41) }),
  ],
  ['in the bag of another', 'BAG_NUMBER_TAKEN', () => undefined, () => ({ bagNumber: 'bag ONE' })],
])('a deposit %s is refused, and leaves nothing on record', async (_what, code, told, change) => {
  expect(await refusedUnwritten(shop.till, () => makeUp(change(shop)), code)).toEqual(told(shop))
})

it('money of a bank account and money that any may have go into one bag, each part once', async () => {
  const { lead, sessions } = shop
  const parts = [part(sessions.bound), part(sessions.waiting), part(sessions.bound)]
  const { depositId, totalCents } = await makeUp({ parts, pieces: piecesOf(cents(10_000)) })
  expect(totalCents).toBe(10_000)
  const made = await lead.deposit.get({ depositId })
  expect(made.sessions.map(({ number, partNo }) => [number, partNo]).toSorted()).toEqual([
    [sessions.waiting.number, 1],
    [sessions.bound.number, 1],
  ])
})

/** What stops a deposit: each refusal names what is wrong, and leaves nothing on record. */
import { beforeAll, describe, expect, it } from 'vitest'
import type { TillClient } from '../../shared/contract/index.ts'
import { newId } from '../../shared/id.ts'
import { cents } from '../../shared/money.ts'
import type { PieceCount } from '../../shared/rules/cash/denominations.ts'
import type { BusinessDate } from '../../shared/time.ts'
import { approvalBy, piecesOf } from '../support/desk.ts'
import { refusedUnwritten } from '../support/refusals.ts'
import { type AtEnd, clientOf } from '../support/screens.ts'
import { type OpenTill, openTestTill } from '../support/till.ts'
import { custodyOf, depositOf } from '../transports/at-the-desk.ts'

const STATES = ['made-up', 'verified', 'sealed', 'released', 'validated', 'credited', 'reopened'] as const
type State = (typeof STATES)[number]
type Deposit = TillClient['deposit']

const BANK_DAY = '2026-11-23' as BusinessDate
const FIFTY = cents(5_000)
const NO_SUCH: PieceCount[] = [{ valueCents: cents(300), kind: 'note', pieces: 1, bundles: 0 }]
/** One letter that is written as two as it is kept. */
const LONG = '\u0958'

interface Made {
  depositId: string
  bagNumber: string
}

/** A till with a deposit at each of its steps. */
interface Shop {
  till: OpenTill
  lead: TillClient
  supervisor: TillClient
  at: Record<State, Made>
}

const credit = (deposit: Deposit, depositId: string, change = {}) =>
  deposit.credit({ commandId: newId(), depositId, creditDate: BANK_DAY, cents: FIFTY, reason: '', ...change })
const reopen = (deposit: Deposit, depositId: string, change = {}) =>
  deposit.reopen({
    commandId: newId(),
    depositId,
    reason: 'The wrong bank',
    approval: approvalBy('supervisor'),
    ...change,
  })
const verify = (deposit: Deposit, depositId: string, change = {}) =>
  deposit.verify({
    ...{ commandId: newId(), depositId, pieces: piecesOf(FIFTY), itemCount: 0, itemsCents: cents(0) },
    ...{ reason: '', approval: approvalBy('supervisor'), ...change },
  })
const seal = (deposit: Deposit, depositId: string, change = {}) =>
  deposit.seal({ commandId: newId(), depositId, bagNumber: 'NEW BAG', sealNumber: 'NEW SEAL', ...change })
const release = (deposit: Deposit, depositId: string, change = {}) =>
  deposit.release({ commandId: newId(), depositId, carrier: 'Plains', signatureName: 'T. Boyd', ...change })
const validate = (deposit: Deposit, depositId: string, change = {}) =>
  deposit.validate({
    ...{ commandId: newId(), depositId, slipNumber: '0098-1', bankDate: BANK_DAY, cents: FIFTY, reason: '' },
    ...change,
  })

async function openShop(atEnd: AtEnd): Promise<Shop> {
  const till = await openTestTill({ atEnd })
  const lead = await clientOf(till, 'lead')
  const supervisor = await clientOf(till, 'supervisor')
  const made = async (): Promise<Made> => {
    const { deposit, input } = await depositOf(till)
    return { depositId: deposit.depositId, bagNumber: input.bagNumber }
  }
  const at = {
    'made-up': await made(),
    verified: await custodyOf(till, 'verified'),
    sealed: await custodyOf(till, 'sealed'),
    released: await custodyOf(till, 'released'),
    validated: await custodyOf(till, 'validated'),
    credited: await custodyOf(till, 'validated'),
    reopened: await made(),
  }
  await credit(lead.deposit, at.credited.depositId)
  await reopen(lead.deposit, at.reopened.depositId)
  return { till, lead, supervisor, at }
}

let shop: Shop

beforeAll(async () => {
  const endings: (() => Promise<void>)[] = []
  shop = await openShop(end => void endings.push(end))
  return async () => {
    for (const end of endings) await end()
  }
})

const STEPS: Record<
  string,
  { ask: (deposit: Deposit, depositId: string) => Promise<unknown>; after: State[] }
> = {
  verify: { ask: verify, after: ['made-up'] },
  seal: { ask: seal, after: ['verified'] },
  release: { ask: release, after: ['sealed'] },
  validate: { ask: validate, after: ['released'] },
  credit: { ask: credit, after: ['validated'] },
  reopen: { ask: reopen, after: ['made-up', 'verified'] },
}

describe('a step of a deposit', () => {
  it.each(Object.entries(STEPS))('to %s it follows no step but its own', async (name, { ask, after }) => {
    const { lead, at } = shop
    for (const state of STATES) {
      if (after.includes(state)) continue
      const isTwice = name === 'verify' && state === 'verified'
      const told = await refusedUnwritten(
        shop.till,
        () => ask(lead.deposit, at[state].depositId),
        isTwice ? 'ALREADY_VERIFIED' : 'WRONG_STEP',
      )
      expect(told).toEqual(isTwice ? undefined : { state })
    }
    await refusedUnwritten(shop.till, () => ask(lead.deposit, newId()), 'UNKNOWN_DEPOSIT')
  })

  it('is late where the money is still in the house after its time, and nowhere else', async () => {
    const { till, lead, at } = shop
    const before = await lead.deposit.list()
    expect(before.map(({ overdue }) => overdue)).not.toContain(true)
    till.clock.advance(7 * 24 * 3_600_000)
    const after = new Map((await lead.deposit.list()).map(row => [row.depositId, row.overdue]))
    const late = STATES.filter(state => after.get(at[state].depositId))
    expect(late).toEqual(['made-up', 'verified', 'sealed'])
  })
})

const MISSING = 'REASON_MISSING'
const TEXT = 'TEXT_NOT_ALLOWED'
type Row = readonly [what: string, code: string, told: unknown, change: object]

describe('the verifier', () => {
  it.each<Row>([
    [
      'counts a note that the city does not know',
      'COUNT_NOT_VALID',
      { reason: 'unknown-denomination' },
      { pieces: NO_SUCH },
    ],
    [
      'finds less cash and gives no reason',
      MISSING,
      { differenceCents: -100 },
      { pieces: piecesOf(cents(4_900)) },
    ],
    [
      'finds more cash and gives no reason',
      MISSING,
      { differenceCents: 100 },
      { pieces: piecesOf(cents(5_100)) },
    ],
    [
      'finds a check too many and gives no reason',
      MISSING,
      { differenceCents: 300 },
      { itemsCents: cents(300), itemCount: 1 },
    ],
    [
      'finds checks of more on as many papers and gives no reason',
      MISSING,
      { differenceCents: 300 },
      { itemsCents: cents(300) },
    ],
    [
      'finds the money and another number of papers and gives no reason',
      MISSING,
      { differenceCents: 0 },
      { itemCount: 1 },
    ],
    [
      'finds a paper instead of cash and gives no reason',
      MISSING,
      { differenceCents: 0 },
      { pieces: piecesOf(cents(4_900)), itemsCents: cents(100) },
    ],
    [
      'gives a reason too long as it is kept',
      TEXT,
      { field: 'reason', reason: 'too-long' },
      { reason: LONG.repeat(101) },
    ],
    [
      'gives spaces as a reason',
      MISSING,
      { differenceCents: -100 },
      { pieces: piecesOf(cents(4_900)), reason: '  ' },
    ],
  ])('who %s is refused', async (_what, code, told, change) => {
    const { lead, at } = shop
    expect(
      await refusedUnwritten(shop.till, () => verify(lead.deposit, at['made-up'].depositId, change), code),
    ).toEqual(told)
  })

  it('and whoever opens it again is not who made it up, whoever asks', async () => {
    const { supervisor, at } = shop
    const approval = approvalBy('lead')
    const { depositId } = at['made-up']
    await refusedUnwritten(
      shop.till,
      () => verify(supervisor.deposit, depositId, { approval }),
      'PREPARER_CANNOT_VERIFY',
    )
    await refusedUnwritten(
      shop.till,
      () => reopen(supervisor.deposit, depositId, { approval }),
      'PREPARER_CANNOT_VERIFY',
    )
  })
})

describe('what a step writes down', () => {
  const tooLong = (field: string) => ({ field, reason: 'too-long' })
  const empty = (field: string) => ({ field, reason: 'empty' })

  it.each<
    readonly [
      ...Row,
      state: State,
      ask: (deposit: Deposit, depositId: string, change: object) => Promise<unknown>,
    ]
  >([
    ['a seal without a bag', TEXT, empty('bagNumber'), { bagNumber: ' ' }, 'verified', seal],
    ['a bag of 41 signs', TEXT, tooLong('bagNumber'), { bagNumber: '1'.repeat(41) }, 'verified', seal],
    ['a seal without a number', TEXT, empty('sealNumber'), { sealNumber: ' ' }, 'verified', seal],
    ['a seal of 41 signs', TEXT, tooLong('sealNumber'), { sealNumber: '1'.repeat(41) }, 'verified', seal],
    ['nobody who carries it', TEXT, empty('carrier'), { carrier: ' ' }, 'sealed', release],
    [
      'a carrier too long as it is kept',
      TEXT,
      tooLong('carrier'),
      { carrier: LONG.repeat(41) },
      'sealed',
      release,
    ],
    ['nobody who signed', TEXT, empty('signatureName'), { signatureName: ' ' }, 'sealed', release],
    [
      'a signature too long as it is kept',
      TEXT,
      tooLong('signatureName'),
      { signatureName: LONG.repeat(41) },
      'sealed',
      release,
    ],
    ['no slip', TEXT, empty('slipNumber'), { slipNumber: ' ' }, 'released', validate],
    ['a slip of 41 signs', TEXT, tooLong('slipNumber'), { slipNumber: '1'.repeat(41) }, 'released', validate],
    [
      'less at the bank for no reason',
      MISSING,
      { differenceCents: -1 },
      { cents: cents(4_999) },
      'released',
      validate,
    ],
    [
      'more on the statement for no reason',
      MISSING,
      { differenceCents: 1 },
      { cents: cents(5_001) },
      'validated',
      credit,
    ],
    [
      'a reason too long as it is kept',
      TEXT,
      tooLong('reason'),
      { reason: LONG.repeat(101) },
      'validated',
      credit,
    ],
    ['no reason to open it again', TEXT, empty('reason'), { reason: ' ' }, 'made-up', reopen],
    [
      'a reason too long to open it again',
      TEXT,
      tooLong('reason'),
      { reason: LONG.repeat(101) },
      'made-up',
      reopen,
    ],
  ])('%s is refused', async (_what, code, told, change, state, ask) => {
    const { lead, at } = shop
    expect(
      await refusedUnwritten(shop.till, () => ask(lead.deposit, at[state].depositId, change), code),
    ).toEqual(told)
  })

  it('bag and seal of another deposit are taken, in small letters too, and its own bag is not', async () => {
    const { lead, at } = shop
    const { bagNumber, depositId } = at.verified
    const { sealNumber } = await lead.deposit.get(at.sealed)
    const own = { bagNumber, sealNumber: 'NEW SEAL' }
    const other = { ...own, bagNumber: at.sealed.bagNumber.toLowerCase() }
    await refusedUnwritten(shop.till, () => seal(lead.deposit, depositId, other), 'BAG_NUMBER_TAKEN')
    await refusedUnwritten(
      shop.till,
      () => seal(lead.deposit, depositId, { ...own, sealNumber }),
      'SEAL_NUMBER_TAKEN',
    )
    expect(await seal(lead.deposit, depositId, own)).toEqual({
      number: (await lead.deposit.get({ depositId })).number,
    })
  })

  it('a deposit that is not on record is neither shown nor printed', async () => {
    const unknown = { depositId: newId() }
    await refusedUnwritten(shop.till, () => shop.lead.deposit.get(unknown), 'UNKNOWN_DEPOSIT')
    for (const paper of ['slip', 'custody'] as const)
      await refusedUnwritten(
        shop.till,
        () => shop.lead.deposit.document({ ...unknown, paper }),
        'UNKNOWN_DEPOSIT',
      )
  })
})

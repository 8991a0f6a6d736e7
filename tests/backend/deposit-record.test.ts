/** What stands on record of a deposit: what waits for one, every hand with what it found and when, and its papers. */
import { expect, it } from 'vitest'
import type { TillClient } from '../../shared/contract/index.ts'
import { newId } from '../../shared/id.ts'
import { verificationCode } from '../../shared/ledger/chain.ts'
import { cents } from '../../shared/money.ts'
import type { PieceCount } from '../../shared/rules/cash/denominations.ts'
import type { BusinessDate } from '../../shared/time.ts'
import {
  approvalBy,
  CHANGE_FUND,
  card,
  cash,
  catalogLine,
  check,
  countDrawer,
  moneyOrder,
  openDrawer,
  pay,
  ROUTING,
  receiptInput,
} from '../support/desk.ts'
import { changeSettings } from '../support/office.ts'
import { refused } from '../support/refusals.ts'
import { clientOf, type TestTill } from '../support/screens.ts'
import { samplePerson } from '../support/template.ts'
import { openTestTill } from '../support/till.ts'
import { custodyOf, depositInput, depositOf } from '../transports/at-the-desk.ts'

const HOUR_MS = 3_600_000
const FRIDAY = '2026-11-20' as BusinessDate
/** Two in the afternoon at the sample city. */
const FRIDAY_CUT_OFF_MS = Date.UTC(2026, 10, 20, 20, 0)
const MONDAY_CUT_OFF_MS = Date.UTC(2026, 10, 23, 20, 0)

const notes = (valueCents: number, pieces: number, bundles = 0): PieceCount => ({
  valueCents: cents(valueCents),
  kind: 'note',
  pieces,
  bundles,
})
const kept = (row: PieceCount, worth: number) => ({ ...row, cents: cents(worth) })

const signed = () => ({ commandId: newId(), ownPin: approvalBy('cashier').pin, approval: approvalBy('lead') })

/** Cash of 140.00 of which 120.00 were turned in, a check, a money order, a card payment; closed by four in the afternoon. */
async function closedDay(till: TestTill) {
  const client = await clientOf(till, 'cashier')
  const openedAtMs = till.clock.now()
  const { sessionId, number } = await openDrawer(client)
  const tenders = [cash(cents(14_000)), check(cents(2_500)), moneyOrder(cents(700)), card(cents(300))]
  const receipt = await pay(client, cents(17_500), { tenders })
  const given = { pieces: [notes(100, 0, 1), notes(2_000, 1)], items: [] }
  await client.movement.turnIn({ ...signed(), given, taken: given })
  till.clock.advance(HOUR_MS)
  const slips = [{ tender: 'card', cents: cents(300) }]
  const { outcome, zNumber } = await countDrawer(client, cents(CHANGE_FUND + 2_000), slips)
  expect(outcome).toBe('closed')
  const summary = {
    sessionId,
    number,
    zNumber,
    drawerName: 'Window 1',
    cashierId: samplePerson('cashier').personId,
    cashierName: 'M. Alvarez',
    businessDate: FRIDAY,
    openedAtMs,
    closedAtMs: till.clock.now(),
    state: 'closed',
    receiptCount: 1,
    deposited: false,
  }
  return { summary, receipt }
}

const part = { partNo: 1, cashCents: 14_000, itemsCents: 3_200 }

it('what waits for a deposit is told with its session, its deadline and the pieces that it could be made of', async () => {
  const till = await openTestTill()
  const { summary } = await closedDay(till)
  const lead = await clientOf(till, 'lead')
  const waiting = {
    ...summary,
    ...part,
    bankAccountId: null,
    dueCents: 0,
    dueAtMs: MONDAY_CUT_OFF_MS,
    overdue: false,
    itemCount: 2,
    proposedPieces: [notes(2_000, 2), notes(100, 0, 1)],
  }
  expect(await lead.deposit.waiting()).toEqual([waiting])
  till.clock.advance(MONDAY_CUT_OFF_MS - till.clock.now())
  expect(await lead.deposit.waiting()).toEqual([waiting])
  till.clock.advance(1)
  expect(await lead.deposit.waiting()).toEqual([{ ...waiting, overdue: true }])
})

it('money of several bank accounts is due together: by the sum of a session, its papers among it', async () => {
  const till = await openTestTill()
  const administrator = await clientOf(till, 'administrator')
  const [operating, permits] = await administrator.setup.bankAccounts()
  if (!operating || !permits) throw new Error('The sample city has two bank accounts')
  const bankRules = [{ glPrefix: '110', bankAccountId: permits.bankAccountId }]
  await changeSettings(administrator, { bankRules, defaultBankAccountId: operating.bankAccountId })
  const client = await clientOf(till, 'cashier')
  await openDrawer(client)
  await pay(client, cents(60_000))
  await pay(client, cents(39_000), { tenders: [check(cents(39_000))] })
  const permit = await catalogLine(client, 'MISC', { priceCents: cents(1_001) })
  await client.receipt.post(receiptInput([permit], [cash(cents(1_001))], cents(1_001)))
  await countDrawer(client, cents(CHANGE_FUND + 61_001))
  const lead = await clientOf(till, 'lead')
  const waiting = await lead.deposit.waiting()
  expect(waiting.map(one => [one.partNo, one.bankAccountId, one.cashCents, one.itemsCents])).toEqual([
    [1, operating.bankAccountId, 60_000, 39_000],
    [2, permits.bankAccountId, 1_001, 0],
  ])
  expect(waiting.map(({ dueAtMs }) => dueAtMs)).toEqual([FRIDAY_CUT_OFF_MS, FRIDAY_CUT_OFF_MS])
  const [first, second] = waiting
  const input = await depositInput(lead, { sessionId: first?.sessionId ?? '', cashCents: cents(1_001) })
  const parts = [{ sessionId: second?.sessionId ?? '', partNo: 2 }]
  const made = await lead.deposit.makeUp({ ...input, parts, bankAccountId: permits.bankAccountId })
  expect(await lead.deposit.get(made)).toMatchObject({ dueAtMs: FRIDAY_CUT_OFF_MS, totalCents: 1_001 })
  expect((await lead.deposit.waiting()).map(({ partNo }) => partNo)).toEqual([1])
})

const BANK_DAY = '2026-11-28' as BusinessDate

/** What each hand does and finds; the verifier does not find the money order, the bank does, and keeps a cent. */
function handsOf(lead: TillClient, depositId: string) {
  const of = () => ({ commandId: newId(), depositId })
  const counted = { pieces: [notes(2_000, 7), notes(500, 0)], itemCount: 1, itemsCents: cents(2_500) }
  const slip = { slipNumber: ' 0098-1 ', bankDate: BANK_DAY }
  const quiet = { secondPersonName: null, cents: null, differenceCents: 0, reason: '' }
  return [
    {
      act: () =>
        lead.deposit.verify({
          ...of(),
          ...counted,
          reason: ' No order ',
          approval: approvalBy('supervisor'),
        }),
      step: {
        ...{ step: 'verified', secondPersonName: 'D. Whitfield', cents: 16_500, differenceCents: -700 },
        ...{ reason: 'No order', reference: '', secondReference: '' },
      },
    },
    {
      act: () => lead.deposit.seal({ ...of(), bagNumber: ' BAG 2 ', sealNumber: ' S-1 ' }),
      step: { ...quiet, step: 'sealed', reference: 'BAG 2', secondReference: 'S-1' },
    },
    {
      act: () => lead.deposit.release({ ...of(), carrier: ' Plains Armored ', signatureName: ' T. Boyd ' }),
      step: { ...quiet, step: 'released', reference: 'Plains Armored', secondReference: 'T. Boyd' },
    },
    {
      act: () => lead.deposit.validate({ ...of(), ...slip, cents: cents(17_200), reason: ' It lay below ' }),
      step: {
        ...{ step: 'validated', secondPersonName: null, cents: 17_200, differenceCents: 700 },
        ...{ reason: 'It lay below', reference: '0098-1', secondReference: BANK_DAY },
      },
    },
    {
      act: () =>
        lead.deposit.credit({ ...of(), creditDate: BANK_DAY, cents: cents(17_199), reason: 'A fee' }),
      step: {
        ...{ step: 'credited', secondPersonName: null, cents: 17_199, differenceCents: -1 },
        ...{ reason: 'A fee', reference: '', secondReference: BANK_DAY },
      },
    },
  ] as const
}

/** Each hand a day after the one before, the first when the money should have been at the bank; with what each answered. */
async function throughAllHands(
  till: TestTill,
  lead: TillClient,
  made: { depositId: string; number: string },
) {
  const { number } = made
  till.clock.advance(MONDAY_CUT_OFF_MS - till.clock.now())
  const steps = []
  for (const { act, step } of handsOf(lead, made.depositId)) {
    till.clock.advance(24 * HOUR_MS)
    const figure = step.cents === null ? {} : { differenceCents: step.differenceCents }
    expect(await act()).toEqual({ number, ...figure })
    steps.push({ ...step, atMs: till.clock.now(), personName: 'R. Chen' })
    const late = step.step === 'verified' || step.step === 'sealed'
    expect((await lead.deposit.get(made)).overdue, step.step).toBe(late)
  }
  return steps
}

/** The deposit of a closed day, and all that is known of it as it is made up. */
async function madeUp(till: TestTill) {
  const { summary, receipt } = await closedDay(till)
  const lead = await clientOf(till, 'lead')
  const [bank] = await lead.setup.bankAccounts()
  if (!bank) throw new Error('The sample city has bank accounts')
  till.clock.advance(HOUR_MS)
  const input = await depositInput(lead, { ...summary, cashCents: cents(14_000) })
  const pieces = [notes(100, 0, 1), notes(2_000, 2), notes(500, 0)]
  const deposit = await lead.deposit.makeUp({ ...input, pieces, bagNumber: ' BAG 1 ' })
  const { depositId } = deposit
  expect(deposit).toEqual({ depositId, number: 'W1-D0001', totalCents: 17_200 })
  const { active: _, ...bankAccount } = bank
  const { receiptId, number: receiptNumber } = receipt
  const paper = { receiptId, receiptNumber }
  const first = { step: 'made-up', atMs: till.clock.now(), personName: 'R. Chen', secondPersonName: null }
  const step = { ...first, cents: 17_200, differenceCents: 0, reason: '', reference: 'BAG 1' }
  const view = {
    depositId,
    number: 'W1-D0001',
    state: 'made-up',
    bankAccount,
    businessDate: FRIDAY,
    madeUpAtMs: till.clock.now(),
    preparerName: 'R. Chen',
    verifierName: null,
    verifiedAtMs: null,
    bagNumber: 'BAG 1',
    sealNumber: null,
    slipNumber: null,
    dueAtMs: MONDAY_CUT_OFF_MS,
    overdue: false,
    foundCents: 17_200,
    steps: [{ ...step, secondReference: '' }],
    pieces: [kept(notes(2_000, 2), 4_000), kept(notes(100, 0, 1), 10_000)],
    cashCents: 14_000,
    itemsCents: 3_200,
    totalCents: 17_200,
    items: [
      {
        ...paper,
        tender: 'check',
        tenderName: 'Check',
        tenderNo: 2,
        reference: '1042',
        routingNumber: ROUTING,
        cents: 2_500,
      },
      {
        ...paper,
        tender: 'money-order',
        tenderName: 'Money order',
        tenderNo: 3,
        reference: '88-1203',
        routingNumber: null,
        cents: 700,
      },
    ],
    verified: null,
    sessions: [{ ...summary, ...part, deposited: true }],
    verificationCode: await codeOf(till),
  }
  return { lead, deposit, view }
}

async function codeOf(till: TestTill): Promise<string> {
  const [line] = (await (await clientOf(till, 'auditor')).till.journal({ kind: 'deposit.made-up' })).entries
  return verificationCode(line?.hash ?? '')
}

it('a deposit that was made up is shown with all that is in it, as it is listed', async () => {
  const till = await openTestTill()
  const { lead, deposit, view } = await madeUp(till)
  expect(await lead.deposit.get(deposit)).toEqual(view)
  const [row] = await lead.deposit.list()
  if (!row) throw new Error('It is not listed')
  const { bankAccountName, ...listed } = row
  expect(bankAccountName).toBe(view.bankAccount.name)
  expect(view).toMatchObject(listed)
})

it('each hand is on record with its own figure, person and time, and all of it on the deposit’s business day', async () => {
  const till = await openTestTill()
  const { lead, deposit, view } = await madeUp(till)
  const steps = await throughAllHands(till, lead, deposit)
  const [verified] = steps
  const now = {
    state: 'credited',
    verifierName: 'D. Whitfield',
    verifiedAtMs: verified?.atMs,
    bagNumber: 'BAG 2',
    sealNumber: 'S-1',
    slipNumber: '0098-1',
    foundCents: 17_199,
    steps: [...view.steps, ...steps],
    verified: {
      pieces: [kept(notes(2_000, 7), 14_000)],
      cashCents: 14_000,
      itemCount: 1,
      itemsCents: 2_500,
      cents: 16_500,
      differenceCents: -700,
      reason: 'No order',
    },
  }
  expect(await lead.deposit.get(deposit)).toEqual({ ...view, ...now })
  expect(await lead.deposit.list()).toMatchObject([
    {
      state: 'credited',
      verifierName: 'D. Whitfield',
      bagNumber: 'BAG 2',
      sealNumber: 'S-1',
      foundCents: 17_199,
    },
  ])
  const { entries } = await (await clientOf(till, 'auditor')).till.journal({})
  const lines = entries.filter(({ kind }) => kind.startsWith('deposit.'))
  expect(lines).toHaveLength(6)
  for (const { about, businessDate } of lines)
    expect([about?.number, businessDate]).toEqual([deposit.number, FRIDAY])
})

it('one that is opened again before its seal is on record with whoever approved it, on its business day', async () => {
  const till = await openTestTill()
  const { client: lead, depositId } = await custodyOf(till, 'verified')
  till.clock.advance(24 * HOUR_MS)
  const input = { commandId: newId(), depositId, reason: ' The wrong bank ' }
  const answer = await lead.deposit.reopen({ ...input, approval: approvalBy('supervisor') })
  expect(answer).toEqual({ number: 'W1-D0001' })
  const { steps, state } = await lead.deposit.get({ depositId })
  expect(state).toBe('reopened')
  expect(steps.at(-1)).toEqual({
    ...{ step: 'reopened', atMs: till.clock.now(), personName: 'R. Chen', secondPersonName: 'D. Whitfield' },
    ...{ cents: null, differenceCents: 0, reason: 'The wrong bank', reference: '', secondReference: '' },
  })
  const [line] = (await (await clientOf(till, 'auditor')).till.journal({ kind: 'deposit.reopened' })).entries
  expect(line?.businessDate).toBe(FRIDAY)
  till.clock.advance(7 * 24 * HOUR_MS)
  expect((await lead.deposit.get({ depositId })).overdue).toBe(false)
  const again = await depositInput(lead, {
    sessionId: (await lead.deposit.waiting())[0]?.sessionId ?? '',
    cashCents: cents(5_000),
  })
  expect((await lead.deposit.makeUp(again)).number).toBe('W1-D0002')
  expect((await lead.deposit.list()).map(({ number }) => number)).toEqual(['W1-D0002', 'W1-D0001'])
})

const PAPERS = ['slip', 'tape', 'custody'] as const

it('slip and tape are printed once two have counted, and the record of its hands at any time', async () => {
  const till = await openTestTill()
  const printed = async (lead: TillClient, of: { depositId: string }) => {
    const { number } = await lead.deposit.get(of)
    for (const paper of PAPERS) {
      const file = await lead.deposit.document({ depositId: of.depositId, paper })
      expect([file.name, await file.slice(0, 5).text()]).toEqual([`${number}-${paper}.pdf`, '%PDF-'])
    }
  }
  const { lead, deposit } = await depositOf(till)
  const { depositId } = deposit
  await refused(lead.deposit.document({ depositId, paper: 'tape' }), 'NOT_VERIFIED')
  expect((await lead.deposit.document({ depositId, paper: 'custody' })).name).toBe('W1-D0001-custody.pdf')
  const reopened = { commandId: newId(), depositId, reason: 'The wrong bank' }
  await lead.deposit.reopen({ ...reopened, approval: approvalBy('supervisor') })
  await refused(lead.deposit.document({ depositId, paper: 'slip' }), 'NOT_VERIFIED')
  await printed(lead, await custodyOf(till, 'verified'))
})

/** A deposit's way to the bank: whose money, by when, through whose hands, and what each of them found. */

import { describe, expect, it } from 'vitest'
import { verifyLedger } from '../../db/verify/verify.ts'
import type { TillClient } from '../../shared/contract/index.ts'
import { newId } from '../../shared/id.ts'
import { type Cents, cents } from '../../shared/money.ts'
import type { BusinessDate } from '../../shared/time.ts'
import {
  approvalBy,
  CHANGE_FUND,
  cash,
  catalogLine,
  check,
  closedSession,
  countDrawer,
  openDrawer,
  pay,
  piecesOf,
  receiptInput,
} from '../support/desk.ts'
import { saveBankAccount, saveSettings } from '../support/office.ts'
import { refused } from '../support/refusals.ts'
import { clientOf, type TestTill } from '../support/screens.ts'
import { openTestTill } from '../support/till.ts'
import { custodyOf, depositInput, depositOf, verification } from '../transports/at-the-desk.ts'

const FRIDAY = '2026-11-20' as BusinessDate
/** Two in the afternoon at the sample city. */
const FRIDAY_CUT_OFF_MS = Date.UTC(2026, 10, 20, 20, 0)
const MONDAY_CUT_OFF_MS = Date.UTC(2026, 10, 23, 20, 0)

/** Money of permits (GL 110) to one bank account, everything else to the other. */
async function twoBanks(till: TestTill) {
  const administrator = await clientOf(till, 'administrator')
  const [permits, operating] = await administrator.setup.bankAccounts()
  if (!permits || !operating) throw new Error('The sample city has two bank accounts')
  const before = await administrator.setup.settings()
  const bankRules = [{ glPrefix: '110', bankAccountId: permits.bankAccountId }]
  const policies = { bankRules, defaultBankAccountId: operating.bankAccountId }
  const settings = { ...before, ...policies }
  await saveSettings(administrator, settings)
  return { administrator, permits, operating, settings }
}

/** A closed session with a water bill and a check of the same, and something of permits in cash. */
async function mixedSession(client: TillClient, drawer: string, { water, permit }: Record<string, Cents>) {
  const { sessionId } = await openDrawer(client, drawer)
  await pay(client, water ?? cents(0))
  await pay(client, cents(4_250), { tenders: [check(cents(4_250))] })
  const misc = await catalogLine(client, 'MISC', { priceCents: permit ?? cents(0) })
  await client.receipt.post(receiptInput([misc], [cash(permit ?? cents(0))], permit ?? cents(0)))
  const { outcome } = await countDrawer(client, cents(CHANGE_FUND + (water ?? 0) + (permit ?? 0)))
  expect(outcome).toBe('closed')
  return sessionId
}

describe('whose money', () => {
  it('three sessions become two deposits, one for each bank account, to the cent', async () => {
    const till = await openTestTill()
    const { permits, operating } = await twoBanks(till)
    await mixedSession(await clientOf(till, 'cashier'), 'Window 1', {
      water: cents(5_000),
      permit: cents(700),
    })
    await mixedSession(await clientOf(till, 'colleague'), 'Window 2', {
      water: cents(6_100),
      permit: cents(250),
    })
    await mixedSession(await clientOf(till, 'cashier'), 'Window 1', {
      water: cents(100),
      permit: cents(3_000),
    })
    const lead = await clientOf(till, 'lead')
    const waiting = await lead.deposit.waiting()
    const parts = (bankAccountId: string) => waiting.filter(part => part.bankAccountId === bankAccountId)
    expect(parts(permits.bankAccountId).map(part => part.cashCents)).toEqual([700, 250, 3_000])
    expect(parts(operating.bankAccountId).map(part => [part.cashCents, part.itemsCents])).toEqual([
      [5_000, 4_250],
      [6_100, 4_250],
      [100, 4_250],
    ])
    for (const [bank, cashCents, bagNumber] of [
      [permits, 3_950, 'P-1'],
      [operating, 11_200, 'O-1'],
    ] as const)
      await lead.deposit.makeUp({
        commandId: newId(),
        bankAccountId: bank.bankAccountId,
        bagNumber,
        parts: parts(bank.bankAccountId).map(({ sessionId, partNo }) => ({ sessionId, partNo })),
        pieces: piecesOf(cents(cashCents)),
      })
    expect(await lead.deposit.waiting()).toEqual([])
    expect((await lead.deposit.list()).map(row => [row.bankAccountName, row.totalCents])).toEqual([
      ['Utility operating', 11_200 + 3 * 4_250],
      ['Permits and fees', 3_950],
    ])
    expect((await verifyLedger(till.dataDir, () => undefined)).problems).toEqual([])
  })

  it('what is proposed for each account can be banked as it is, and is the same whichever goes first', async () => {
    const till = await openTestTill()
    const { permits } = await twoBanks(till)
    await mixedSession(await clientOf(till, 'cashier'), 'Window 1', {
      water: cents(5_000),
      permit: cents(700),
    })
    const lead = await clientOf(till, 'lead')
    const before = await lead.deposit.waiting()
    const first = before.find(part => part.bankAccountId === permits.bankAccountId)
    if (!first) throw new Error('No part for permits')
    const { sessionId, partNo } = first
    await lead.deposit.makeUp({
      commandId: newId(),
      bankAccountId: permits.bankAccountId,
      bagNumber: 'P-1',
      parts: [{ sessionId, partNo }],
      pieces: first.proposedPieces ?? [],
    })
    const [rest] = await lead.deposit.waiting()
    expect(rest?.proposedPieces).toEqual(before.find(part => part.partNo !== partNo)?.proposedPieces)
    expect(rest?.proposedPieces).not.toBeNull()
  })

  it('an account that money waits for, or that the rules name, is not switched off', async () => {
    const till = await openTestTill()
    const { administrator, permits, settings } = await twoBanks(till)
    const off = { ...permits, active: false }
    const switchOff = () => saveBankAccount(administrator, off)
    expect(await refused(switchOff(), 'BANK_ACCOUNT_IN_USE')).toEqual({ by: 'rules' })
    await mixedSession(await clientOf(till, 'cashier'), 'Window 1', { water: cents(500), permit: cents(700) })
    const policies = { bankRules: [] }
    await saveSettings(administrator, { ...settings, ...policies })
    expect(await refused(switchOff(), 'BANK_ACCOUNT_IN_USE')).toEqual({ by: 'waiting' })
    const lead = await clientOf(till, 'lead')
    const part = (await lead.deposit.waiting()).find(one => one.bankAccountId === permits.bankAccountId)
    const input = await depositInput(lead, { sessionId: part?.sessionId ?? '', cashCents: cents(700) })
    const parts = [{ sessionId: part?.sessionId ?? '', partNo: part?.partNo ?? 0 }]
    await lead.deposit.makeUp({ ...input, parts, bankAccountId: permits.bankAccountId })
    expect(await switchOff()).toEqual({})
    const rules = { ...settings }
    await refused(saveSettings(administrator, rules), 'UNKNOWN_BANK_ACCOUNT')
  })
})

describe('by when', () => {
  it('is the next business day, and the same day for a session of more than 1,000.00', async () => {
    const till = await openTestTill()
    await closedSession(await clientOf(till, 'cashier'), cents(5_000))
    await closedSession(await clientOf(till, 'colleague'), cents(100_001), 'Window 2')
    const lead = await clientOf(till, 'lead')
    expect((await lead.deposit.waiting()).map(part => part.dueAtMs)).toEqual([
      MONDAY_CUT_OFF_MS,
      FRIDAY_CUT_OFF_MS,
    ])
  })

  it('is the earliest of the sessions in the bag, and met once the bag is handed over', async () => {
    const till = await openTestTill()
    const small = await closedSession(await clientOf(till, 'cashier'), cents(5_000))
    const large = await closedSession(await clientOf(till, 'colleague'), cents(100_001), 'Window 2')
    const lead = await clientOf(till, 'lead')
    const input = await depositInput(lead, { ...small, cashCents: cents(105_001) })
    const parts = [small, large].map(({ sessionId }) => ({ sessionId, partNo: 1 }))
    const { depositId } = await lead.deposit.makeUp({ ...input, parts })
    till.clock.advance(FRIDAY_CUT_OFF_MS - till.clock.now())
    expect(await lead.deposit.get({ depositId })).toMatchObject({
      dueAtMs: FRIDAY_CUT_OFF_MS,
      overdue: false,
    })
    till.clock.advance(1)
    expect((await lead.deposit.list())[0]).toMatchObject({ overdue: true })
    const { bagNumber } = input
    const of = () => ({ commandId: newId(), depositId })
    await lead.deposit.verify({
      ...(await verification(lead, depositId)),
      approval: approvalBy('supervisor'),
    })
    await lead.deposit.seal({ ...of(), bagNumber, sealNumber: 'S-1' })
    expect((await lead.deposit.list())[0]).toMatchObject({ overdue: true })
    await lead.deposit.release({ ...of(), carrier: 'On foot', signatureName: 'R. Chen' })
    expect((await lead.deposit.list())[0]).toMatchObject({ overdue: false, dueAtMs: FRIDAY_CUT_OFF_MS })
  })

  it('stays what it was when the deposit was made up, whatever the policy becomes', async () => {
    const till = await openTestTill()
    const { lead, deposit } = await depositOf(till)
    const administrator = await clientOf(till, 'administrator')
    const settings = await administrator.setup.settings()
    const deadline = { ...settings.deadline, businessDays: 0 }
    const policies = { deadline }
    await saveSettings(administrator, { ...settings, ...policies })
    expect((await lead.deposit.get(deposit)).dueAtMs).toBe(MONDAY_CUT_OFF_MS)
    await closedSession(await clientOf(till, 'colleague'), cents(500), 'Window 2')
    expect((await lead.deposit.waiting())[0]?.dueAtMs).toBe(FRIDAY_CUT_OFF_MS)
  })
})

describe('through whose hands', () => {
  it('each figure stands beside the one before with its reason, and none is changed afterwards', async () => {
    const till = await openTestTill()
    const { lead, deposit, input } = await depositOf(till)
    const { depositId } = deposit
    const of = () => ({ commandId: newId(), depositId })
    const counted = { ...(await verification(lead, depositId)), pieces: piecesOf(cents(4_900)) }
    await lead.deposit.verify({ ...counted, reason: 'A one too few', approval: approvalBy('supervisor') })
    await lead.deposit.seal({ ...of(), bagNumber: input.bagNumber, sealNumber: 'S-1' })
    await lead.deposit.release({ ...of(), carrier: 'Plains Armored', signatureName: 'T. Boyd' })
    const slip = { slipNumber: '0098-1', bankDate: FRIDAY }
    await lead.deposit.validate({ ...of(), ...slip, cents: cents(5_000), reason: 'The one was there' })
    const credited = { cents: cents(5_000), creditDate: FRIDAY, reason: '' }
    expect(await lead.deposit.credit({ ...of(), ...credited })).toMatchObject({ differenceCents: 0 })
    const { steps, totalCents, foundCents } = await lead.deposit.get({ depositId })
    expect([totalCents, foundCents]).toEqual([5_000, 5_000])
    expect(steps.map(step => [step.step, step.cents, step.differenceCents, step.reason])).toEqual([
      ['made-up', 5_000, 0, ''],
      ['verified', 4_900, -100, 'A one too few'],
      ['sealed', null, 0, ''],
      ['released', null, 0, ''],
      ['validated', 5_000, 100, 'The one was there'],
      ['credited', 5_000, 0, ''],
    ])
    expect((await verifyLedger(till.dataDir, () => undefined)).problems).toEqual([])
  })

  it('the safe gives what the verifier counted when the bag is handed over, and not before', async () => {
    const till = await openTestTill()
    const supervisor = await clientOf(till, 'supervisor')
    const { client, depositId } = await custodyOf(till, 'sealed')
    expect((await supervisor.safe.content()).cashCents).toBe(5_000)
    const hands = { carrier: 'Plains Armored', signatureName: 'T. Boyd' }
    await client.deposit.release({ commandId: newId(), depositId, ...hands })
    expect((await supervisor.safe.content()).cashCents).toBe(0)
  })

  it('cash that replaced a check needs a reason, although the total agrees', async () => {
    const till = await openTestTill()
    const { lead, deposit } = await depositOf(till)
    const counted = await verification(lead, deposit.depositId)
    const swapped = { pieces: piecesOf(cents(4_000)), itemCount: 1, itemsCents: cents(1_000) }
    const approval = approvalBy('supervisor')
    const verify = { ...counted, ...swapped, approval }
    expect(await refused(lead.deposit.verify(verify), 'REASON_MISSING')).toEqual({ differenceCents: 0 })
    const sent = { ...verify, reason: 'A check lay among the notes' }
    expect(await lead.deposit.verify(sent)).toMatchObject({ differenceCents: 0 })
    expect((await lead.deposit.get(deposit)).verified).toMatchObject({ cashCents: 4_000, itemsCents: 1_000 })
  })

  it('sealed is final: not one step back, and each step once', async () => {
    const till = await openTestTill()
    const { client, depositId, bagNumber } = await custodyOf(till, 'sealed')
    const of = () => ({ commandId: newId(), depositId })
    const approval = approvalBy('supervisor')
    await refused(client.deposit.reopen({ ...of(), reason: 'Too late', approval }), 'WRONG_STEP')
    const seal = { ...of(), bagNumber, sealNumber: 'ANOTHER' }
    expect(await refused(client.deposit.seal(seal), 'WRONG_STEP')).toEqual({ state: 'sealed' })
  })

  it('opened again, its money goes into another deposit, in the same bag, verified anew', async () => {
    const till = await openTestTill()
    const { lead, deposit, input, session } = await depositOf(till)
    const approval = approvalBy('supervisor')
    const reason = 'The wrong bank'
    await lead.deposit.reopen({ commandId: newId(), depositId: deposit.depositId, reason, approval })
    await refused(lead.deposit.document({ ...deposit, paper: 'slip' }), 'NOT_VERIFIED')
    const again = await lead.deposit.makeUp({ ...input, commandId: newId() })
    const view = await lead.deposit.get(again)
    expect(view).toMatchObject({ state: 'made-up', bagNumber: input.bagNumber })
    expect(view.sessions.map(part => part.sessionId)).toEqual([session.sessionId])
    const counted = await verification(lead, deposit.depositId)
    await refused(lead.deposit.verify({ ...counted, approval }), 'WRONG_STEP')
    expect((await verifyLedger(till.dataDir, () => undefined)).problems).toEqual([])
  })

  it('at the seal the bag may be another one, if it is nobody else’s', async () => {
    const till = await openTestTill()
    const { client, depositId } = await custodyOf(till, 'verified')
    const seal = { commandId: newId(), depositId, bagNumber: 'TORE AND REPLACED', sealNumber: 'S-9' }
    await client.deposit.seal(seal)
    const view = await client.deposit.get({ depositId })
    expect(view).toMatchObject({ bagNumber: 'TORE AND REPLACED', sealNumber: 'S-9' })
    expect(view.steps[0]?.reference).not.toBe('TORE AND REPLACED')
  })
})

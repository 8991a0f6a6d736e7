/** What stands on record of a close: what was counted, what stays, and which bank accounts get the rest. */
import { describe, expect, it } from 'vitest'
import type { TillClient } from '../../../shared/contract/index.ts'
import { newId } from '../../../shared/id.ts'
import { type Cents, cents, ZERO } from '../../../shared/money.ts'
import {
  accountLine,
  approvalBy,
  CHANGE_FUND,
  catalogLine,
  check,
  countDrawer,
  countOf,
  countTwice,
  drawerId,
  openDrawer,
  ordinaryAccount,
  pay,
  piecesOf,
  ROUTING,
  receiptInput,
} from '../../support/desk.ts'
import { changeSettings, saveBankAccount } from '../../support/office.ts'
import { clientOf } from '../../support/screens.ts'
import { samplePerson } from '../../support/template.ts'
import { bodiesOf, type OpenTill, openTestTill } from '../../support/till.ts'
import { handOverInput } from '../../support/two-counts.ts'
import { atTheWindow } from '../receipt/at-the-window.ts'

const signed = { ownPin: approvalBy('cashier').pin, approval: approvalBy('lead') }

/** Turns cash in, and of the papers in the drawer those with these numbers. */
async function turnIn(client: TillClient, cashCents: Cents, references: string[] = []) {
  const items = (await client.movement.sheet()).items
    .filter(({ reference }) => references.includes(reference))
    .map(({ receiptId, tenderNo }) => ({ receiptId, tenderNo }))
  const moved = { pieces: piecesOf(cashCents), items }
  await client.movement.turnIn({ commandId: newId(), given: moved, taken: moved, ...signed })
}

const banksOf = (till: OpenTill) => bodiesOf(till, 'session.closed').at(-1)?.banks

describe('a close', () => {
  it('states its number, what was counted of each tender, what stays and what goes to the bank', async () => {
    const { till, client, sessionId } = await atTheWindow({ overShortGlAccount: '100-4888' })
    const { receiptId } = await pay(client, cents(2_000), { tenders: [check(cents(2_000))] })
    const gone = await pay(client, cents(700))
    const back = {
      commandId: newId(),
      receiptId: gone.receiptId,
      reason: 'Keyed twice',
      approval: approvalBy('lead'),
    }
    await client.receipt.void(back)
    await pay(client, cents(10_000))
    const pieces = [{ valueCents: cents(10_000), kind: 'note' as const, pieces: 3, bundles: 0 }]
    const count = { ...(await countOf(client, CHANGE_FUND)), pieces }
    await client.session.count({ commandId: newId(), count })
    const [counted] = bodiesOf(till, 'session.counted')
    const note = (held: number) => {
      return { valueCents: 10_000, kind: 'note', pieces: held, bundles: 0, cents: held * 10_000 }
    }
    const paper = { tender: 'check', receiptId, tenderNo: 1, reference: '1042', cents: 2_000 }
    expect(counted).toMatchObject({
      ...{ sessionId, round: 1, secondCounterId: null, handToId: null, pieces: [note(3)], items: [paper] },
      totals: expect.arrayContaining([
        { tender: 'cash', cents: 30_000 },
        { tender: 'check', cents: 2_000 },
        { tender: 'card', cents: 0 },
      ]),
    })
    expect(bodiesOf(till, 'session.closed')).toEqual([
      {
        sessionId,
        drawerId: await drawerId(client),
        countId: counted?.countId,
        zNo: 1,
        zNumber: 'W1-Z0001',
        openingCents: CHANGE_FUND,
        balances: counted?.balances,
        reason: '',
        approvedBy: null,
        overShortGlAccount: '100-4888',
        leftCents: CHANGE_FUND,
        leftPieces: [note(2)],
        leavingPieces: [note(1)],
        handToId: null,
        banks: [
          {
            bankAccountId: null,
            cashCents: 10_000,
            items: [{ ...paper, routingNumber: ROUTING }],
            dueCents: 0,
          },
        ],
        till: { receipts: 3, postedCents: 12_700, voidedCents: 700 },
      },
    ])
  })

  it('of a drawer that holds no more than its fund leaves everything in it, and nothing for a bank', async () => {
    const { till, client } = await atTheWindow()
    await countDrawer(client, CHANGE_FUND)
    expect(bodiesOf(till, 'session.closed')).toMatchObject([
      { leftCents: CHANGE_FUND, leavingPieces: [], banks: [] },
    ])
  })

  it('of a drawer that is short of its fund leaves what there is', async () => {
    const { till, client } = await atTheWindow()
    await countTwice(client, cents(15_000))
    const why = { reason: ' Robbed ', approval: approvalBy('lead') }
    await client.session.close({ commandId: newId(), ...why })
    expect(bodiesOf(till, 'session.closed')).toMatchObject([
      {
        leftCents: 15_000,
        leavingPieces: [],
        banks: [],
        reason: 'Robbed',
        approvedBy: why.approval.personId,
      },
    ])
  })

  it('sends to the bank what was turned in before, in cash and in papers, and then what was counted', async () => {
    const { till, client } = await atTheWindow()
    await pay(client, cents(30_000))
    await pay(client, cents(900), { tenders: [check(cents(900), { reference: '11' })] })
    await pay(client, cents(800), { tenders: [check(cents(800), { reference: '12' })] })
    await turnIn(client, cents(20_000), ['12'])
    await countDrawer(client, cents(CHANGE_FUND + 10_000))
    expect(banksOf(till)).toMatchObject([
      { bankAccountId: null, cashCents: 30_000, items: [{ reference: '12' }, { reference: '11' }] },
    ])
  })

  it('of papers and nothing else has a part for the bank too', async () => {
    const { till, client } = await atTheWindow()
    await pay(client, cents(900), { tenders: [check(cents(900))] })
    await countDrawer(client, CHANGE_FUND)
    expect(banksOf(till)).toMatchObject([{ cashCents: 0, items: [{ cents: 900 }] }])
  })

  it('over by just what the city tolerates takes a reason and nobody else', async () => {
    const { till, client } = await atTheWindow({ differenceToleranceCents: cents(100) })
    await countTwice(client, cents(CHANGE_FUND + 100))
    await client.session.close({ commandId: newId(), reason: 'A dollar over' })
    expect(bodiesOf(till, 'session.closed')).toMatchObject([{ reason: 'A dollar over', approvedBy: null }])
  })
})

describe('money of two bank accounts', () => {
  async function twoBanks({ isNamed = true, isSecondActive = true } = {}) {
    const till = await openTestTill()
    const administrator = await clientOf(till, 'administrator')
    const [operating, permits] = await administrator.setup.bankAccounts()
    if (!operating || !permits) throw new Error('The sample city has two bank accounts')
    await changeSettings(administrator, {
      bankRules: [{ glPrefix: '110-', bankAccountId: permits.bankAccountId }],
      defaultBankAccountId: isNamed ? operating.bankAccountId : null,
    })
    if (!isSecondActive) await saveBankAccount(administrator, { ...operating, active: false })
    const client = await clientOf(till, 'cashier')
    await openDrawer(client)
    return { till, client, operating: operating.bankAccountId, permits: permits.bankAccountId }
  }

  const permitBy = async (client: TillClient, reference: string) => {
    const line = await catalogLine(client, 'DEMO')
    const paid = [check(cents(10_000), { reference })]
    return client.receipt.post(receiptInput([line], paid, cents(10_000)))
  }

  it('goes to each by what it was paid for, checks as a whole, and what a check brings too much is due', async () => {
    const { till, client, operating, permits } = await twoBanks()
    await permitBy(client, '21')
    await pay(client, cents(5_000))
    const line = await catalogLine(client, 'DEMO')
    const water = accountLine(await ordinaryAccount(), cents(300))
    const paid = [check(cents(10_300), { reference: '22' })]
    await client.receipt.post(receiptInput([line, water], paid, cents(10_300)))
    await countDrawer(client, cents(CHANGE_FUND + 5_000))
    const parts = banksOf(till)?.map(({ bankAccountId, cashCents, items, dueCents }) => {
      return [bankAccountId, cashCents, items.map(({ reference }) => reference), dueCents]
    })
    expect(parts).toEqual([
      [operating, 5_000, [], 300],
      [permits, 0, ['21', '22'], -300],
    ])
  })

  it('that was turned in goes where it belongs as well, and a paper without a receipt to the first', async () => {
    const { till, client, operating, permits } = await twoBanks()
    await permitBy(client, '21')
    await permitBy(client, '22')
    await turnIn(client, ZERO, ['21'])
    const extraItems = [{ tender: 'check', reference: '77', cents: cents(500) }]
    const count = { ...(await countOf(client, CHANGE_FUND)), extraItems }
    for (const commandId of [newId(), newId()]) await client.session.count({ commandId, count })
    await client.session.close({ commandId: newId(), reason: 'Found one', approval: approvalBy('lead') })
    const parts = banksOf(till)?.map(({ bankAccountId, items }) => {
      return [bankAccountId, items.map(({ reference, receiptId }) => [reference, receiptId !== null])]
    })
    expect(parts).toEqual([
      [operating, [['77', false]]],
      [
        permits,
        [
          ['21', true],
          ['22', true],
        ],
      ],
    ])
  })

  it('that no rule names goes to the first account that is in use, where the city names none', async () => {
    const { till, client, operating, permits } = await twoBanks({ isNamed: false })
    await pay(client, cents(5_000))
    await permitBy(client, '21')
    await countDrawer(client, cents(CHANGE_FUND + 5_000))
    expect(banksOf(till)?.map(({ bankAccountId }) => bankAccountId)).toEqual([operating, permits])
    const other = await twoBanks({ isNamed: false, isSecondActive: false })
    await pay(other.client, cents(5_000))
    await countDrawer(other.client, cents(CHANGE_FUND + 5_000))
    expect(banksOf(other.till)?.map(({ bankAccountId }) => bankAccountId)).toEqual([other.permits])
  })
})

describe('a hand-over', () => {
  it('states who counted with whom, and opens the next session on just that money', async () => {
    const { till, client, sessionId } = await atTheWindow()
    await pay(client, cents(5_000))
    await client.session.handOver(await handOverInput(client, cents(CHANGE_FUND + 5_000)))
    const { personId } = samplePerson('colleague')
    const [counted] = bodiesOf(till, 'session.counted')
    expect(counted).toMatchObject({ secondCounterId: personId, handToId: personId, round: 1 })
    expect(bodiesOf(till, 'session.closed')).toMatchObject([
      { handToId: personId, leftCents: 25_000, leftPieces: counted?.pieces, leavingPieces: [], banks: [] },
    ])
    const [, opened] = bodiesOf(till, 'session.opened')
    expect(opened).toMatchObject({
      number: 'W1-S0002',
      cashierId: personId,
      openingCents: 25_000,
      pieces: counted?.pieces,
      changeFundCents: CHANGE_FUND,
      handedFrom: sessionId,
      difference: null,
    })
    expect(opened?.countId).not.toBe(counted?.countId)
  })
})

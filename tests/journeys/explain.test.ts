/**
 * A drawer that is off, by keyboard alone: counted wrong twice, the explanation read, its receipt opened by one key,
 * the explanation taken as the reason, approved by another person, and looked at once more on the Z report.
 */
import { beforeAll, describe, expect, it } from 'vitest'
import { add, cents, formatCents } from '../../shared/money.ts'
import { type Bill, bills } from './desk/bills.ts'
import type { Desk } from './desk/desk.ts'
import { CHEN } from './desk/people.ts'
import { shopOfFile } from './desk/shop.ts'

const CHANGE_FUND = cents(20_000)

const shop = shopOfFile({ accounts: 2_000 })
let desk: Desk
let paid: Bill[]

beforeAll(async () => {
  paid = bills(shop.dataDir, 3)
  desk = await shop.openDesk()
})

/** The bill whose money is not in the drawer. */
function lost(): Bill {
  const bill = paid[1]
  if (!bill) throw new Error('Three customers are wanted')
  return bill
}

/** Counts the change fund and what the other two paid. */
async function countShort(title: string): Promise<void> {
  const there = paid.filter(bill => bill !== lost()).map(bill => bill.owedCents)
  await desk.sees(title)
  await desk.countCash(add(CHANGE_FUND, ...there))
  await desk.press('F4')
  await desk.isAt(/Card slips/)
  await desk.type('0')
  await desk.press('F10')
}

describe('a drawer that is off, without a mouse', () => {
  it('three bills are paid in cash, to the cent', async () => {
    await desk.signIn('alv', '4719')
    await desk.openDrawer()
    for (const [i, bill] of paid.entries()) {
      await desk.scan(bill)
      await desk.press('F2')
      await desk.isAt('Cash')
      await desk.press('Enter', 'Enter')
      await desk.sees(`W1-00000${i + 1}`)
      await desk.press('Enter')
    }
  })

  it('after two counts the receipt that explains it is named first, with the arithmetic', async () => {
    await desk.goTo('c')
    await countShort('Count the drawer')
    await desk.seesNot(/What would explain/)
    await countShort('Count once more')
    const amount = formatCents(lost().owedCents)
    await desk.sees(`What would explain ${amount}`)
    await desk.sees(`Receipt W1-000002: did its ${amount} in cash come in?`)
    await desk.isAt(/^Receipt W1-000002/)
    await desk.sees(`It counts ${amount} in cash, and cash is short by ${amount}.`)
  })

  it('a reason that is being written is kept while one key opens the receipt and Esc comes back', async () => {
    await desk.press('r')
    await desk.isAt('Reason')
    await desk.type('Drawer searched')
    await desk.press('F2')
    await desk.isAt(/^Receipt W1-000002/)
    await desk.press('1')
    await desk.isAt('Back')
    await desk.sees(new RegExp(`${lost().account.number}.*`))
    await desk.press('Escape')
    await desk.isAt(/^Receipt W1-000002/)
    await desk.page.reload()
    await desk.isAt(/^Receipt W1-000002/)
    expect(await desk.page.getByRole('textbox', { name: 'Reason' }).inputValue()).toBe('Drawer searched')
  })

  it('the explanation becomes the reason by one key, another person approves, and the session closes', async () => {
    await desk.press('u')
    await desk.isAt('Reason')
    const reason = await desk.page.getByRole('textbox', { name: 'Reason' }).inputValue()
    expect(reason).toMatch(/^Drawer searched; Likely: W1-000002: its [\d.,]+ in cash not in the drawer/)
    await desk.press('F10')
    // However late the till says that the session is over, its close is not come back to.
    const told = Promise.withResolvers<void>()
    await desk.page.route('**/rpc/till/state**', async route => {
      await told.promise
      await route.continue()
    })
    await desk.approve(CHEN)
    await desk.sees('Closed. Z report W1-Z0001')
    await desk.press('Enter')
    setTimeout(told.resolve, 700)
    await desk.isAt('Which drawer')
    await desk.page.unrouteAll({ behavior: 'wait' })
  })

  it('the Z report explains it too, with the reason that was given', async () => {
    await desk.goTo('d')
    await desk.sees('W1-Z0001')
    await desk.isAt(/Open a drawer|W1-S0001/)
    await desk.page.getByRole('button', { name: 'W1-S0001' }).focus()
    await desk.press('Enter')
    await desk.sees('Explain the difference')
    await desk.press('x')
    await desk.isAt(/^Receipt W1-000002/)
    await desk.sees(/^Reason: Drawer searched; Likely/)
    await desk.press('Enter')
    await desk.isAt('Back')
    await desk.press('Escape', 'Escape')
    await desk.sees('Z report W1-Z0001')
  })
})

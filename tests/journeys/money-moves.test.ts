/**
 * Money that moves without a receipt, by keyboard alone in a real Chromium: a turn-in that two people count, of which
 * the second never sees the first one's figures; money paid out; a change order; the drawer opened without a sale;
 * and the safe, counted by two.
 */
import { beforeAll, describe, expect, it } from 'vitest'
import { bills } from './desk/bills.ts'
import { type Desk, FIND } from './desk/desk.ts'
import { ALVAREZ, CHEN, OKONKWO, WHITFIELD } from './desk/people.ts'
import { shopOfFile } from './desk/shop.ts'

const shop = shopOfFile()
let desk: Desk

beforeAll(async () => {
  desk = await shop.openDesk()
})

/** Twenties, and the one check ticked. */
async function countWithCheck(count: string): Promise<void> {
  await desk.twenties(count)
  await desk.press('F3')
  await desk.isAt(/1042/)
  await desk.press('Space', 'F10')
}

const signed = () => desk.sign(ALVAREZ, CHEN)

describe('money moves at a window, without a mouse', () => {
  it('a drawer with cash and a check in it', async () => {
    const [water, byCheck] = bills(shop.dataDir, 2)
    if (!water || !byCheck) throw new Error('Two customers are wanted')
    await desk.signIn('alv', '4719')
    await desk.openDrawer()
    await desk.scan(water)
    await desk.giveCash('20000')
    await desk.press('Escape')
    await desk.scan(byCheck)
    await desk.takeCheck('1042')
  })

  it('the giver’s count survives a reload, and the taker does not see it', async () => {
    await desk.fromDrawer('F4')
    await desk.twenties('4')
    await desk.page.reload()
    await desk.sees('M. Alvarez counts what goes to the safe')
    await desk.sees('80.00')
    await desk.press('F3')
    await desk.isAt(/1042/)
    await desk.press('Space', 'F10')
    await desk.isAt('I have the money and count it')
    await desk.seesNot('80.00')
    // The only way back is to two empty sheets, whoever has the keyboard.
    await desk.press('Escape')
    await desk.isAt('Keep counting')
    await desk.press('Escape')
    await desk.isAt('I have the money and count it')
    await desk.press('Enter')
    await desk.isAt('$100, pieces')
    await desk.seesNot('80.00')
  })

  it('counts that differ stop it, without a figure, and both begin again', async () => {
    await desk.twenties('3')
    await desk.press('F10')
    await desk.isAt(/^PIN of/)
    await desk.seesNot('60.00')
    await desk.press('Escape')
    await desk.isAt('Both sign')
    await desk.page.reload()
    await desk.isAt(/^PIN of/)
    await desk.seesNot('60.00')
    await signed()
    await desk.sees('Your counts do not match in $20, Check.')
    await desk.seesNot(/80\.00|60\.00/)
  })

  it('more than is in the drawer is refused, and nothing stands in the way of what there is', async () => {
    await countWithCheck('400')
    await desk.press('Enter')
    await countWithCheck('400')
    await signed()
    await desk.sees(/The drawer does not hold that much cash/)
  })

  it('counts that agree, signed by both, are turned in, and the slip comes out', async () => {
    await countWithCheck('4')
    await desk.press('Enter')
    await countWithCheck('4')
    await signed()
    await desk.sees(/Turned in: W1-M0001/)
    await desk.isAt('Slip')
    await desk.press('Enter')
    await desk.sees('W1-M0001.pdf')
    await desk.press('Escape')
  })

  it('cash is paid out with what it is for, and above the city’s amount another person approves', async () => {
    await desk.fromDrawer('F6')
    await desk.isAt('What for')
    await desk.type('post')
    await desk.press('Enter')
    await desk.enter('Amount', '315000')
    await desk.enter(/Document no/, 'PC-118')
    await desk.enter('Reason', 'Stamps for the notices')
    await desk.approve(WHITFIELD)
    await desk.sees(/The drawer does not hold that much cash/)
    await desk.press('Escape', 'F2')
    await desk.isAt('Amount')
    await desk.press('Control+a')
    await desk.enter('Amount', '3150')
    await desk.press('F10')
    await desk.approve(WHITFIELD)
    await desk.sees(/Paid out: W1-M0002/)
  })

  it('an exchange that is not worth the same is told before anybody signs', async () => {
    await desk.fromDrawer('F7')
    await desk.twenties('1')
    await desk.press('F3')
    await desk.isAt('$100, pieces')
    await desk.press('ArrowDown', 'ArrowDown', 'ArrowDown')
    await desk.type('1')
    await desk.press('F10')
    await desk.sees('20.00 goes and 10.00 comes. Both must be worth the same.')
    await desk.isAt('$100, pieces')
    await desk.press('ArrowDown', 'ArrowDown', 'ArrowDown')
    await desk.type('2')
    await desk.press('F10')
    await signed()
    await desk.sees(/Exchanged: W1-M0003/)
  })

  it('the drawer is opened without a sale only with a reason', async () => {
    await desk.fromDrawer('F8')
    await desk.isAt('Reason')
    await desk.press('Enter')
    await desk.sees('Write why the drawer is opened.')
    await desk.enter('Reason', 'Change for the meter')
    await desk.sees(/open it with its key/)
  })

  it('the slips of the day are listed, and each is shown again', async () => {
    await desk.press('F9')
    await desk.isAt('W1-M0003')
    await desk.press('ArrowDown', 'Enter')
    await desk.sees('Stamps for the notices')
    await desk.press('Escape')
    await desk.isAt('W1-M0002')
  })

  it('the lead sees what is in the safe, and two count it', async () => {
    await desk.changePerson(CHEN)
    await desk.sees('R. Chen')
    await desk.goTo('S')
    await desk.sees('One check or money order')
    await desk.sees('80.00')
    await desk.press('F2')
    await desk.isAt('$100, pieces')
    await desk.type('5')
    await desk.press('F3')
    await desk.enter('Reason', 'The change fund')
    await desk.sign(CHEN, WHITFIELD)
    await desk.sees('500.00 counted; the book is put right by 420.00, with the reason on record.')
    await expect.poll(() => desk.page.getByText('Count of the safe').count()).toBe(1)
  })
})

describe('a drawer at its cash limit', () => {
  it('says so in the header in words, and F2 says what to do before an amount is typed', async () => {
    await desk.changePerson(OKONKWO)
    await desk.goTo('W')
    await desk.isAt('Which drawer')
    await desk.press('ArrowDown', 'Enter')
    await desk.isAt('$100, pieces')
    await desk.type('25')
    await desk.press('F10')
    await desk.sees('Count once more')
    await desk.isAt('$100, pieces')
    await desk.type('25')
    await desk.press('F10')
    await desk.sees(/more than its change fund/)
    await desk.press('Enter')
    await desk.isAt(FIND)
    await desk.sees('full, no cash')
    await desk.press('F2')
    await desk.sees(/at its cash limit of 2,500\.00\. Turn cash in/)
    await desk.isAt('Why it takes more')
    expect(await desk.page.getByRole('textbox', { name: 'Cash', exact: true }).count()).toBe(0)
    await desk.press('Escape')
    await desk.isAt(FIND)
    await desk.press('F3')
    await desk.isAt('Check')
    await desk.press('Escape')
    await desk.isAt(FIND)
  })

  it('takes cash once a lead says why and signs for it', async () => {
    await desk.press('F2')
    await desk.enter('Why it takes more', 'Tax day, the line is out of the door')
    await desk.approve(CHEN)
    await desk.isAt('Cash')
    await desk.sees('over limit, turn cash in')
    // The longest header there is keeps its last button on the screen.
    const lock = await desk.page.getByRole('button', { name: /^Lock/ }).boundingBox()
    expect(lock && lock.x + lock.width).toBeLessThanOrEqual(1280)
  })
})

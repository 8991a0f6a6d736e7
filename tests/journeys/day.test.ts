/**
 * A cashier's day in a real Chromium against the real program, by keyboard alone: the drawer is opened, bills are
 * paid, the page is reloaded and the program killed in mid-basket, the drawer is counted blind, and the deposit slip
 * comes out. What a step waits for is what a person would see.
 */
import { execFile } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, it } from 'vitest'
import { root } from '../../build/setup.mjs'
import { add, cents, formatCents, subtract } from '../../shared/money.ts'
import { type Bill, bills } from './desk/bills.ts'
import { type Desk, FIND } from './desk/desk.ts'
import { CHEN, WHITFIELD } from './desk/people.ts'
import { shopOfFile } from './desk/shop.ts'

const CHANGE_FUND = cents(20_000)
const TEN_TOO_MANY = cents(1_000)

const shop = shopOfFile({ accounts: 2_000 })
let desk: Desk
let water: Bill
let byCheck: Bill
let byCard: Bill
let wrongAccount: Bill

beforeAll(async () => {
  const [a, b, c, d] = bills(shop.dataDir, 4)
  if (!a || !b || !c || !d) throw new Error('Four customers are wanted')
  ;[water, byCheck, byCard, wrongAccount] = [a, b, c, d]
  desk = await shop.openDesk()
})

/** A bill is scanned, and the cash for it typed. */
async function nineHundredFor(bill: Bill): Promise<void> {
  await desk.scan(bill)
  await desk.press('F2')
  await desk.isAt('Cash')
  await desk.type('90000')
}

describe('a day at the window, without a mouse', () => {
  it('the drawer is opened on a counted change fund', async () => {
    await desk.signIn('alv', '4719')
    await desk.openDrawer()
  })

  it('a scanned bill is paid in cash with six keys and an amount, and the change is said', async () => {
    await desk.scan(water)
    await desk.giveCash('20000')
    await desk.sees(formatCents(subtract(cents(20_000), water.owedCents)))
    await desk.press('Enter')
  })

  it('a scanner’s own Enter comes after its bill was taken by itself, and posts nothing', async () => {
    await nineHundredFor(water)
    await desk.press('Enter', 'Control+k')
    await desk.isAt(FIND)
    await desk.type(byCheck.scanLine)
    await desk.seesInBasket(byCheck)
    await desk.press('Enter')
    await desk.seesNot('Change due')
    await desk.sees(/Post and print/)
    // The lines go, and the money for them: it pays for nobody else.
    await desk.press('ArrowDown')
    await desk.press('Control+Delete', 'ArrowDown', 'Control+Delete')
    await desk.sees('Give back: Cash 900.00.')
    await desk.seesNot('Change 900.00')
  })

  it('what goes back stays said when a bill whose answer was late comes into the basket', async () => {
    await nineHundredFor(water)
    await desk.press('Enter', 'Control+k')
    await desk.isAt(FIND)
    const answers = Promise.withResolvers<void>()
    await desk.page.route('**/rpc/account/find**', async route => {
      await answers.promise
      await route.continue()
    })
    await desk.enter(FIND, byCheck.scanLine)
    await desk.press('ArrowDown', 'Control+Delete')
    await desk.sees('Give back: Cash 900.00.')
    answers.resolve()
    await desk.seesInBasket(byCheck)
    await desk.sees('Give back: Cash 900.00.')
    // The next customer pays: it was given back.
    await desk.press('F2')
    await desk.isAt('Cash')
    await desk.seesNot('Give back')
    await desk.page.unroute('**/rpc/account/find**')
    await desk.press('Escape', 'Control+k', 'ArrowDown', 'Control+Delete')
    await desk.seesNot(byCheck.account.number)
  })

  it('a bill that is scanned while the money lies ready comes into the basket, and posts nothing', async () => {
    await nineHundredFor(water)
    await desk.press('Enter')
    await desk.isAt(/^Post and print/)
    await desk.type(byCheck.scanLine)
    await desk.press('Enter')
    await desk.seesInBasket(byCheck)
    await desk.seesNot('Change due')
    await desk.press('Escape')
    await desk.sees(/Clear this basket/)
    await desk.sees(/taken up again\. Give back: Cash 900\.00\./)
    await desk.press('Tab', 'Enter')
    await desk.sees('Give back: Cash 900.00.')
    await desk.seesNot(byCheck.account.number)
  })

  it('a wrong digit on a scan line is said, and nobody is found', async () => {
    const digit = (Number.parseInt(water.scanLine.slice(-1), 10) + 1) % 10
    await desk.enter(FIND, `${water.scanLine.slice(0, -1)}${digit}`)
    await desk.sees(/check digit/i)
    await desk.press('Escape')
  })

  it('a reload in mid-basket loses nothing, not even the check that is being entered', async () => {
    await desk.scan(byCheck)
    await desk.press('F3')
    await desk.isAt('Check')
    await desk.press('Enter')
    await desk.isAt('Check number')
    await desk.type('1187')
    await desk.untilSaved(shop.dataDir, '1187')
    await desk.page.reload()
    await desk.sees(new RegExp(byCheck.account.number))
    await desk.enter('Check', '')
    await desk.isAt('Check number')
    await desk.press('Enter')
    await desk.enter('Routing number', '111000026')
    await desk.sees(/Not a routing number/)
    await desk.press('Control+a')
    await desk.enter('Routing number', '111000025')
    await desk.enter(/^Account number/, '123454406')
    await desk.sees(/•••• 4406/)
  })

  it('the program is killed in mid-basket, started again, and the basket is posted once', async () => {
    await desk.untilSaved(shop.dataDir, '4406')
    await shop.host.kill()
    await desk.sees(/not answering/)
    await desk.page.context().close()
    await shop.startAgain()
    desk = await shop.openDesk()
    await desk.signIn('alv', '4719')
    await desk.sees(new RegExp(byCheck.account.number))
    await desk.sees(/•••• 4406/)
    await desk.press('F10')
    await desk.sees('W1-000002')
    await desk.press('Enter')
  })

  it('a basket is suspended under a name, the screen is locked, and the basket is resumed and paid by card', async () => {
    await desk.scan(byCard)
    await desk.press('F8')
    await desk.enter('Under which name', 'Caller with the dog')
    await desk.seesNot(new RegExp(byCard.account.number))
    await desk.press('Control+l')
    await desk.enter('PIN', '4719')
    await desk.isAt(FIND)
    await desk.press('F9')
    await desk.sees('Caller with the dog')
    await desk.press('Enter')
    await desk.sees(new RegExp(byCard.account.number))
    await desk.press('F4')
    await desk.isAt('Card')
    await desk.press('Enter')
    await desk.isAt('Card brand')
    await desk.type('Visa')
    await desk.press('Enter')
    await desk.enter('Last four digits', '1111')
    await desk.enter('Approval code', '004213')
    await desk.sees(/•••• 1111/)
    await desk.press('F10')
    await desk.sees('W1-000003')
    await desk.press('Enter')
  })

  it('a receipt for the wrong account is voided with a reason and the PIN of another person', async () => {
    await desk.scan(wrongAccount)
    await desk.press('F2')
    await desk.isAt('Cash')
    await desk.press('Enter', 'Enter')
    await desk.sees('W1-000004')
    await desk.press('Enter')
    await desk.isAt(FIND)
    await desk.goTo('r')
    await desk.enter('Number, account or name', 'W1-000004')
    await desk.sees(new RegExp(wrongAccount.account.number))
    await desk.press('F8')
    await desk.isAt('Reason for the void')
    await desk.type('Wrong account')
    await desk.press('Tab')
    await desk.approve(CHEN)
    await desk.sees(/W1-000004 is void\. Give back: Cash /)
  })

  it('a count that is off is counted once more, then closed with a reason by two people', async () => {
    const expected = add(CHANGE_FUND, water.owedCents)
    await desk.goTo('c')
    await countDrawer('Count the drawer')
    await countDrawer('Count once more')
    await desk.sees(/over/i)
    await desk.sees(/What would explain/)
    await desk.press('r')
    await desk.isAt('Reason')
    await desk.type('A ten found under the tray')
    await desk.press('F10')
    await desk.approve(CHEN)
    await desk.sees('Closed. Z report W1-Z0001')

    async function countDrawer(title: string): Promise<void> {
      await desk.sees(title)
      await desk.countCash(add(expected, TEN_TOO_MANY))
      await desk.press('F3')
      await desk.press('Space')
      await desk.press('F4')
      await desk.isAt(/Card slips/)
      await desk.type(String(byCard.owedCents))
      await desk.press('F10')
    }
  })

  it('the supervisor makes up the deposit, the lead verifies it, and the slip comes out', async () => {
    await desk.press('Enter')
    await desk.changePerson(WHITFIELD)
    await desk.goTo('b')
    await desk.sees('1 closed session')
    await desk.press('F2')
    await desk.isAt(/W1-Z0001/)
    await desk.press('F6')
    await desk.isAt('Bank account')
    await desk.type('Utility')
    await desk.press('F3')
    await desk.enter(/Bag number/, '7741-0098')
    await desk.press('F10')
    await desk.sees(/W1-D0001 is made up/)
    await desk.press('F10')
    await desk.countCash(add(water.owedCents, TEN_TOO_MANY))
    await desk.press('F3')
    await desk.enter('How many items', '1')
    await desk.type(String(byCheck.owedCents))
    await desk.press('F10')
    await desk.approve(CHEN)
    await desk.sees(/W1-D0001 is verified/)
    const opened = desk.page.waitForSelector('iframe')
    await desk.press('Control+p')
    await opened
    await desk.press('Escape')
  })

  it('the bag is sealed and handed over, and the bank’s slip and credit are entered, a cent short', async () => {
    const banked = add(add(water.owedCents, TEN_TOO_MANY), byCheck.owedCents)
    await desk.press('F10')
    await desk.isAt('Seal number')
    await desk.type('S-20118')
    await desk.press('Enter')
    await desk.sees(/W1-D0001 is sealed/)
    await desk.press('F10')
    await desk.isAt('Carrier')
    await desk.type('Plains Armored')
    await desk.press('Tab')
    await desk.type('T. Boyd')
    await desk.press('Enter')
    await desk.sees(/W1-D0001 is on its way/)
    await desk.press('F10')
    await desk.isAt('Slip number')
    await desk.type('0098-1')
    await desk.press('Tab')
    await desk.type(String(subtract(banked, cents(1))))
    await desk.press('Enter')
    await desk.isAt('Reason for the difference')
    await desk.type('The bank counted a penny less')
    await desk.press('Tab', 'Enter')
    await desk.sees(/has validated deposit W1-D0001/)
    await desk.press('F10')
    await desk.isAt('Amount on the statement')
    await desk.type(String(subtract(banked, cents(1))))
    await desk.press('Enter')
    await desk.sees(/W1-D0001 is credited/)
    await desk.sees('0.01 short')
  })

  it('the ledger of the day proves itself, and the papers are there', async () => {
    await desk.page.context().close()
    await shop.host.stop()
    const verify = ['electron/cli.ts', 'verify', '--data', shop.dataDir]
    const { stdout } = await promisify(execFile)(process.execPath, verify, { cwd: root })
    expect(stdout).toContain('Every column of every table is what the journal says.')
    expect(readdirSync(join(shop.dataDir, 'papers')).sort()).toEqual(
      ['1', '2', '3', '4'].map(no => `W1-00000${no}.pdf`),
    )
  })
})

/**
 * A drawer through several hands, by keyboard alone: handed over in mid-day with two counts and two PINs, counted by
 * surprise from the live board, and closed for a cashier who has gone home. Every screen on the way is clean by axe.
 */
import { beforeAll, describe, expect, it } from 'vitest'
import { type Cents, cents } from '../../shared/money.ts'
import { violationsOn } from './desk/axe.ts'
import type { Desk } from './desk/desk.ts'
import { ALVAREZ, CHEN, type Hand, OKONKWO, WHITFIELD } from './desk/people.ts'
import { shopOfFile } from './desk/shop.ts'

const CHANGE_FUND = cents(20_000)
const TEN_TOO_FEW = cents(19_000)

const shop = shopOfFile({ look: { width: 1024, height: 768, colorScheme: 'light' } })
let desk: Desk

beforeAll(async () => {
  desk = await shop.openDesk()
})

async function isClean(): Promise<void> {
  expect(await violationsOn(desk.page)).toEqual([])
}

/** The cash of a count with papers, whose card slips come to nothing; then on to the next step. */
async function countAll(amount: Cents): Promise<void> {
  await desk.countCash(amount)
  await desk.press('F4')
  await desk.isAt('Card slips, total')
  await desk.type('0')
  await desk.press('F10')
}

async function neitherCount(): Promise<void> {
  await desk.seesNot('200.00')
  await desk.seesNot('190.00')
}

/** The other one was chosen before; both give their PINs. */
async function sign(own: Hand, other: Hand): Promise<void> {
  await desk.enter(`PIN of ${own.name}`, own.pin)
  await desk.press('Enter')
  await desk.enter(`PIN of ${other.name}`, other.pin)
}

describe('a drawer through several hands, without a mouse', () => {
  it('a cashier opens a drawer and hands it over: the taker counts alone', async () => {
    await desk.signIn(ALVAREZ.letters, ALVAREZ.pin)
    await desk.isAt('Which drawer')
    await desk.press('Enter')
    await desk.countCash(CHANGE_FUND)
    await desk.press('F10')
    await desk.sees('The count agrees with the change fund.')
    await desk.press('Enter')
    await desk.goTo('d')
    await desk.sees('Your drawer')
    await desk.press('F2')
    await desk.isAt('The other person')
    await isClean()
    await desk.type('oko')
    await desk.press('Enter')
    await desk.sees('Count the drawer for J. Okonkwo')
    await countAll(CHANGE_FUND)
    await desk.isAt(/I am J. Okonkwo/)
    await isClean()
    await desk.press('Enter')
    await desk.countCash(TEN_TOO_FEW)
    await isClean()
  })

  it('their counts differ: nothing is handed over, and neither is told what the other found', async () => {
    await desk.press('F10')
    await desk.isAt('PIN of M. Alvarez')
    await isClean()
    await sign(ALVAREZ, OKONKWO)
    await desk.sees(/counts do not match in \$100, \$50, \$20\./)
    await desk.sees('Count the drawer for J. Okonkwo')
    await neitherCount()
  })

  it('whoever takes the drawer finds no way to the first count: only to two empty sheets', async () => {
    await countAll(CHANGE_FUND)
    await desk.isAt(/I am J. Okonkwo/)
    await desk.press('Escape')
    await desk.isAt('Keep counting')
    await isClean()
    await desk.press('Escape')
    await desk.isAt(/I am J. Okonkwo/)
    await desk.press('Escape')
    await desk.isAt('Keep counting')
    await desk.press('Tab', 'Enter')
    await desk.sees('Count the drawer for J. Okonkwo')
    await neitherCount()
  })

  it('a reload loses neither count, and while both sign neither is to be seen; the drawer is the other’s', async () => {
    await countAll(CHANGE_FUND)
    await desk.press('Enter')
    await desk.countCash(CHANGE_FUND)
    await desk.page.reload()
    await desk.sees('J. Okonkwo counts the cash')
    await desk.sees('200.00')
    await desk.press('F10')
    await desk.isAt('PIN of M. Alvarez')
    await neitherCount()
    // Whoever leaves the dialog, and whoever reloads, comes to no sheet.
    await desk.press('Escape')
    await desk.isAt('Both sign')
    await neitherCount()
    await desk.page.reload()
    await desk.isAt('PIN of M. Alvarez')
    await neitherCount()
    await desk.press('Escape')
    await desk.isAt('Both sign')
    await desk.goTo('c')
    await desk.sees('Count the drawer')
    await neitherCount()
    await desk.goTo('d')
    await desk.press('F2')
    await desk.isAt('PIN of M. Alvarez')
    await sign(ALVAREZ, OKONKWO)
    await desk.sees('Closed. Z report W1-Z0001')
    await desk.sees('J. Okonkwo has the drawer now, with session W1-S0002.')
    await isClean()
    await desk.press('Enter')
    await desk.changePerson(OKONKWO)
    await desk.isAt(/Scan a bill/)
    await desk.sees('Window 1')
  })
})

describe('from the live board, without a mouse', () => {
  it('a lead sees every drawer, and counts one by surprise', async () => {
    await desk.changePerson(CHEN)
    await desk.goTo('o')
    await desk.isAt('X report, Window 1')
    await desk.sees('200.00 of 2,500.00 · 8 %')
    await isClean()
    await desk.press('F3')
    await desk.sees('Surprise count of Window 1')
    await countAll(TEN_TOO_FEW)
    await desk.sees('Cash short 10.00')
    await isClean()
    await desk.press('Enter')
    await desk.isAt('X report, Window 1')
  })

  it('two close the drawer of a cashier who is not there', async () => {
    await desk.press('F4')
    await desk.isAt('The other person')
    await desk.press('Enter')
    await desk.isAt('Why is it closed without its cashier?')
    await desk.type('Went home ill')
    await isClean()
    await desk.press('F10')
    await desk.sees('Count the drawer of J. Okonkwo')
    await countAll(TEN_TOO_FEW)
    await desk.isAt(/I am D. Whitfield/)
    await desk.press('Enter')
    await desk.countCash(TEN_TOO_FEW)
    await desk.press('F10')
    await sign(CHEN, WHITFIELD)
    await desk.sees('Closed. Z report W1-Z0002')
    await desk.sees('R. Chen and D. Whitfield')
    await desk.press('Enter')
    await desk.sees(/W1-Z0002 · J. Okonkwo/)
  })
})

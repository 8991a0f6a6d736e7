/**
 * Money that moves without a receipt, by keyboard alone in a real Chromium: a turn-in that two people count, of which
 * the second never sees the first one's figures; money paid out; a change order; the drawer opened without a sale;
 * and the safe, counted by two.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser, openPage } from '../support/browser.ts'
import { type Host, startHost } from '../support/host.ts'
import { bills } from './bills.ts'
import { Desk } from './desk.ts'

const FIND = /Scan a bill/
const OWN_PIN = 'PIN of M. Alvarez'

let browser: Browser
let dataDir: string
let host: Host
let page: Page
let desk: Desk

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'tillproof-moves-'))
  browser = await openBrowser()
  host = await startHost(dataDir, ['--sample', '--accounts', '300'])
  page = (await openPage(browser, host.url)).page
  desk = new Desk(page)
})
afterAll(async () => {
  await browser.close()
  await host.stop()
  rmSync(dataDir, { recursive: true, force: true })
})

/** From wherever the cashier is to the drawer, and there a key. */
async function fromDrawer(key: string): Promise<void> {
  await desk.press('F12')
  await desk.sees('Your drawer')
  await desk.press(key)
}

/** So many twenties into the grid. */
async function twenties(count: string): Promise<void> {
  await desk.isAt('$100, pieces')
  await desk.press('ArrowDown', 'ArrowDown')
  await desk.isAt('$20, pieces')
  await desk.type(count)
}

/** Twenties, and the one check ticked. */
async function countWithCheck(count: string): Promise<void> {
  await twenties(count)
  await desk.press('F3')
  await desk.isAt(/1042/)
  await desk.press('Space', 'F10')
}

/** The cashier's PIN, then somebody else by the letters of their name, and theirs. */
async function sign(own: [field: string, pin: string], other: [letters: string, field: string, pin: string]) {
  await desk.enter(own[0], own[1])
  // Who may be the other one comes from the till.
  await page.getByRole('option').first().waitFor()
  await desk.type(other[0])
  await desk.press('Enter')
  await desk.enter(other[1], other[2])
}

const signed = () => sign([OWN_PIN, '4719'], ['chen', 'PIN of R. Chen', '5391'])

describe('money moves at a window, without a mouse', () => {
  test('a drawer with cash and a check in it', async () => {
    const [water, byCheck] = bills(dataDir, 2)
    if (!water || !byCheck) throw new Error('Two customers are wanted')
    await desk.signIn('alv', '4719')
    await desk.isAt('Which drawer')
    await desk.press('Enter')
    await twenties('10')
    await desk.press('F10')
    await desk.sees('The count agrees with the change fund.')
    await desk.press('Enter')
    await desk.enter(FIND, water.scanLine)
    await desk.sees(new RegExp(water.account.number))
    await desk.press('F2')
    await desk.isAt('Cash')
    await desk.type('20000')
    await desk.press('Enter', 'Enter')
    await desk.sees('Change due')
    await desk.press('Escape')
    await desk.enter(FIND, byCheck.scanLine)
    await desk.sees(new RegExp(byCheck.account.number))
    await desk.press('F3')
    await desk.isAt('Check')
    await desk.press('Enter')
    await desk.enter('Check number', '1042')
    await desk.enter('Routing number', '111000025')
    await desk.enter(/Account number/, '123456789')
    await desk.isAt(/Post and print/)
    await desk.press('Enter')
    await desk.sees('Next customer')
    await desk.press('Escape')
  })

  test('the giver’s count survives a reload, and the taker does not see it', async () => {
    await fromDrawer('F4')
    await twenties('4')
    await page.reload()
    await desk.sees('M. Alvarez counts what goes to the safe')
    await desk.sees('80.00')
    await desk.press('F3')
    await desk.isAt(/1042/)
    await desk.press('Space', 'F10')
    await desk.isAt('I have the money and count it')
    await desk.seesNot('80.00')
    await desk.press('Enter')
    await desk.isAt('$100, pieces')
    await desk.seesNot('80.00')
  })

  test('counts that differ stop it, without a figure, and both begin again', async () => {
    await twenties('3')
    await desk.press('F10')
    await signed()
    await desk.sees('The two of you did not find as many: $20, Check.')
    await desk.seesNot(/80\.00|60\.00/)
  })

  test('counts that agree, signed by both, are turned in, and the slip comes out', async () => {
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

  test('cash is paid out with what it is for, and above the city’s amount another person approves', async () => {
    await fromDrawer('F6')
    await desk.isAt('What for')
    await desk.type('post')
    await desk.press('Enter')
    await desk.enter('Amount', '3150')
    await desk.enter(/Number of its paper/, 'PC-118')
    await desk.enter('Reason', 'Stamps for the notices')
    await desk.enter('PIN', '7046')
    await desk.sees(/Paid out: W1-M0002/)
  })

  test('an exchange that is not worth the same is told before anybody signs', async () => {
    await fromDrawer('F7')
    await twenties('1')
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

  test('the drawer is opened without a sale only with a reason', async () => {
    await fromDrawer('F8')
    await desk.isAt('Reason')
    await desk.press('Enter')
    await desk.sees('Write why the drawer is opened.')
    await desk.enter('Reason', 'Change for the meter')
    await desk.sees(/open it with its key/)
  })

  test('the slips of the day are listed, and each is shown again', async () => {
    await desk.press('F9')
    await desk.isAt('W1-M0003')
    await desk.press('ArrowDown', 'Enter')
    await desk.sees('Stamps for the notices')
    await desk.press('Escape')
    await desk.isAt('W1-M0002')
  })

  test('the lead sees what is in the safe, and two count it', async () => {
    await desk.goTo('Q')
    await desk.signIn('chen', '5391')
    await desk.sees('R. Chen')
    await desk.goTo('S')
    await desk.sees('One check or money order')
    await desk.sees('80.00')
    await desk.press('F2')
    await desk.isAt('$100, pieces')
    await desk.type('5')
    await desk.press('F3')
    await desk.enter('Reason', 'The change fund')
    await sign(['PIN of R. Chen', '5391'], ['whit', 'PIN of D. Whitfield', '7046'])
    await desk.sees('500.00 counted; the book is put right by 420.00, with the reason on record.')
    expect(await page.getByText('Count of the safe').count()).toBe(1)
  })
})

describe('a drawer at its cash limit', () => {
  test('says so in the header in words, and F2 says what to do before an amount is typed', async () => {
    await desk.goTo('Q')
    await desk.signIn('oko', '8263')
    await desk.goTo('W')
    await desk.isAt('Which drawer')
    await desk.press('ArrowDown', 'Enter')
    await desk.isAt('$100, pieces')
    await desk.type('25')
    await desk.press('F10')
    await desk.sees(/more than its change fund/)
    await desk.press('Enter')
    await desk.isAt(FIND)
    await desk.sees('full, no cash')
    await desk.press('F2')
    await desk.sees(/at its cash limit of 2,500\.00\. Turn cash in/)
    expect(await page.getByRole('textbox', { name: 'Cash', exact: true }).count()).toBe(0)
    await desk.press('F3')
    await desk.isAt('Check')
  })
})

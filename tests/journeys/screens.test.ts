/** Every screen and dialog, light and dark, at both sizes: clean by axe's WCAG 2.2 AA rules, and pictured. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser, openPage } from '../support/browser.ts'
import { type Host, startHost } from '../support/host.ts'
import { type Bill, bills } from './bills.ts'
import { LookingDesk, looksToTake } from './looking-desk.ts'

const FIND = /Scan a bill/
let browser: Browser
let folder: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tillproof-screens-'))
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
  rmSync(folder, { recursive: true, force: true })
})

/** One walk through everything that the sample city can show. */
async function walk(desk: LookingDesk, [one, two]: readonly [Bill, Bill]): Promise<void> {
  await atSignIn(desk)
  await atTheDrawer(desk)
  await atTheWindow(desk, one)
  await atTenders(desk, two)
  await atReceipts(desk, one)
  await atTheClose(desk)
  await atDeposits(desk)
  await atTheOffice(desk)
}

async function atSignIn(desk: LookingDesk): Promise<void> {
  await desk.isAt('Your name')
  await desk.lookAt('sign-in')
  await desk.type('alv')
  await desk.press('Enter')
  await desk.enter('PIN', '1593')
  await desk.sees(/PIN is wrong|wrong PIN/i)
  await desk.lookAt('sign-in-wrong-pin')
  await desk.enter('PIN', '4719')
  await desk.page.getByRole('listbox', { name: 'Your name' }).waitFor({ state: 'hidden' })
}

async function atTheDrawer(desk: LookingDesk): Promise<void> {
  await desk.isAt('Which drawer')
  await desk.lookAt('open-drawer')
  await desk.press('Enter')
  await desk.isAt('$100, pieces')
  await desk.press('ArrowDown', 'ArrowDown')
  await desk.type('9')
  await desk.press('F10')
  await desk.sees(/change fund/)
  await desk.lookAt('opened-short')
  await desk.press('Enter')
  await desk.isAt(FIND)
}

async function atTheWindow(desk: LookingDesk, bill: Bill): Promise<void> {
  await desk.lookAt('window-empty')
  await desk.press('?')
  await desk.page.getByRole('dialog').waitFor()
  await desk.lookAt('keys')
  await desk.press('Escape')
  await desk.press('F1')
  await desk.page.getByRole('dialog').waitFor()
  await desk.lookAt('menu')
  await desk.press('Escape')
  await desk.isAt(FIND)
  await desk.type('smith')
  await desk.sees(/Smith/)
  await desk.lookAt('window-found')
  await desk.press('Control+a')
  await desk.type('zzzzzz')
  await desk.sees(/Nothing found/)
  await desk.lookAt('window-nothing-found')
  await desk.press('Control+a')
  await desk.enter(FIND, bill.scanLine)
  await desk.sees(bill.account.number)
  await desk.press('F11')
  await desk.page.getByRole('dialog').waitFor()
  await desk.lookAt('fees')
  await desk.press('Escape')
  await desk.press('F8')
  await desk.isAt('Under which name')
  await desk.lookAt('suspend')
  await desk.enter('Under which name', 'The caller')
  await desk.seesNot(bill.account.number)
  await desk.press('F9')
  await desk.sees('The caller')
  await desk.lookAt('suspended')
  await desk.press('Enter')
  await desk.sees(bill.account.number)
  await desk.press('Control+l')
  await desk.isAt('PIN')
  await desk.lookAt('locked')
  await desk.enter('PIN', '4719')
  await desk.isAt(FIND)
  await desk.press('F2')
  await desk.isAt('Cash')
  await desk.type('20000')
  await desk.lookAt('window-cash')
  await desk.press('Enter', 'Enter')
  await desk.sees(/^Paper saved/)
  await desk.lookAt('posted')
  await desk.press('Enter')
}

async function atTenders(desk: LookingDesk, bill: Bill): Promise<void> {
  await desk.enter(FIND, bill.scanLine)
  await desk.sees(bill.account.number)
  await desk.press('F3')
  await desk.isAt('Check')
  await desk.press('Control+a')
  await desk.type('1000')
  await desk.press('Enter')
  await desk.enter('Check number', '1187')
  await desk.enter('Routing number', '111000026')
  await desk.sees(/Not a routing number/)
  await desk.lookAt('window-check-wrong')
  await desk.press('Control+a')
  await desk.enter('Routing number', '111000025')
  await desk.enter(/^Account number/, '123454406')
  await desk.sees(/ends 4406/)
  await desk.press('F4')
  await desk.isAt('Card')
  await desk.press('Enter')
  await desk.isAt('Card brand')
  await desk.lookAt('window-card')
  await desk.type('Visa')
  await desk.press('Enter')
  await desk.enter('Last four digits', '1111')
  await desk.enter('Approval code', '004213')
  await desk.sees(/ends 1111/)
  await desk.lookAt('window-covered')
  await desk.press('F10')
  await desk.sees('W1-000002')
  await desk.press('Enter')
  await desk.isAt(FIND)
}

async function atReceipts(desk: LookingDesk, bill: Bill): Promise<void> {
  await desk.goTo('r')
  await desk.sees('W1-000002')
  await desk.lookAt('receipts')
  await desk.press('F8')
  await desk.isAt('Reason for the void')
  await desk.lookAt('void')
  await desk.press('Escape')
  await desk.press('F6')
  await desk.page.locator('iframe').waitFor()
  await desk.lookAt('paper')
  await desk.press('Escape')
  await desk.goTo('a')
  await desk.isAt(/Find an account/)
  await desk.type(bill.account.number)
  await desk.sees(bill.account.name)
  await desk.press('Enter')
  await desk.sees(/As of .*, from the billing system/)
  await desk.lookAt('account')
}

async function atTheClose(desk: LookingDesk): Promise<void> {
  await desk.goTo('d')
  await desk.sees('Your drawer')
  await desk.lookAt('drawer')
  await desk.goTo('c')
  for (const title of ['Count the drawer', 'Count once more']) {
    await desk.sees(title)
    await desk.isAt('$100, pieces')
    await desk.press('ArrowDown', 'ArrowDown')
    await desk.type('12')
    await desk.press('F3')
    await desk.press('Space')
    await desk.press('F4')
    await desk.isAt(/Card slips/)
    await desk.type('100')
    await desk.lookAt(title === 'Count the drawer' ? 'count' : 'recount')
    await desk.press('F10')
  }
  await desk.sees(/What would explain/)
  await desk.page.locator('.candidate button:focus').waitFor()
  await desk.lookAt('explain')
  await desk.press('1')
  await desk.isAt('Back')
  await desk.lookAt('explain-opened')
  await desk.press('Escape', 'r')
  await desk.isAt('Reason')
  await desk.type('Counted with the supervisor')
  await desk.press('F10')
  await desk.isAt('PIN')
  await desk.lookAt('explain-approval')
  await desk.enter('PIN', '7046')
  await desk.sees(/Closed\. Z report/)
  await desk.lookAt('closed')
  await desk.press('Enter')
}

async function atDeposits(desk: LookingDesk): Promise<void> {
  await desk.goTo('q')
  await desk.signIn('whit', '7046')
  await desk.goTo('b')
  await desk.sees('1 closed session')
  await desk.lookAt('deposits')
  await desk.press('F2')
  await desk.sees('W1-Z0001')
  await desk.lookAt('deposit-making')
  await desk.press('F3')
  await desk.enter(/Bag number/, '7741-0098')
  await desk.press('F10')
  await desk.sees(/is made up/)
  await desk.lookAt('deposit-made')
  await atVerifying(desk)
  await desk.lookAt('deposit-verified')
  await desk.press('F4')
  await desk.isAt(/Why is it opened again/)
  await desk.lookAt('deposit-reopen')
  await desk.press('Escape')
  await atCustody(desk)
}

async function atVerifying(desk: LookingDesk): Promise<void> {
  await desk.press('F10')
  await desk.isAt('$100, pieces')
  await desk.type('1')
  await desk.lookAt('deposit-verifying')
  await desk.press('F3')
  await desk.enter('How many papers', '0')
  await desk.type('0')
  await desk.press('F10')
  await desk.isAt('Reason for the difference')
  await desk.lookAt('deposit-verifying-wrong')
  await desk.type('Found so by both')
  await desk.press('F10')
  await desk.isAt('PIN')
  await desk.lookAt('deposit-verifying-pin')
  await desk.enter('PIN', '5391')
  await desk.sees(/is verified/)
}

async function atCustody(desk: LookingDesk): Promise<void> {
  await desk.press('F10')
  await desk.isAt('Seal number')
  await desk.type('S-20118')
  await desk.lookAt('deposit-seal')
  await desk.press('Enter')
  await desk.sees(/is sealed/)
  await desk.press('F10')
  await desk.isAt('Carrier')
  await desk.lookAt('deposit-hand-over')
  await desk.type('Plains Armored')
  await desk.press('Tab')
  await desk.type('T. Boyd')
  await desk.press('Enter')
  await desk.sees(/is on its way/)
  await desk.press('F10')
  await desk.isAt('Slip number')
  await desk.type('0098-1')
  await desk.press('Tab')
  await desk.type('100')
  await desk.press('Enter')
  await desk.isAt('Reason for the difference')
  await desk.lookAt('deposit-slip-wrong')
  await desk.type('A part of it was lost')
  await desk.press('Tab', 'Enter')
  await desk.sees(/has validated/)
  await desk.press('F10')
  await desk.isAt('Amount on the statement')
  await desk.type('100')
  await desk.lookAt('deposit-credit')
  await desk.press('Enter')
  await desk.sees(/is credited/)
  await desk.lookAt('deposit-credited')
  await desk.press('Escape')
  await desk.sees('handed over')
  await desk.lookAt('deposits-made')
}

const CSV =
  'Account,Name,Service,Due,Amount\n0099-00001,"Quill, Ada",water,2026-11-30,$12.50\n0099-00002,Bad,water,soon,x\n'

async function atTheOffice(desk: LookingDesk): Promise<void> {
  await desk.goTo('q')
  await desk.signIn('kow', '904713')
  await desk.goTo('i')
  await desk.page.locator('input[type=file]').waitFor({ state: 'attached' })
  await desk.lookAt('import')
  const file = { name: 'accounts.csv', mimeType: 'text/csv', buffer: Buffer.from(CSV) }
  await desk.page.setInputFiles('input[type=file]', file)
  await desk.sees(/0099-00001/)
  await desk.lookAt('import-preview')
  await desk.goTo('m')
  await desk.page.getByRole('tab').first().waitFor()
  const tabs = await desk.page.getByRole('tab').count()
  for (let tab = 0; tab < tabs; tab++) {
    await desk.page.getByRole('tab').nth(tab).focus()
    await desk.press('Enter')
    await desk.page.locator('[role=tab][aria-selected=true]').nth(0).waitFor()
    await desk.lookAt(`admin-${tab + 1}`)
  }
  await desk.goTo('u')
  await desk.sees(/Journal/)
  await desk.lookAt('audit')
}

describe('every screen, by axe and as a picture', () => {
  test.each(looksToTake())(
    '$width × $height, $colorScheme: nothing that axe finds, and nothing wider than the screen',
    async look => {
      const dataDir = join(folder, `${look.width}-${look.colorScheme}`)
      const host: Host = await startHost(dataDir, ['--sample', '--accounts', '2000'])
      try {
        const { page, complaints } = await openPage(browser, host.url, look)
        const desk = new LookingDesk(page, look, folder)
        const [one, two] = bills(dataDir, 2)
        if (!one || !two) throw new Error('Two customers are wanted')
        await walk(desk, [one, two])
        expect(desk.found).toEqual([])
        expect(complaints).toEqual([])
        await page.context().close()
      } finally {
        await host.stop()
      }
    },
    240_000,
  )
})

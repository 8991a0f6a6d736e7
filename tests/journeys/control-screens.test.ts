/** The screens of drawer control, light and dark, at both sizes: clean by axe's WCAG 2.2 AA rules, and pictured. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser, openPage } from '../support/browser.ts'
import { startHost } from '../support/host.ts'
import { type Bill, bills } from './bills.ts'
import { LookingDesk, looksToTake } from './looking-desk.ts'

const FIND = /Scan a bill/

let browser: Browser
let folder: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tillproof-control-'))
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
  rmSync(folder, { recursive: true, force: true })
})

async function openDrawer(desk: LookingDesk, [letters, pin]: readonly [string, string]): Promise<void> {
  await desk.signIn(letters, pin)
  await desk.isAt('Which drawer')
  await desk.press('Enter')
  await twenties(desk, '10')
  await desk.press('F10')
  await desk.sees('The count agrees with the change fund.')
  await desk.press('Enter')
  await desk.isAt(FIND)
}

async function twenties(desk: LookingDesk, count: string): Promise<void> {
  await desk.isAt('$100, pieces')
  await desk.press('ArrowDown', 'ArrowDown')
  await desk.isAt('$20, pieces')
  await desk.type(count)
}

/** Cash with its pieces noted, so that the change and what it comes to are on the screen. */
async function takeCash(desk: LookingDesk, bill: Bill): Promise<void> {
  await desk.enter(FIND, bill.scanLine)
  await desk.sees(bill.account.number)
  await desk.press('F2')
  await desk.isAt('Cash')
  await desk.press('F2')
  await desk.page.getByRole('dialog').waitFor()
  await desk.lookAt('note-pieces')
  await desk.press('Escape')
  await desk.isAt('Cash')
  await desk.type('20000')
  await desk.press('Enter', 'Enter')
  await desk.sees('Change due')
  await desk.sees(/^Paper saved/)
  await desk.lookAt('posted')
  await desk.press('Enter')
}

async function atTheDrawer(desk: LookingDesk): Promise<void> {
  await desk.press('F12')
  await desk.sees('Your drawer')
  await desk.lookAt('drawer')
  await desk.press('F4')
  await twenties(desk, '4')
  await desk.lookAt('turn-in-giver')
  await desk.press('F10')
  await desk.lookAt('turn-in-between')
  await desk.press('Enter')
  await twenties(desk, '4')
  await desk.lookAt('turn-in-taker')
  await desk.press('F10')
  await desk.isAt('PIN of M. Alvarez')
  await desk.lookAt('turn-in-sign')
  await desk.enter('PIN of M. Alvarez', '4719')
  await desk.sees('R. Chen · lead')
  await desk.type('chen')
  await desk.press('Enter')
  await desk.enter('PIN of R. Chen', '5391')
  await desk.sees(/W1-M0001/)
  await desk.lookAt('turn-in-done')
  for (const [key, name] of [
    ['F6', 'paid'],
    ['F7', 'exchange'],
    ['F9', 'slips'],
  ] as const) {
    await desk.press('F12')
    await desk.sees('Your drawer')
    await desk.press(key)
    await desk.page.waitForURL(url => url.hash.endsWith(`/drawer/${name}`))
    await desk.lookAt(name)
    await desk.press('Escape')
  }
  await desk.press('F12')
  await desk.sees('Your drawer')
  await desk.press('F8')
  await desk.page.getByRole('dialog').waitFor()
  await desk.lookAt('no-sale')
  await desk.press('Escape')
}

async function atTheOffice(desk: LookingDesk): Promise<void> {
  await desk.goTo('q')
  await desk.signIn('chen', '5391')
  await desk.goTo('o')
  await desk.sees('M. Alvarez')
  await desk.lookAt('board')
  await desk.press('F3')
  await desk.isAt('$100, pieces')
  await desk.lookAt('surprise-count')
  await desk.press('Escape')
  await desk.goTo('s')
  await desk.sees('Cash by denomination')
  await desk.lookAt('safe')
  await desk.press('F2')
  await desk.isAt('$100, pieces')
  await desk.lookAt('safe-count')
  await desk.press('Escape')
  await desk.goTo('e')
  await desk.page.getByRole('table').first().waitFor()
  await desk.lookAt('report')
  await desk.goTo('v')
  await desk.page.getByRole('heading', { level: 1 }).waitFor({ state: 'attached' })
  await desk.lookAt('over-short')
}

describe('the screens of drawer control, by axe and as pictures', () => {
  test.each(looksToTake())(
    '$width × $height, $colorScheme: nothing that axe finds, and nothing wider than the screen',
    async look => {
      const dataDir = join(folder, `${look.width}-${look.colorScheme}`)
      const host = await startHost(dataDir, ['--sample', '--accounts', '300'])
      try {
        const { page, complaints } = await openPage(browser, host.url, look)
        const desk = new LookingDesk(page, look, folder)
        const [bill] = bills(dataDir, 1)
        if (!bill) throw new Error('A customer is wanted')
        await openDrawer(desk, ['alv', '4719'])
        await takeCash(desk, bill)
        await atTheDrawer(desk)
        await atTheOffice(desk)
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

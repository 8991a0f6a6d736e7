/** Leaving the desk: the screen locks itself after its minutes, in mid-basket, and gives everything back. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { openBrowser, openPage } from '../support/browser.ts'
import { freshDir } from '../support/data-folder.ts'
import { startHost } from '../support/host.ts'
import { bills } from './desk/bills.ts'
import { Desk } from './desk/desk.ts'

const IDLE_MINUTES = 10

async function openDeskWithTime() {
  const dataDir = mkdtempSync(join(tmpdir(), 'tillproof-leaving-'))
  const passed = join(freshDir(), 'passed')
  writeFileSync(passed, '0')
  const host = await startHost(dataDir, ['--sample', '--accounts', '300'], {
    before: ['--import', new URL('../support/run/passed-time.mjs', import.meta.url).href],
    env: { ...process.env, TILLPROOF_TEST_PASSED: passed },
  })
  const browser = await openBrowser()
  onTestFinished(async () => {
    await browser.close()
    await host.stop()
    rmSync(dataDir, { recursive: true, force: true })
  })
  const { page } = await openPage(browser, 'about:blank')
  // Both clocks go forward together: the page's, and that of the till's own running, which decides.
  await page.clock.install()
  await page.goto(host.url)
  let minutes = 0
  const pass = async (more: number) => {
    minutes += more
    writeFileSync(passed, String(minutes * 60_000))
    await page.clock.fastForward(more * 60_000)
  }
  return { desk: new Desk(page), dataDir, pass, otherTab: async () => openPage(browser, host.url) }
}

it('a desk that is left alone for its minutes locks itself and keeps the basket; a key in between starts them anew', async () => {
  const { desk, dataDir, pass, otherTab } = await openDeskWithTime()
  const [bill] = bills(dataDir, 1)
  if (!bill) throw new Error('A customer is wanted')
  await desk.signIn('alv', '4719')
  await desk.openDrawer()
  await desk.scan(bill)
  await desk.untilSaved(dataDir, bill.account.accountId)

  await pass(IDLE_MINUTES - 1)
  const heard = desk.page.waitForResponse(response => response.url().endsWith('/person/active'))
  await desk.press('Shift')
  await heard
  await pass(IDLE_MINUTES - 1)
  expect(await desk.page.getByRole('textbox', { name: 'PIN' }).count()).toBe(0)

  // Busy in another tab is not away.
  const { page } = await otherTab()
  const other = new Desk(page)
  await other.signIn('alv', '4719')
  await pass(2)
  expect(await desk.page.getByRole('textbox', { name: 'PIN' }).count()).toBe(0)

  await pass(IDLE_MINUTES)
  await desk.isAt('PIN')
  await other.isAt('PIN')
  await desk.enter('PIN', '4719')
  await desk.sees(new RegExp(bill.account.number))
})

/** Leaving the desk: the screen locks itself after its minutes, in mid-basket, and gives everything back. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { openBrowser, openPage } from '../support/browser.ts'
import { startHost } from '../support/host.ts'
import { bills } from './desk/bills.ts'
import { Desk } from './desk/desk.ts'

const IDLE_MINUTES = 10

async function openDeskWithTime(): Promise<{ desk: Desk; dataDir: string }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'tillproof-leaving-'))
  const host = await startHost(dataDir, ['--sample', '--accounts', '300'])
  const browser = await openBrowser()
  onTestFinished(async () => {
    await browser.close()
    await host.stop()
    rmSync(dataDir, { recursive: true, force: true })
  })
  const { page } = await openPage(browser, 'about:blank')
  // The page's own clock, which the test can put forward; the till keeps the real one.
  await page.clock.install()
  await page.goto(host.url)
  return { desk: new Desk(page), dataDir }
}

it('a desk that is left alone for its minutes locks itself and keeps the basket; a key in between starts them anew', async () => {
  const { desk, dataDir } = await openDeskWithTime()
  const [bill] = bills(dataDir, 1)
  if (!bill) throw new Error('A customer is wanted')
  await desk.signIn('alv', '4719')
  await desk.openDrawer()
  await desk.scan(bill)
  await desk.untilSaved(dataDir, bill.account.accountId)

  await desk.page.clock.fastForward((IDLE_MINUTES - 1) * 60_000)
  await desk.press('Shift')
  await desk.page.clock.fastForward((IDLE_MINUTES - 1) * 60_000)
  expect(await desk.page.getByRole('textbox', { name: 'PIN' }).count()).toBe(0)

  await desk.page.clock.fastForward(2 * 60_000)
  await desk.enter('PIN', '4719')
  await desk.sees(new RegExp(bill.account.number))
})

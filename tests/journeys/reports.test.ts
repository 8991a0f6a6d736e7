/** Somebody who reads: reports and the over and short history by keyboard, on the screen and as a file. */
import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Desk } from './desk/desk.ts'
import { shopOfFile } from './desk/shop.ts'

const shop = shopOfFile({ accounts: 200 })
let desk: Desk

beforeAll(async () => {
  desk = await shop.openDesk()
})

/** Presses a key that saves a file; its name and its content. */
async function saved(key: string): Promise<{ name: string; content: Buffer }> {
  const begun = desk.page.waitForEvent('download')
  await desk.press(key)
  const download = await begun
  return { name: download.suggestedFilename(), content: readFileSync(await download.path()) }
}

describe('reports, without a mouse', () => {
  it('a cashier finds the history of their own sessions in the menu, and no reports of everybody', async () => {
    await desk.signIn('alv', '4719')
    await desk.openDrawer()
    await desk.press('F1')
    await desk.sees('Over and short history')
    await desk.seesNot('Reports')
    await desk.press('V')
    await desk.sees('No session was closed in these twelve months.')
  })

  it('an auditor reads the journal of today at once, and saves it as a workbook', async () => {
    desk = await shop.openDesk()
    await desk.signIn('nat', '62815')
    await desk.goTo('E')
    await desk.isAt('Report')
    await desk.sees('By GL account')
    await desk.type('Jour')
    await desk.sees(/Session W1-S0001 opened by M. Alvarez/)
    const { name, content } = await saved('F7')
    expect(name).toMatch(/^journal-\d{4}-\d{2}-\d{2}\.xlsx$/)
    expect(content.subarray(0, 2).toString()).toBe('PK')
    await desk.sees(`Saved as ${name}`)
    await desk.press('F3')
    await desk.isAt('Days')
    await desk.type('Yest')
    await desk.sees('Nothing to show.')
  })

  it('the same table comes as CSV and PDF, and Esc leads back', async () => {
    await desk.press('F2')
    await desk.isAt('Report')
    await desk.type('Sess')
    await desk.sees('Money by session and tender')
    expect((await saved('F6')).name).toMatch(/^sessions-.*\.csv$/)
    expect((await saved('F4')).content.subarray(0, 5).toString()).toBe('%PDF-')
    await desk.press('F8')
    await desk.isAt('Tender')
    await desk.press('Escape')
    await desk.seesNot('Over and short, twelve months')
  })

  it('an auditor follows a row of the audit to its session, and Esc leads back to the part that was in view', async () => {
    await desk.goTo('U')
    const eventType = desk.page.getByLabel('Event type')
    // The till says which kinds there are: nobody can type one before.
    await eventType.locator('option', { hasText: 'Session opened' }).waitFor({ state: 'attached' })
    await desk.press('F2')
    await desk.type('Session o')
    await expect.poll(() => eventType.inputValue()).toBe('session.opened')
    await desk.sees('W1-S0001')
    await desk.page.getByRole('link', { name: 'W1-S0001' }).first().click()
    await desk.isAt(/W1-S0001/)
    await desk.press('Escape')
    await desk.sees('Verify the ledger')
    await expect.poll(() => eventType.inputValue()).toBe('session.opened')
  })
})

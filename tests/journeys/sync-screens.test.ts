/** The line to the billing system as people see it: connect, lose it, come back, and what could not be posted. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser, openPage } from '../support/browser.ts'
import { CODE, FakeCentral, listen, unreachable } from '../support/fake-central.ts'
import { startHost } from '../support/host.ts'
import { type Bill, bills } from './bills.ts'
import { LookingDesk, looksToTake } from './looking-desk.ts'

const FIND = /Scan a bill/
const CASHIER = ['alv', '4719'] as const
const ADMINISTRATOR = ['kow', '904713'] as const
const LEAD = ['chen', '5391'] as const

let browser: Browser
let folder: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tillproof-sync-'))
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
  rmSync(folder, { recursive: true, force: true })
})

async function payInCash(desk: LookingDesk, bill: Bill): Promise<void> {
  await desk.enter(FIND, bill.scanLine)
  await desk.sees(bill.account.number)
  await desk.press('F2')
  await desk.isAt('Cash')
  await desk.type('20000')
  await desk.press('Enter', 'Enter')
  await desk.sees('Change due')
  await desk.sees(/^Paper saved/)
  await desk.press('Enter')
  await desk.isAt(FIND)
}

async function changePerson(desk: LookingDesk, [letters, pin]: readonly [string, string]): Promise<void> {
  await desk.goTo('q')
  await desk.signIn(letters, pin)
}

async function openDrawer(desk: LookingDesk): Promise<void> {
  await desk.isAt('Which drawer')
  await desk.press('Enter')
  await desk.isAt('$100, pieces')
  await desk.press('ArrowDown', 'ArrowDown')
  await desk.isAt('$20, pieces')
  await desk.type('10')
  await desk.press('F10')
  await desk.sees('The count agrees with the change fund.')
  await desk.press('Enter')
  await desk.isAt(FIND)
}

/** The administrator connects the till, by the keyboard alone. */
async function connect(desk: LookingDesk, address: string): Promise<void> {
  await desk.goTo('y')
  await desk.sees('This till is not connected to a billing system.')
  await desk.lookAt('sync-alone')
  await desk.press('F3')
  await desk.enter('Address of the billing system', address)
  await desk.enter('Code', 'WRONG-CODE-1')
  await desk.sees(/does not know this code/)
  await desk.lookAt('sync-wrong-code')
  await desk.isAt('Code')
  await desk.press('Control+a')
  await desk.type(CODE)
  await desk.press('Enter')
  await desk.sees('Connected to the billing system of Test utility.')
  await desk.sees('Billing is up to date')
  await desk.lookAt('sync-up-to-date')
}

async function atTheLead(desk: LookingDesk, { account }: Bill): Promise<void> {
  await changePerson(desk, LEAD)
  await desk.sees('Billing is up to date · 1 exception')
  await desk.goTo('y')
  await desk.sees('The billing system has no such account.')
  await desk.lookAt('sync-exceptions')
  await desk.goTo('r')
  await desk.sees(account.name)
  await desk.lookAt('sync-receipts')
}

describe('the line to the billing system', () => {
  test.each(looksToTake())(
    '$width × $height, $colorScheme: connect, go offline, come back, and see what could not be posted',
    async look => {
      const dataDir = join(folder, `${look.width}-${look.colorScheme}`)
      const host = await startHost(dataDir, ['--sample', '--accounts', '300'])
      const central = new FakeCentral()
      const { address } = await listen(central)
      try {
        const { page, complaints } = await openPage(browser, host.url, look)
        const desk = new LookingDesk(page, look, folder)
        const [bill, unknown] = bills(dataDir, 2)
        if (!bill || !unknown) throw new Error('Two customers are wanted')
        central.unknownAccounts.add(unknown.account.number)
        await desk.signIn(...ADMINISTRATOR)
        await connect(desk, address)
        await changePerson(desk, CASHIER)
        await desk.goTo('w')
        await openDrawer(desk)
        central.always = unreachable
        await payInCash(desk, bill)
        await payInCash(desk, unknown)
        await desk.sees('Offline · 2 held')
        await desk.goTo('y')
        await desk.sees('Payments go on; what waits is sent by itself.')
        await desk.lookAt('sync-offline')
        central.always = undefined
        await desk.press('F2')
        await desk.sees('Billing is up to date · 1 exception')
        await desk.lookAt('sync-cashier')
        await atTheLead(desk, unknown)
        central.revoked = true
        await desk.goTo('y')
        await desk.press('F2')
        await desk.sees('The billing system does not accept this till any more. Nothing is sent.')
        await desk.lookAt('sync-wrong-revoked')
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

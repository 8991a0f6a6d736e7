/** Two people at two screens of one till: what the office saves stands at the counter without a key being pressed there. */
import { expect, it } from 'vitest'
import { cents } from '../../shared/money.ts'
import { CHANGE_FUND, closedSession, countDrawer, openDrawer } from '../support/desk.ts'
import { hostClientOf } from '../support/host-screens.ts'
import { bills } from './desk/bills.ts'
import { Desk } from './desk/desk.ts'
import { ALVAREZ, CHEN, KOWALSKI, WHITFIELD } from './desk/people.ts'
import { shopOfFile } from './desk/shop.ts'

const shop = shopOfFile()

type Place = readonly [tab: string, record: RegExp, field: string]

/** Opens a record of the administration by its name, and saves it with other text in one of its fields. */
async function saves(office: Desk, [tab, record, field]: Place, text: string) {
  await opens(office, [tab, record, field])
  await changes(office, field, text)
}

async function opens(office: Desk, [tab, record, field]: Place) {
  await office.press(tab)
  await office.page.getByRole('row', { name: record }).getByRole('button').first().focus()
  await office.press('Enter')
  await office.page.getByRole('textbox', { name: field, exact: true }).waitFor()
}

async function changes(office: Desk, field: string, text: string) {
  await writes(office, field, text)
  await office.press('F10')
  await office.sees(/ saved\.$/)
}

/** Another name for somebody, whom a supervisor knows. */
async function renames(office: Desk, who: RegExp, name: string) {
  await opens(office, ['F2', who, 'Name'])
  await writes(office, 'Name', name)
  await office.press('F10')
  await office.sees(new RegExp(`will be called ${name.replaceAll('.', '\\.')}, on every earlier receipt`))
  await office.approve(WHITFIELD)
  await office.sees(/ saved\.$/)
}

async function writes(office: Desk, field: string, text: string) {
  await office.page.getByRole('textbox', { name: field, exact: true }).focus()
  await office.press('Control+a')
  await office.type(text)
}

async function officeOf(): Promise<Desk> {
  const office = await shop.openDesk()
  await office.signIn(KOWALSKI.letters, KOWALSKI.pin)
  await office.goTo('m')
  await office.page.getByRole('tab').first().waitFor()
  return office
}

it('what is saved in the office is read at the counter', async () => {
  const [bill] = bills(shop.dataDir, 1)
  if (!bill) throw new Error('One customer is wanted')
  const counter = await shop.openDesk()
  await counter.signIn(ALVAREZ.letters, ALVAREZ.pin)
  await counter.openDrawer()
  await counter.scan(bill)
  const office = await officeOf()

  await renames(office, /M\. Alvarez/, 'M. Alvarez-Reyes')
  await counter.sees('M. Alvarez-Reyes')
  await saves(office, ['F3', /Window 1/, 'Name'], 'Front window')
  await counter.sees('Front window')
  await saves(office, ['F6', /^Money order/, 'Name on the screen'], 'Postal order')
  await counter.sees('Postal order')
  await office.press('F8')
  await changes(office, 'Name of the utility', 'Millbrook Water and Light')
  await counter.sees('Millbrook Water and Light')

  await counter.press('F11')
  await counter.sees(/Returned check/)
  await counter.type('returned')
  await counter.press('Enter')
  await counter.sees('30.00')
  await saves(office, ['F4', /Returned check/, 'Price'], '41.37')
  await counter.sees('The price has changed: it comes to 41.37, was 30.00.')
})

it('a bank account that is renamed in the office is read where deposits are made up', async () => {
  await closedSession(await hostClientOf(shop.host, 'colleague'), cents(5_000), 'Window 2')
  const counter = await shop.openDesk()
  await counter.signIn(WHITFIELD.letters, WHITFIELD.pin)
  await counter.goTo('b')
  await counter.sees('1 closed session')
  await counter.press('F2')
  const choice = (name: string) => counter.page.getByRole('option', { name }).waitFor({ state: 'attached' })
  await choice('Utility operating')
  await saves(await officeOf(), ['F7', /Utility operating/, 'Name'], 'Deposits, First National')
  await choice('Deposits, First National')
})

it('a form follows what another office saves while nothing was typed, and is refused in words once something was', async () => {
  const place: Place = ['F3', /Window 3/, 'Name']
  const first = await officeOf()
  const second = await officeOf()
  const nameAt = (office: Desk) => office.page.getByRole('textbox', { name: 'Name', exact: true })
  await opens(first, place)
  await opens(second, place)
  await changes(first, 'Name', 'Drive-up')
  await expect.poll(() => nameAt(second).inputValue()).toBe('Drive-up')
  await opens(first, ['F3', /Drive-up/, 'Name'])
  await writes(second, 'Name', 'Night window')
  await changes(first, 'Name', 'Side window')
  await second.sees(/^Somebody else changed this since you opened it/)
  await second.press('F10')
  await expect.poll(() => nameAt(second).inputValue()).toBe('Night window')
  await first.seesNot('Night window')
})

it('what comes while the menu lies over the screen has the cursor once the menu is gone', async () => {
  const counter = await shop.openDesk()
  const held = Promise.withResolvers<void>()
  await counter.page.route('**/rpc/setup/drawers**', async route => {
    await held.promise
    await route.continue()
  })
  await counter.signIn(CHEN.letters, CHEN.pin)
  await counter.sees('Count its change fund')
  await counter.press('F1')
  await counter.page.getByRole('dialog', { name: 'Menu of screens' }).waitFor()
  held.resolve()
  await counter.page.locator('[role="option"]').first().waitFor({ state: 'attached' })
  await counter.press('Escape')
  await counter.isAt('Which drawer')
})

it('a dialog has the cursor once, as it appears, and Tab goes round in it', async () => {
  const counter = await shop.openDesk()
  await counter.signIn(CHEN.letters, CHEN.pin)
  await counter.sees('Count its change fund')
  // Somebody quick: further on in the dialog before the browser has had time for anything else.
  await counter.page.evaluate(() => {
    const further = new MutationObserver(() => {
      const last = [...document.querySelectorAll<HTMLElement>('[aria-modal="true"] .menu-list button')].at(-1)
      if (last === undefined) return
      further.disconnect()
      last.focus()
    })
    further.observe(document.body, { childList: true, subtree: true })
  })
  await counter.press('F1')
  await counter.isAt(/Sign out$/)
  await counter.page.evaluate(() => new Promise(done => void setTimeout(done, 50)))
  await counter.isAt(/Sign out$/)
  const stops = new Set<string>()
  for (let tabs = 0; tabs < 40; tabs += 1) {
    await counter.press('Tab')
    stops.add(
      await counter.page.evaluate(
        () =>
          `${document.activeElement?.closest('[aria-modal]') === null ? 'below' : 'in'} ${document.activeElement?.textContent}`,
      ),
    )
  }
  expect([...stops].filter(stop => stop.startsWith('below'))).toEqual([])
  expect(stops.size).toBeGreaterThan(8)
  await counter.press('Escape')
})

it('where news takes away what has the cursor, the beginning of what has come instead has it', async () => {
  const client = await hostClientOf(shop.host, 'lead')
  await openDrawer(client, 'Window 2')
  const counter = await shop.openDesk()
  await counter.signIn(CHEN.letters, CHEN.pin)
  await counter.goTo('d')
  await counter.isAt('Count and close')
  await countDrawer(client, CHANGE_FUND)
  await counter.isAt('Open a drawer')
})

it('seven tabs of one browser all answer, and hear the news, whichever of them is closed', async () => {
  const first = await shop.openDesk()
  const { host } = shop
  const others = await Promise.all(
    Array.from({ length: 6 }, async () => {
      const page = await first.page.context().newPage()
      await page.goto(host.url)
      return new Desk(page)
    }),
  )
  for (const desk of others) await desk.sees('S. Kowalski')
  await first.page.close()
  const office = await officeOf()
  await renames(office, /J\. Okonkwo/, 'J. Okonkwo-Hale')
  for (const desk of others) await desk.sees('J. Okonkwo-Hale')
})

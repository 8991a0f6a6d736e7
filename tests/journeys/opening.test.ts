/** A drawer is opened while somebody else opens one: a count is of the drawer in which the money lies, whatever the news. */
import { expect, it } from 'vitest'
import { cents } from '../../shared/money.ts'
import { CHANGE_FUND, closedSession, countDrawer, openDrawer, pay } from '../support/desk.ts'
import { hostClientOf } from '../support/host-screens.ts'
import { saveDrawer } from '../support/office.ts'
import { ALVAREZ, CHEN, OKONKWO } from './desk/people.ts'
import { shopOfFile } from './desk/shop.ts'

const shop = shopOfFile()

it('a drawer that somebody else opens stays the one that is counted, and is not opened', async () => {
  const desk = await shop.openDesk()
  await desk.signIn(ALVAREZ.letters, ALVAREZ.pin)
  await desk.isAt('Which drawer')
  await desk.press('Enter')
  await desk.twenties('10')
  const colleague = await hostClientOf(shop.host, 'colleague')
  await openDrawer(colleague, 'Window 1')
  await desk.sees('J. Okonkwo has this drawer open. Choose another one.')
  await desk.press('F10')
  const option = desk.page.getByRole('option', { name: /Window 1/ })
  expect(await option.getAttribute('aria-selected')).toBe('true')
  expect((await (await hostClientOf(shop.host, 'cashier')).till.state()).session).toBeNull()
  // Of another drawer nothing is counted yet.
  await desk.page.getByRole('option', { name: /Window 2/ }).click()
  await desk.seesNot('J. Okonkwo has this drawer open. Choose another one.')
  expect(await desk.page.getByLabel('$20, pieces').inputValue()).toBe('')
  await countDrawer(colleague, CHANGE_FUND)
  await desk.press('Enter')
  await desk.twenties('10')
  await desk.press('F10')
  await desk.sees('Window 2 is open')
  await desk.press('Enter')
})

it('whoever approves says that a drawer was brought to its assigned fund, and what is left over is short', async () => {
  const client = await hostClientOf(shop.host, 'colleague')
  await closedSession(client, cents(5_000), 'Window 3')
  const administrator = await hostClientOf(shop.host, 'administrator')
  const drawer = (await administrator.setup.drawers()).find(({ name }) => name === 'Window 3')
  if (!drawer) throw new Error('No third drawer')
  await saveDrawer(administrator, { ...drawer, changeFundCents: cents(30_000) })
  const desk = await shop.openDesk()
  await desk.signIn(OKONKWO.letters, OKONKWO.pin)
  await desk.isAt('Which drawer')
  await desk.press('End', 'Enter')
  for (const title of ['Count its change fund', 'Count once more']) {
    await desk.sees(title)
    await desk.twenties('14')
    await desk.press('F10')
  }
  await desk.isAt('Open with a reason')
  await desk.sees('Cash over 80.00')
  await desk.press('Enter')
  await desk.isAt('Reason')
  const brought = desk.page.getByRole('checkbox', { name: /assigned change fund of 300\.00: 100\.00 put in/ })
  await brought.focus()
  await desk.press('Space')
  await desk.page.getByRole('dialog').getByText('Cash short 20.00').waitFor()
  await desk.page.getByRole('textbox', { name: 'Reason' }).focus()
  await desk.type('A twenty was missing')
  await desk.press('Enter')
  await desk.approve(CHEN)
  await desk.sees('Window 3 is open')
  await pay(await hostClientOf(shop.host, 'colleague'), cents(1_000))
  const lead = await hostClientOf(shop.host, 'lead')
  const [session] = (await lead.session.list({})).filter(
    ({ drawerName, state }) => drawerName === 'Window 3' && state === 'open',
  )
  const { openingDifference } = await lead.session.readX({ sessionId: session?.sessionId ?? '' })
  expect(openingDifference).toMatchObject({ fundChangeCents: 10_000, overShortCents: -2_000 })
})

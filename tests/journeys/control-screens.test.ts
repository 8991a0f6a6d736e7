/** The screens of drawer control, light and dark, at both sizes: clean by axe's WCAG 2.2 AA rules, and pictured. */
import { type Bill, bills } from './desk/bills.ts'
import { describeWalk, type LookingDesk } from './desk/looking-desk.ts'
import { ALVAREZ, CHEN } from './desk/people.ts'

/** Cash with its pieces noted, so that the change and what it comes to are on the screen. */
async function takeCash(desk: LookingDesk, bill: Bill): Promise<void> {
  await desk.scan(bill)
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
  await desk.sees(/^Saved as/)
  await desk.lookAt('posted')
  await desk.press('Enter')
}

async function atTheDrawer(desk: LookingDesk): Promise<void> {
  await desk.press('F12')
  await desk.sees('Your drawer')
  await desk.lookAt('drawer')
  await desk.press('F4')
  await desk.twenties('4')
  await desk.lookAt('turn-in-giver')
  await desk.press('F10')
  await desk.lookAt('turn-in-between')
  await desk.press('Enter')
  await desk.twenties('4')
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
    await desk.fromDrawer(key)
    await desk.page.waitForURL(url => url.hash.endsWith(`/drawer/${name}`))
    await desk.lookAt(name)
    await desk.press('Escape')
  }
  await desk.fromDrawer('F8')
  await desk.page.getByRole('dialog').waitFor()
  await desk.lookAt('no-sale')
  await desk.press('Escape')
}

async function atTheOffice(desk: LookingDesk): Promise<void> {
  await desk.changePerson(CHEN)
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

describeWalk('the screens of drawer control, by axe and as pictures', {
  title: 'nothing that axe finds, and nothing wider than the screen',
  accounts: 300,
  async walk(desk, { dataDir }) {
    const [bill] = bills(dataDir, 1)
    if (!bill) throw new Error('A customer is wanted')
    await desk.signIn(ALVAREZ.letters, ALVAREZ.pin)
    await desk.openDrawer()
    await takeCash(desk, bill)
    await atTheDrawer(desk)
    await atTheOffice(desk)
  },
})

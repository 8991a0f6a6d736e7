/** The line to the billing system as people see it: connect, lose it, come back, and what could not be posted. */
import { add, type Cents, cents } from '../../shared/money.ts'
import { CODE, FakeCentral, listen, unreachable } from '../support/central/fake-central.ts'
import { type Bill, bills } from './desk/bills.ts'
import { FIND } from './desk/desk.ts'
import { describeWalk, type LookingDesk } from './desk/looking-desk.ts'
import { ALVAREZ, CHEN, KOWALSKI } from './desk/people.ts'

const CHANGE_FUND = cents(20_000)

async function payInCash(desk: LookingDesk, bill: Bill): Promise<void> {
  await desk.scan(bill)
  await desk.giveCash('20000')
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
  await desk.isAt('Approved by')
  await desk.lookAt('sync-approve')
  await desk.approve(CHEN)
  await desk.sees(/does not know this code/)
  await desk.lookAt('sync-wrong-code')
  await desk.isAt('Code')
  await desk.press('Control+a')
  await desk.type(CODE)
  await desk.press('Enter')
  await desk.approve(CHEN)
  await desk.sees('Connected to the billing system of Test utility.')
  await desk.sees('Billing is up to date')
  await desk.seesNot('Connecting takes two people')
  await desk.lookAt('sync-up-to-date')
}

/** The drawer is counted and closed while central is away: what is unsent is said, and is in nobody's way. */
async function closeOffline(desk: LookingDesk, cash: Cents): Promise<void> {
  await desk.goTo('c')
  await desk.sees(/^2 receipts not sent yet\. The drawer can be closed all the same/)
  await desk.lookAt('sync-count')
  await desk.countCash(cash)
  await desk.press('F4')
  await desk.isAt(/Card slips/)
  await desk.type('0')
  await desk.press('F10')
  await desk.sees(/^2 receipts not sent yet\. All is safe here/)
  await desk.lookAt('sync-closed')
  await desk.press('Enter')
}

async function atTheLead(desk: LookingDesk, { account }: Bill): Promise<void> {
  await desk.press('F2')
  await desk.sees('Billing is up to date · 1 exception')
  await desk.sees('The billing system has no such account.')
  await desk.sees(/^These figures differ/)
  await desk.lookAt('sync-exceptions')
  await desk.goTo('r')
  await desk.sees(account.name)
  await desk.lookAt('sync-receipts')
  await desk.goTo('d')
  await desk.page.getByRole('button', { name: /W1-[SZ]0001/ }).press('Enter')
  await desk.sees('The billing system’s own sums differ.')
  await desk.lookAt('sync-z')
}

describeWalk('the line to the billing system', {
  title: 'connect, go offline, close, come back, and see what could not be posted and what does not agree',
  accounts: 300,
  async walk(desk, { dataDir }) {
    const central = new FakeCentral()
    const { address } = await listen(central)
    const [bill, unknown] = bills(dataDir, 2)
    if (!bill || !unknown) throw new Error('Two customers are wanted')
    central.unknownAccounts.add(unknown.account.number)
    central.shortSums.set('W1-Z0001', 1_000)
    await desk.signIn(KOWALSKI.letters, KOWALSKI.pin)
    await connect(desk, address)
    await desk.changePerson(ALVAREZ)
    await desk.goTo('w')
    await desk.openDrawer()
    central.always = unreachable
    await payInCash(desk, bill)
    await payInCash(desk, unknown)
    await desk.sees('Offline · 2 held')
    await desk.goTo('y')
    await desk.sees('Payments go on; what waits is sent by itself.')
    await desk.lookAt('sync-cashier')
    await closeOffline(desk, add(CHANGE_FUND, bill.owedCents, unknown.owedCents))
    await desk.changePerson(CHEN)
    await desk.goTo('o')
    await desk.sees(/2 not sent yet, billing does not answer/)
    await desk.lookAt('sync-board')
    await desk.goTo('y')
    await desk.sees(/^The billing system cannot be reached/)
    await desk.lookAt('sync-offline')
    central.always = undefined
    await atTheLead(desk, unknown)
    central.revoked = true
    await desk.goTo('y')
    await desk.press('F2')
    await desk.sees('The billing system does not accept this till any more. Nothing is sent.')
    await desk.lookAt('sync-wrong-revoked')
  },
})

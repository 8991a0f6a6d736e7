/**
 * An account changes at billing while its customer stands at the window: it is said at the line, calmly, and nothing
 * that was typed is lost. Shown with an account file that is imported meanwhile.
 */
import { expect } from 'vitest'
import { add, cents, formatCents } from '../../shared/money.ts'
import type { Host } from '../support/host.ts'
import { hostClientOf } from '../support/host-screens.ts'
import { type Bill, bills } from './desk/bills.ts'
import { FIND } from './desk/desk.ts'
import { describeWalk, type LookingDesk } from './desk/looking-desk.ts'
import { ALVAREZ } from './desk/people.ts'

const CLOSED = /Closed since it was added/

interface FileLine {
  bill: Bill
  name?: string
  status?: 'Open' | 'Closed'
  amount: string
}

/** What billing's file says of these accounts now. */
async function importAccounts(host: Host, lines: readonly FileLine[]): Promise<void> {
  const rows = lines.map(({ bill, name, status = 'Open', amount }) => {
    const { number, name: before, address } = bill.account
    return [number, name ?? before, address, status, 'Water', '2026-12-01', amount, '501-4100']
      .map(cell => `"${cell}"`)
      .join(',')
  })
  const text = ['Account No,Name,Address,Status,Service,Due Date,Amount,GL', ...rows].join('\n')
  const supervisor = await hostClientOf(host, 'supervisor')
  const content = new File([`${text}\n`], 'accounts.csv', { type: 'text/csv' })
  const upload = { fileName: 'accounts.csv', content, madeAtMs: Date.now() }
  const { uploadId } = await supervisor.account.previewImport(upload)
  const options = { mapping: {}, mode: 'all-or-nothing', missingAccounts: 'keep' } as const
  const running = await supervisor.account.runImport({ ...options, uploadId, paymentsThroughMs: null })
  for (;;) {
    const { done, value } = await running.next()
    if (done !== true) continue
    expect(value).toMatchObject({ imported: true, badRowCount: 0 })
    return
  }
}

/** The cashier is typing what was handed over while the file comes in; the words come, and the cursor stays. */
async function toldInPassing(
  desk: LookingDesk,
  host: Host,
  [changing, closing, waiting]: Three,
): Promise<void> {
  const more = add(changing.owedCents, cents(1_050))
  await desk.press('F2')
  await desk.isAt('Cash')
  await desk.type('200')
  await importAccounts(host, [
    { bill: changing, name: 'Somebody Else', amount: formatCents(more).replaceAll(',', '') },
    { bill: closing, status: 'Closed', amount: '0.00' },
    { bill: waiting, amount: '77.77' },
  ])
  await desk.sees(`Renamed: was ${changing.account.name}.`)
  await desk.sees(`Balance is now ${formatCents(more)}, was ${formatCents(changing.owedCents)}.`)
  await desk.sees(CLOSED)
  await desk.isAt('Cash')
  await desk.type('00')
  expect(await desk.page.locator(':focus').inputValue()).toBe('200.00')
  expect(await desk.page.locator('[role=status]', { hasText: CLOSED }).count()).toBe(1)
  await desk.lookAt('mid-basket')
}

/** Posting stops at the closed account, and goes on without it. */
async function removedAndPaid(desk: LookingDesk, { account }: Bill): Promise<void> {
  await desk.press('Enter', 'F10')
  await desk.sees(`Account ${account.number} is closed and takes no payment.`)
  await desk.isAt(new RegExp(`^Pay to .*${account.number}`))
  await desk.lookAt('mid-basket-wrong-closed')
  await desk.press('Control+Delete')
  await desk.seesNot(CLOSED)
  // Enter in the amount takes it as it is now.
  await desk.press('ArrowDown', 'Enter')
  await desk.seesNot(/Renamed/)
  await desk.seesNot(/Balance is now/)
  await desk.press('F10')
  await desk.sees('Change due')
  await desk.press('Enter')
}

type Three = readonly [Bill, Bill, Bill]

describeWalk('an account that changes while it is in the basket', {
  title: 'is said at its line without taking the cursor, and a closed one is not paid',
  accounts: 300,
  async walk(desk, { dataDir, host }) {
    const [changing, closing, waiting] = bills(dataDir, 3)
    if (!changing || !closing || !waiting) throw new Error('Three customers are wanted')
    await desk.signIn(ALVAREZ.letters, ALVAREZ.pin)
    await desk.openDrawer()
    await desk.scan(waiting)
    await desk.press('F8')
    await desk.enter('Under which name', 'The caller')
    await desk.seesNot(waiting.account.number)
    await desk.isAt(FIND)
    await desk.scan(changing)
    await desk.scan(closing)
    await toldInPassing(desk, host, [changing, closing, waiting])
    await removedAndPaid(desk, closing)
    await desk.press('F9')
    await desk.sees('The caller')
    await desk.isAt('Suspended baskets')
    await desk.press('Enter')
    await desk.sees(`Balance is now 77.77, was ${formatCents(waiting.owedCents)}.`)
    await desk.lookAt('mid-basket-resumed')
  },
})

import { describe, expect, it } from 'vitest'
import { verifyLedger } from '../../db/verify/verify.ts'
import type { TillClient } from '../../shared/contract/index.ts'
import { newId } from '../../shared/id.ts'
import { cents } from '../../shared/money.ts'
import { sampleDir } from '../support/data-folder.ts'
import {
  CHANGE_FUND,
  cash,
  catalogLine,
  drawerId,
  liftLimits,
  piecesOf,
  receiptInput,
} from '../support/desk.ts'
import type { Host } from '../support/host.ts'
import { hostClientOf, hostOfTest, hostScreen, isCutOff } from '../support/host-screens.ts'
import { scaled } from '../support/run/scale.ts'
import { chanceOf, runSeed } from '../support/run/seed.ts'

const KILLS = scaled('KILLS', 4, 200)
/** The longest that a host lives under load before it is ended, in milliseconds. */
const LONGEST_LIFE_MS = 350

/** Something asked for and not answered yet: asked again, word for word, after the restart. */
type Attempt = (screens: Screens) => Promise<void>

interface Screens {
  cashier: TillClient
  lead: TillClient
  supervisor: TillClient
}

/** What the customers and the cashier know, whatever happens to the machine. */
class Counter {
  readonly acknowledged = new Map<string, string>()
  /** Copies of a receipt that were promised: none may be promised twice. */
  readonly copies = new Map<string, number[]>()
  readonly sent = new Set<string>()
  readonly below: (most: number) => number
  sessionId = ''
  expectedCash: number = CHANGE_FUND
  waiting: Attempt[] = []

  constructor(below: (most: number) => number) {
    this.below = below
  }

  /** Asks for something once; what is cut off in the middle waits for the restart. */
  async ask(screens: Screens, attempt: Attempt): Promise<boolean> {
    try {
      await attempt(screens)
      return true
    } catch (error) {
      if (!isCutOff(error)) throw error
      this.waiting.push(attempt)
      return false
    }
  }

  async askAgain(screens: Screens): Promise<void> {
    const again = this.waiting
    this.waiting = []
    for (const attempt of again) expect(await this.ask(screens, attempt)).toBe(true)
  }

  open(): Attempt {
    const commandId = newId()
    return async ({ cashier }) => {
      const drawer = { drawerId: await drawerId(cashier), pieces: piecesOf(CHANGE_FUND) }
      const { opened } = await cashier.session.open({ commandId, ...drawer })
      this.sessionId = opened?.sessionId ?? ''
      this.expectedCash = CHANGE_FUND
    }
  }

  post(): Attempt {
    const amount = 100 + this.below(9_000)
    const handed = amount + this.below(5) * 100
    const receipt = receiptInput([], [cash(cents(handed))], cents(amount))
    const { commandId } = receipt
    this.sent.add(commandId)
    return async ({ cashier }) => {
      const lines = [await catalogLine(cashier, 'MISC', { priceCents: cents(amount) })]
      const posted = await cashier.receipt.post({ ...receipt, lines })
      expect(posted.changeCents).toBe(handed - amount)
      this.acknowledged.set(commandId, posted.number)
      this.expectedCash += amount
    }
  }

  /** Counts what is there, which closes the drawer, and opens it again. */
  close(): Attempt {
    const count = { pieces: piecesOf(cents(this.expectedCash)), items: [], extraItems: [], slips: [] }
    const commandId = newId()
    return async ({ cashier }) => {
      const counted = await cashier.session.count({ commandId, count })
      expect(counted.outcome).toBe('closed')
    }
  }

  async print(screens: Screens): Promise<boolean> {
    const ids = [...this.acknowledged.keys()]
    const receiptId = ids[this.below(ids.length)]
    if (receiptId === undefined) return true
    try {
      const { copyNo } = await screens.cashier.receipt.print({ receiptId })
      this.copies.set(receiptId, [...(this.copies.get(receiptId) ?? []), copyNo])
      return true
    } catch (error) {
      if (!isCutOff(error)) throw error
      return false
    }
  }
}

async function signInAll(host: Host): Promise<Screens> {
  const [cashier, lead, supervisor] = await Promise.all(
    (['cashier', 'lead', 'supervisor'] as const).map(who => hostClientOf(host, who)),
  )
  if (!cashier || !lead || !supervisor) throw new Error('Nobody signed in')
  return { cashier, lead, supervisor }
}

/** Everything that must hold after a restart, however the last life ended. */
async function checkAfterRestart(counter: Counter, { lead, cashier }: Screens, dir: string): Promise<void> {
  const found = await lead.receipt.find({ limit: 500, sessionId: counter.sessionId })
  expect(new Set(found.map(receipt => receipt.number)).size).toBe(found.length)
  const ids = new Set(found.map(receipt => receipt.receiptId))
  for (const receipt of found) expect(counter.acknowledged.get(receipt.receiptId)).toBe(receipt.number)
  const x = await lead.session.readX({ sessionId: counter.sessionId })
  expect(x.balances.find(balance => balance.tender === 'cash')?.expectedCents).toBe(counter.expectedCash)
  expect(ids.size).toBe(x.receiptCount)
  for (const [receiptId, copies] of counter.copies) {
    expect(new Set(copies).size, 'a copy promised twice').toBe(copies.length)
    expect((await cashier.receipt.get({ receiptId })).printCount).toBeGreaterThanOrEqual(Math.max(...copies))
  }
  const report = await verifyLedger(dir, () => undefined)
  expect(report.problems).toEqual([])
  expect(report.receipts).toBe(counter.acknowledged.size)
}

/** Work of one kind until the host is gone. */
async function workUntilGone(counter: Counter, screens: Screens, kind: number): Promise<void> {
  for (;;) {
    if (kind === 0 && !(await counter.print(screens))) return
    if (kind === 1) {
      if (!(await counter.ask(screens, counter.close()))) return
      if (!(await counter.ask(screens, counter.open()))) return
    }
    // Three screens at once, as when a second window is open.
    const posts = Array.from({ length: kind > 1 ? 3 : 1 }, () => counter.ask(screens, counter.post()))
    if ((await Promise.all(posts)).includes(false)) return
    if (kind === 3) {
      const imported = await importAccounts(screens.supervisor, counter.below(1_000_000)).catch(error => {
        if (!isCutOff(error)) throw error
        return false
      })
      if (!imported) return
    }
  }
}

/** Every account of a small city under a name of its own, handed over as a file. */
async function importAccounts(supervisor: TillClient, edition: number): Promise<boolean> {
  const rows = Array.from(
    { length: 400 },
    (_, i) => `0099-${String(i).padStart(5, '0')},Edition ${edition},${i}.10`,
  )
  const content = new File([`Account No,Name,Amount\n${rows.join('\n')}\n`], 'accounts.csv')
  const preview = await supervisor.account.previewImport({
    fileName: 'accounts.csv',
    content,
    madeAtMs: Date.UTC(2026, 10, 20),
  })
  const events = await supervisor.account.runImport({
    uploadId: preview.uploadId,
    mapping: preview.mapping,
    mode: 'all-or-nothing',
    missingAccounts: 'keep',
    paymentsThroughMs: null,
  })
  for (;;) {
    const { done, value } = await events.next()
    if (done) return value.imported
  }
}

describe('a host that is killed at any instant', () => {
  it(
    'keeps every acknowledged receipt once, takes up what was cut off, and proves clean after each restart',
    async () => {
      const below = chanceOf(runSeed())
      const dir = await sampleDir()
      const counter = new Counter(below)
      let cutOff = 0
      for (let kills = 0; kills < KILLS; kills++) {
        const host = await hostOfTest(dir)
        const screens = await signInAll(host)
        // What the drawer may hold is not what this is about.
        if (kills === 0) await liftLimits(await hostClientOf(host, 'administrator'))
        cutOff += counter.waiting.length
        await counter.askAgain(screens)
        const { session } = await hostScreen(host)
          .client.till.state()
          .then(() => screens.cashier.till.state())
        if (session === null) await counter.ask(screens, counter.open())
        await checkAfterRestart(counter, screens, dir)
        const life = new Promise<void>(done => setTimeout(done, 20 + below(LONGEST_LIFE_MS)))
        const work = workUntilGone(counter, screens, kills % 4)
        await Promise.race([life, work])
        await host.kill()
        await work
      }
      const host = await hostOfTest(dir)
      const screens = await signInAll(host)
      await counter.askAgain(screens)
      const { session } = await screens.cashier.till.state()
      if (session === null) await counter.ask(screens, counter.open())
      await checkAfterRestart(counter, screens, dir)
      expect([...counter.acknowledged.keys()].sort()).toEqual([...counter.sent].sort())
      console.info(
        `${KILLS} kills, ${counter.sent.size} receipts, ${cutOff} commands cut off and asked again`,
      )
      expect(cutOff).toBeGreaterThan(KILLS / 4)
      await host.kill()
    },
    30_000 + KILLS * 6_000,
  )
})

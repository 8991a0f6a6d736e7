/** How long a cashier waits, letter by letter, for what the find box shows. */
import type { Page } from 'playwright-core'
import { openAccountsReader } from '../db/accounts/open.ts'
import { Chance } from '../electron/backend/setup/sample/chance.ts'
import { openBrowser, openPage } from '../tests/support/browser.ts'
import { startHost } from '../tests/support/host.ts'
import { openDrawerAt } from './host-client.ts'
import { type BenchRow, figure, limited, percentile } from './measure.ts'
import { ordinaryAccounts } from './receipts.ts'
import { CASHIER } from './sample-till.ts'

const KEYSTROKES = 400
const WARM_UP = 40
const LETTERS_PER_QUERY = 8
const LIMIT_MS = 50
/** Between seeing a result and the next key; a quick typist. */
const PAUSE_MS = 60
const SEED = 5
const ON_EVERY_KEYBOARD = /^[ -~]+$/

/**
 * Signs in at a real Chromium, types into the Window's find box, and times each key from its keydown to the end of
 * the frame that shows the results of exactly that text. Milliseconds.
 */
export async function benchKeystroke(name: string, dataDir: string): Promise<BenchRow[]> {
  const queries = typedQueries(dataDir)
  const host = await startHost(dataDir)
  const browser = await openBrowser()
  try {
    await openDrawerAt(host)
    const { page } = await openPage(browser, host.url)
    await signIn(page)
    await page.evaluate(watchKeys)
    const times: number[] = []
    for (const query of queries) times.push(...(await type(page, query)))
    const measured = times.slice(WARM_UP)
    return [
      figure(`keystroke to painted results, median, ${name}`, percentile(measured, 0.5), 'ms'),
      limited({
        name: `keystroke to painted results, p99, ${name}`,
        value: percentile(measured, 0.99),
        unit: 'ms',
        limit: LIMIT_MS,
        target: 1,
      }),
    ]
  } finally {
    await browser.close()
    await host.stop()
  }
}

/** Names, addresses, numbers and phones of accounts that there are, in turn. */
function typedQueries(dataDir: string): string[] {
  const accounts = openAccountsReader(dataDir)
  const seqs = ordinaryAccounts(accounts)
  const chance = new Chance(SEED)
  const row = accounts.connection.prepare<[number], Record<'number' | 'name' | 'address', string>>(
    'SELECT number, name, address FROM account WHERE seq = ?',
  )
  const columns = ['name', 'number', 'address'] as const
  const queries: string[] = []
  while (queries.length * LETTERS_PER_QUERY < KEYSTROKES + WARM_UP) {
    const account = row.get(seqs[chance.below(seqs.length)] ?? 0)
    const text =
      account?.[columns[queries.length % columns.length] ?? 'name'].slice(0, LETTERS_PER_QUERY) ?? ''
    if (ON_EVERY_KEYBOARD.test(text)) queries.push(text)
  }
  accounts.close()
  return queries
}

async function signIn(page: Page): Promise<void> {
  await page.locator('[role=listbox]:focus').waitFor()
  await page.keyboard.type(CASHIER.name)
  await page.keyboard.press('Enter')
  await page.locator('input[type=password]:focus').waitFor()
  await page.keyboard.type(CASHIER.pin)
  await page.keyboard.press('Enter')
  await page.locator('input[role=combobox]:focus').waitFor()
}

async function type(page: Page, query: string): Promise<number[]> {
  await page.keyboard.press('Control+A')
  await page.keyboard.press('Backspace')
  const times: number[] = []
  for (const letter of query) {
    await page.waitForTimeout(PAUSE_MS)
    if (letter === ' ') {
      // It changes nothing that is looked for, so nothing new is painted.
      await page.keyboard.press('Space')
      continue
    }
    // The watch has to stand before the key is pressed: keys take a shorter way into the page than calls do.
    await page.evaluate(() => window.watchKey?.())
    await page.keyboard.press(letter)
    times.push(await page.evaluate(() => window.painted ?? Promise.reject(new Error('No key was watched'))))
  }
  return times
}

declare global {
  interface Window {
    watchKey?: () => void
    /** The time from the watched keydown to the end of the frame with its results, in milliseconds. */
    painted?: Promise<number>
  }
}

/** Runs in the page. The box says how many results there are only once they are those of the text as it stands. */
function watchKeys(): void {
  window.watchKey = () => {
    window.painted = new Promise((resolve, reject) => {
      const box = document.activeElement
      const place = box?.parentElement
      if (!(box instanceof HTMLInputElement) || !place) return reject(new Error('The find box has no focus'))
      const before = box.value
      let pressedAt: number | undefined
      let isPainting = false
      const look = (): void => {
        const found = place.querySelector('[role=status]')?.textContent
        if (pressedAt === undefined || isPainting || box.value === before || !found) return
        isPainting = true
        requestAnimationFrame(() => {
          const afterFrame = new MessageChannel()
          afterFrame.port1.onmessage = () => {
            changes.disconnect()
            resolve(performance.now() - (pressedAt ?? 0))
          }
          afterFrame.port2.postMessage(null)
        })
      }
      const changes = new MutationObserver(look)
      changes.observe(place, { subtree: true, childList: true, characterData: true, attributes: true })
      const pressed = (event: KeyboardEvent): void => {
        pressedAt = event.timeStamp
        // Results that were known already change nothing but the text.
        box.addEventListener('input', () => requestAnimationFrame(look), { once: true })
      }
      box.addEventListener('keydown', pressed, { capture: true, once: true })
    })
  }
}

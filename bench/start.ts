/** How long the till takes from its start until somebody can sign in. */
import type { Browser } from 'playwright-core'
import { openBrowser, openPage } from '../tests/support/browser.ts'
import { type Host, startHost } from '../tests/support/host.ts'
import { clientOf } from './host-client.ts'
import { type BenchRow, limited, median } from './measure.ts'

const STARTS = 7
const LIMIT_MS = 1_500

/**
 * Starts the host on a data folder again and again, the system's file cache being warm and Chromium running, and
 * times each start: in turn to the first answers over HTTP, and to a sign-in screen that lists its names and has
 * the focus. The first start of each kind only warms up.
 */
export async function benchStart(name: string, dataDir: string): Promise<BenchRow[]> {
  const browser = await openBrowser()
  try {
    const answeredMs: number[] = []
    const usableMs: number[] = []
    for (let i = 0; i <= STARTS; i += 1) {
      answeredMs.push(await timeStart(dataDir, answers))
      usableMs.push(await timeStart(dataDir, host => signInScreen(browser, host)))
    }
    return [
      row(`host start to first answers, median, ${name}`, answeredMs),
      row(`host start to usable sign-in, median, ${name}`, usableMs),
    ]
  } finally {
    await browser.close()
  }
}

function row(name: string, times: readonly number[]): BenchRow {
  return limited({ name, value: median(times.slice(1)), unit: 'ms', limit: LIMIT_MS, target: 1 })
}

async function timeStart(dataDir: string, reached: (host: Host) => Promise<void>): Promise<number> {
  const began = performance.now()
  const host = await startHost(dataDir)
  try {
    await reached(host)
    return performance.now() - began
  } finally {
    await host.stop()
  }
}

async function answers(host: Host): Promise<void> {
  const client = clientOf(host, () => undefined)
  const [state, names] = await Promise.all([client.till.state(), client.person.names()])
  if (state.phase !== 'ready' || names.length === 0) throw new Error('The till has no city')
}

async function signInScreen(browser: Browser, host: Host): Promise<void> {
  const { page } = await openPage(browser, host.url)
  try {
    await page.waitForFunction(
      () => {
        const list = document.activeElement
        return list?.getAttribute('role') === 'listbox' && list.querySelector('[role=option]') !== null
      },
      undefined,
      { polling: 'raf' },
    )
  } finally {
    await page.context().close()
  }
}

/** A real Chromium for tests, without a network of its own. */
import { type Browser, chromium, type Page } from 'playwright-core'
import { chromiumForTests } from '../../build/setup.mjs'

const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export async function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: await chromiumForTests(), args: QUIET })
}

export interface Look {
  width: number
  height: number
  colorScheme: 'light' | 'dark'
}

export const DESK: Look = { width: 1280, height: 800, colorScheme: 'light' }

/** A page of its own context, with everything that it complains about gathered. */
export async function openPage(
  browser: Browser,
  url: string,
  look: Look = DESK,
): Promise<{ page: Page; complaints: string[] }> {
  const { width, height, colorScheme } = look
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme,
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', error => complaints.push(error.message))
  page.on('console', message => {
    // Chromium reports every answer that is no 200, and a refusal is an answer.
    const isAnswer = message.text().startsWith('Failed to load resource')
    if (message.type() === 'error' && !isAnswer) complaints.push(message.text())
  })
  await page.goto(url)
  return { page, complaints }
}

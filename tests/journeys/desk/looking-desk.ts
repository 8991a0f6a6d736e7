/** A desk that looks at each place it comes to: by axe, for what is wider than the screen, and as a picture. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Look, openBrowser, openPage } from '../../support/browser.ts'
import { type Host, startHost } from '../../support/host.ts'
import { violationsOn } from './axe.ts'
import { Desk } from './desk.ts'

/** Where the pictures go: a folder of the test's own, or one that somebody wants to look at. */
const PICTURES = process.env.TILLPROOF_PICTURES
/** Places where the screen has something to announce. */
const SPEAKS = new Set(['opened-short', 'posted', 'recount'])

const LOOKS: readonly Look[] = [
  { width: 1280, height: 800, colorScheme: 'light' },
  { width: 1280, height: 800, colorScheme: 'dark' },
  { width: 1024, height: 768, colorScheme: 'light' },
  { width: 1024, height: 768, colorScheme: 'dark' },
]

/** The looks of one run: two that differ in everything, or all four for whoever keeps the pictures. */
function looksToTake(): readonly Look[] {
  return PICTURES === undefined ? LOOKS.filter((_, at) => at === 0 || at === 3) : LOOKS
}

export class LookingDesk extends Desk {
  readonly found: string[] = []
  readonly #look: Look
  readonly #pictures: string

  constructor(page: Page, look: Look, folder: string) {
    super(page)
    this.#look = look
    this.#pictures = PICTURES ?? join(folder, 'pictures')
  }

  async lookAt(name: string): Promise<void> {
    const { width, colorScheme } = this.#look
    mkdirSync(this.#pictures, { recursive: true })
    await this.page.screenshot({ path: join(this.#pictures, `${name}-${width}-${colorScheme}.png`) })
    const alerts = await this.page.locator('[role=alert]').filter({ visible: true }).allInnerTexts()
    const told = alerts.filter(words => words.trim() !== '')
    // A complaint belongs only where a mistake was made on purpose.
    if (told.length > 0 && !SPEAKS.has(name) && !name.includes('wrong'))
      this.found.push(`${name}: says ${told.join(' ')}`)
    for (const violation of await violationsOn(this.page)) this.found.push(`${name}: ${violation}`)
    const scrolls = await this.page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)
    if (scrolls) this.found.push(`${name}: is wider than the screen`)
  }
}

interface Walk {
  title: string
  accounts: number
  /** Goes through the screens of a sample city that was just opened. */
  walk(desk: LookingDesk, dataDir: string, host: Host): Promise<void>
}

/** Walks through screens once in each look; nothing may be found there, and the page may not complain. */
export function describeWalk(subject: string, { title, accounts, walk }: Walk): void {
  describe(subject, () => {
    let browser: Browser
    let folder: string

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'tillproof-walk-'))
      browser = await openBrowser()
    })
    afterAll(async () => {
      await browser.close()
      rmSync(folder, { recursive: true, force: true })
    })

    it.each(looksToTake())(
      `$width × $height, $colorScheme: ${title}`,
      async look => {
        const dataDir = join(folder, `${look.width}-${look.colorScheme}`)
        const host = await startHost(dataDir, ['--sample', '--accounts', String(accounts)])
        try {
          const { page, complaints } = await openPage(browser, host.url, look)
          const desk = new LookingDesk(page, look, folder)
          await walk(desk, dataDir, host)
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
}

/** A desk that looks at each place it comes to: by axe, for what is wider than the screen, and as a picture for whoever wants them. */
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import type { Look } from '../../support/browser.ts'
import { violationsOn } from './axe.ts'
import { Desk } from './desk.ts'
import { type Shop, shopOfFile } from './shop.ts'

/** Where the pictures go that somebody wants to look at; set to nothing it is nowhere, and not this folder. */
const PICTURES = process.env.TILLPROOF_PICTURES || undefined
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
  readonly #looks: readonly Look[]

  constructor(page: Page, looks: readonly Look[]) {
    super(page)
    this.#looks = looks
  }

  /** Looks in every way, and goes on in the first. */
  async lookAt(name: string): Promise<void> {
    const alerts = await this.page.locator('[role=alert]').filter({ visible: true }).allInnerTexts()
    const told = alerts.filter(words => words.trim() !== '')
    // A complaint belongs only where a mistake was made on purpose.
    if (told.length > 0 && !SPEAKS.has(name) && !name.includes('wrong'))
      this.found.push(`${name}: says ${told.join(' ')}`)
    for (const [at, look] of this.#looks.entries()) {
      await this.#appear(look)
      await this.#lookOnce(`${name}-${look.width}-${look.colorScheme}`, { isAgain: at > 0 })
    }
    const [first] = this.#looks
    if (first) await this.#appear(first)
  }

  async #appear({ width, height, colorScheme }: Look): Promise<void> {
    await this.page.emulateMedia({ colorScheme })
    await this.page.setViewportSize({ width, height })
  }

  async #lookOnce(picture: string, again: { isAgain: boolean }): Promise<void> {
    if (PICTURES !== undefined) await this.page.screenshot({ path: join(PICTURES, `${picture}.png`) })
    for (const violation of await violationsOn(this.page, again)) this.found.push(`${picture}: ${violation}`)
    const scrolls = await this.page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)
    if (scrolls) this.found.push(`${picture}: is wider than the screen`)
  }
}

interface Walk {
  title: string
  accounts: number
  /** Goes through the screens of a sample city that was just opened. */
  walk(desk: LookingDesk, shop: Shop): Promise<void>
}

/** Walks through screens once, looking in every way; nothing may be found there, and the page may not complain. */
export function describeWalk(subject: string, { title, accounts, walk }: Walk): void {
  describe(subject, () => {
    const shop = shopOfFile({ accounts })

    it(title, { timeout: 240_000 }, async () => {
      const looks = looksToTake()
      const { page, complaints } = await shop.openPage(looks[0])
      const desk = new LookingDesk(page, looks)
      await walk(desk, shop)
      expect(desk.found).toEqual([])
      expect(complaints).toEqual([])
    })
  })
}

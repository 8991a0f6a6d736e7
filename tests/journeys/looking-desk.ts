/** A desk that looks at each place it comes to: by axe, for what is wider than the screen, and as a picture. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import type { Look } from '../support/browser.ts'
import { Desk } from './desk.ts'

/** Where the pictures go: a folder of the test's own, or one that somebody wants to look at. */
const PICTURES = process.env.TILLPROOF_PICTURES
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
/** Places where the screen has something to announce. */
const SPEAKS = new Set(['opened-short', 'posted', 'recount'])

const LOOKS: readonly Look[] = [
  { width: 1280, height: 800, colorScheme: 'light' },
  { width: 1280, height: 800, colorScheme: 'dark' },
  { width: 1024, height: 768, colorScheme: 'light' },
  { width: 1024, height: 768, colorScheme: 'dark' },
]

/** The looks of one run: two that differ in everything, or all four for whoever keeps the pictures. */
export function looksToTake(): readonly Look[] {
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
    const { violations } = await new AxeBuilder({ page: this.page }).withTags(RULES).analyze()
    for (const { id, nodes } of violations)
      this.found.push(`${name}: ${id} at ${nodes.map(node => node.target.join(' ')).join(', ')}`)
    const scrolls = await this.page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)
    if (scrolls) this.found.push(`${name}: is wider than the screen`)
  }
}

/** A cashier's hands and eyes: keys are pressed and nothing is clicked; what is awaited is what a person would see. */
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Cents } from '../../shared/money.ts'
import { US_DENOMINATIONS } from '../../shared/rules/denominations.ts'
import { makeChange } from '../../shared/rules/make-change.ts'

const STEP_MS = 10_000
/** Everything that can have the cursor. */
const ROLES = ['textbox', 'combobox', 'listbox', 'checkbox', 'button', 'searchbox'] as const

export class Desk {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
    page.setDefaultTimeout(STEP_MS)
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key)
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text)
  }

  /** Waits until these words can be seen. */
  async sees(words: string | RegExp): Promise<void> {
    await this.page
      .getByText(words)
      .filter({ visible: true })
      .first()
      .waitFor()
      .catch(async () => {
        throw new Error(`${String(words)} is not to be seen; the cursor is at ${await this.#where()}`)
      })
  }

  async seesNot(words: string | RegExp): Promise<void> {
    await expect.poll(() => this.page.getByText(words).filter({ visible: true }).count()).toBe(0)
  }

  /** Waits until the cursor is in the field of this name: the next key belongs there. */
  async isAt(field: string | RegExp): Promise<void> {
    const focused = this.page.locator(':focus')
    const named = ROLES.map(role =>
      this.page.getByRole(role, { name: field, exact: typeof field === 'string' }),
    )
    const any = named.reduce((all, one) => all.or(one))
    await any
      .and(focused)
      .first()
      .waitFor()
      .catch(async () => {
        throw new Error(`The cursor is not at ${String(field)} but at ${await this.#where()}`)
      })
  }

  /** A field is filled and left by Enter. */
  async enter(field: string | RegExp, text: string): Promise<void> {
    await this.isAt(field)
    await this.type(text)
    await this.press('Enter')
  }

  async signIn(letters: string, pin: string): Promise<void> {
    await this.isAt('Your name')
    await this.type(letters)
    await this.press('Enter')
    await this.enter('PIN', pin)
    await this.page.getByRole('listbox', { name: 'Your name' }).waitFor({ state: 'hidden' })
  }

  /** Opens a screen from the menu by its key. */
  async goTo(key: string): Promise<void> {
    await this.press('F1')
    await this.page.getByRole('dialog', { name: 'Menu of screens' }).waitFor()
    await this.press(key)
    await this.page.getByRole('dialog', { name: 'Menu of screens' }).waitFor({ state: 'hidden' })
  }

  /** Counts an amount into the grid, from the largest piece down. */
  async countCash(amount: Cents): Promise<void> {
    await this.isAt('$100, pieces')
    const pieces = makeChange(amount, US_DENOMINATIONS)
    for (const { label } of US_DENOMINATIONS) {
      const found = pieces.find(piece => piece.label === label)
      await this.isAt(`${label}, pieces`)
      if (found) await this.type(String(found.pieces))
      await this.press('ArrowDown')
    }
  }

  /** Waits until the basket that is typed is on disk. */
  async untilSaved(dataDir: string, text: string): Promise<void> {
    await expect.poll(() => savedBaskets(dataDir), { timeout: STEP_MS }).toContain(text)
  }

  #where(): Promise<string> {
    return this.page.evaluate(
      () =>
        `${document.activeElement?.outerHTML.slice(0, 200) ?? 'nothing'} on: ${document.body.innerText.slice(0, 600)}`,
    )
  }
}

function savedBaskets(dataDir: string): string {
  const workspace = new Database(join(dataDir, 'workspace.sqlite'), { readonly: true })
  try {
    return workspace.prepare<[], string>('SELECT content FROM basket').pluck().all().join('\n')
  } finally {
    workspace.close()
  }
}

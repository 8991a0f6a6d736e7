/** A cashier's hands and eyes: keys are pressed and nothing is clicked; what is awaited is what a person would see. */
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import Database from 'better-sqlite3'
import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Cents } from '../../../shared/money.ts'
import { US_DENOMINATIONS } from '../../../shared/rules/cash/denominations.ts'
import { makeChange } from '../../../shared/rules/cash/make-change.ts'
import type { Bill } from './bills.ts'
import type { Hand } from './people.ts'

/** The field of the Window in which everything begins. */
export const FIND = /Scan a bill/

const STEP_MS = 10_000
const LOOK_MS = 30
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

  /** As a scanner or a quick hand does: a key goes down before the one before it is seen on the screen. */
  async type(text: string): Promise<void> {
    await Promise.all(Array.from(text, key => this.page.keyboard.press(key)))
  }

  /** Waits until these words can be seen. */
  async sees(words: string | RegExp): Promise<void> {
    await this.#untilThere(
      this.page.getByText(words).filter({ visible: true }),
      `${String(words)} is not to be seen`,
    )
  }

  /** Asked more often than a locator's own wait does, which looks twice a second after the first quarter. */
  async #untilThere(wanted: Locator, otherwise: string): Promise<void> {
    const until = performance.now() + STEP_MS
    while ((await wanted.count()) === 0) {
      if (performance.now() > until) throw new Error(`${otherwise}; the cursor is at ${await this.#where()}`)
      await sleep(LOOK_MS)
    }
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
    await this.#untilThere(any.and(focused), `The cursor is not at ${String(field)}`)
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
    // Whatever their role, everybody has a screen of theirs before them.
    await this.page.getByRole('main').getByRole('heading').first().waitFor()
  }

  /** Somebody else comes to this desk. */
  async changePerson({ letters, pin }: Hand): Promise<void> {
    await this.goTo('q')
    await this.signIn(letters, pin)
  }

  /** Opens the drawer that is proposed, on its change fund in twenties; ends at the Window. */
  async openDrawer(): Promise<void> {
    await this.isAt('Which drawer')
    await this.press('Enter')
    await this.twenties('10')
    await this.press('F10')
    await this.sees('The count agrees with the change fund.')
    await this.press('Enter')
    await this.isAt(FIND)
  }

  /** From wherever the cashier is to their drawer, and there a key. */
  async fromDrawer(key: string): Promise<void> {
    await this.press('F12')
    await this.sees('Your drawer')
    await this.press(key)
  }

  /** Scans a bill into the basket. */
  async scan(bill: Bill): Promise<void> {
    await this.enter(FIND, bill.scanLine)
    await this.seesInBasket(bill)
  }

  /** Waits until a bill is in the basket: among the results it is named before. */
  async seesInBasket({ account }: Bill): Promise<void> {
    await this.page.locator('.lines', { hasText: account.number }).waitFor()
  }

  /** Cash for what is in the basket, more than is owed, until the change is said and the paper is saved. */
  async giveCash(typed: string): Promise<void> {
    await this.press('F2')
    await this.isAt('Cash')
    await this.type(typed)
    await this.press('Enter', 'Enter')
    await this.sees('Change due')
    await this.sees(/^Saved as/)
  }

  /** A check for what is in the basket, until the next customer may come. */
  async takeCheck(number: string): Promise<void> {
    await this.press('F3')
    await this.isAt('Check')
    await this.press('Enter')
    await this.enter('Check number', number)
    await this.enter('Routing number', '111000025')
    await this.enter(/^Account number/, '123456789')
    await this.isAt(/Post and print/)
    await this.press('Enter')
    await this.sees('Next customer')
    await this.press('Escape')
  }

  /** One PIN after the other: whoever is signed in, then somebody else, found by the letters of their name. */
  async sign(own: Hand, other: Hand): Promise<void> {
    await this.enter(`PIN of ${own.name}`, own.pin)
    // Who may be the other one comes from the till.
    await this.page.getByRole('option', { name: new RegExp(other.name) }).waitFor()
    await this.type(other.letters)
    await this.press('Enter')
    await this.enter(`PIN of ${other.name}`, other.pin)
  }

  /** Somebody else approves: found by the letters of their name, then their PIN. */
  async approve(other: Hand): Promise<void> {
    await this.isAt('Approved by')
    await this.page.getByRole('option', { name: new RegExp(other.name) }).waitFor()
    await this.type(other.letters)
    await this.press('Enter')
    await this.enter(`PIN of ${other.name}`, other.pin)
  }

  /** Opens a screen from the menu by its key. */
  async goTo(key: string): Promise<void> {
    await this.press('F1')
    await this.page.getByRole('dialog', { name: 'Menu of screens' }).waitFor()
    await this.press(key)
    await this.page.getByRole('dialog', { name: 'Menu of screens' }).waitFor({ state: 'hidden' })
  }

  /** So many twenties into the grid. */
  async twenties(count: string): Promise<void> {
    await this.isAt('$100, pieces')
    await this.press('ArrowDown', 'ArrowDown')
    await this.isAt('$20, pieces')
    await this.type(count)
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

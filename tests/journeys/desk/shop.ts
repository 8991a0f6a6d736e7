/** The sample city's program and a browser on it, for all the tests of one file. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { DESK, type Look, openBrowser, openPage } from '../../support/browser.ts'
import { type Host, startHost } from '../../support/host.ts'
import { Desk } from './desk.ts'

interface ShopOptions {
  accounts?: number
  look?: Look
}

export class Shop {
  dataDir = ''
  readonly #look: Look
  #browser: Browser | undefined
  #host: Host | undefined

  constructor(look: Look = DESK) {
    this.#look = look
  }

  get host(): Host {
    if (!this.#host) throw new Error('The program has not been started')
    return this.#host
  }

  async open(accounts: number): Promise<void> {
    this.dataDir = mkdtempSync(join(tmpdir(), 'tillproof-journey-'))
    this.#browser = await openBrowser()
    this.#host = await startHost(this.dataDir, ['--sample', '--accounts', String(accounts)])
  }

  /** A page of its own on the program as it runs now. */
  async openDesk(): Promise<Desk> {
    return new Desk((await this.openPage()).page)
  }

  async openPage(look = this.#look): ReturnType<typeof openPage> {
    if (!this.#browser) throw new Error('There is no browser')
    return openPage(this.#browser, this.host.url, look)
  }

  /** The program once more on what is there, after it was ended. */
  async startAgain(): Promise<void> {
    this.#host = await startHost(this.dataDir)
  }

  async close(): Promise<void> {
    await this.#browser?.close()
    await this.#host?.stop()
    rmSync(this.dataDir, { recursive: true, force: true })
  }
}

/** A shop that opens before the first test of the file and closes after the last. */
export function shopOfFile({ accounts = 300, look }: ShopOptions = {}): Shop {
  const shop = new Shop(look)
  beforeAll(() => shop.open(accounts))
  afterAll(() => shop.close())
  return shop
}

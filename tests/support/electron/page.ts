/** A real Chromium page for each window of the program, with its real preload. */
import { readFileSync } from 'node:fs'
import type { BrowserContext, CDPSession, Page, Route } from 'playwright-core'
import type { TransportMessage } from './messages.ts'
import { decode, type Encoded, encode, pageScript, preloadScript, TO_MAIN, TO_TEST } from './page-worlds.ts'
import { type BrowserWindow, cancellable, current, ipcMain, type PageOfWindow, PortMain } from './stand-in.ts'

/** Chromium knows no schemes of ours, so the program's own is shown to it under a name that resolves nowhere. */
const SHOWN_AS = 'https://till.invalid'
const PRELOAD_WORLD = 'preload'

interface FromPreload {
  channel?: string
  message?: unknown
  ports?: number[]
  port?: number
  data?: Encoded
  exposed?: string
  api?: unknown
  kinds?: string[]
}

export interface PageOptions {
  /** False where the test takes the port itself and the screen's own program stays out of it. */
  withScreen: boolean
  onTransportMessage(data: TransportMessage): void
  onPort(): void
}

export class StandInPage implements PageOfWindow {
  readonly #window: BrowserWindow
  readonly #options: PageOptions
  readonly #opened: Promise<Page>
  readonly #ports = new Map<number, PortMain>()
  #cdp: CDPSession | undefined
  #world = 0
  #origin = ''

  constructor(context: BrowserContext, window: BrowserWindow, options: PageOptions) {
    this.#window = window
    this.#options = options
    this.#opened = this.#open(context)
  }

  get page(): Promise<Page> {
    return this.#opened
  }

  async load(url: string): Promise<void> {
    this.#origin = new URL(url).href.replace(/(\/\/[^/]+).*/, '$1')
    const page = await this.#opened
    await page.goto(this.shown(url), { waitUntil: 'load' })
  }

  async close(): Promise<void> {
    const page = await this.#opened
    for (const port of this.#ports.values()) port.close()
    await page.close()
  }

  /** An address of the program as Chromium is shown it. */
  shown(url: string): string {
    return url.startsWith(this.#origin) ? SHOWN_AS + url.slice(this.#origin.length) : url
  }

  /** An address as the program knows it. */
  own(url: string): string {
    return url.startsWith(SHOWN_AS) ? this.#origin + url.slice(SHOWN_AS.length) : url
  }

  /** Hands a message of the test's client to the port that the page was given. */
  async send(data: TransportMessage): Promise<void> {
    await this.#opened
    await this.#cdp?.send('Runtime.evaluate', {
      expression: `window.standInSend(${JSON.stringify(encode(data))})`,
    })
  }

  async #open(context: BrowserContext): Promise<Page> {
    const page = await context.newPage()
    await page.route('**/*', route => this.#answer(route, page))
    await page.addInitScript(pageScript(!this.#options.withScreen))
    const cdp = await context.newCDPSession(page)
    this.#cdp = cdp
    await cdp.send('Page.enable')
    await cdp.send('Runtime.enable')
    cdp.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      if (name === TO_TEST) this.#fromTestsPort(JSON.parse(payload) as Encoded | null)
      if (name !== TO_MAIN) return
      this.#world = executionContextId
      this.#fromPreload(JSON.parse(payload) as FromPreload)
    })
    await cdp.send('Runtime.addBinding', { name: TO_TEST })
    await cdp.send('Runtime.addBinding', { name: TO_MAIN, executionContextName: PRELOAD_WORLD })
    const { preload } = this.#window.options.webPreferences as { preload: string }
    await cdp.send('Page.addScriptToEvaluateOnNewDocument', {
      source: preloadScript(readFileSync(preload, 'utf8')),
      worldName: PRELOAD_WORLD,
    })
    return page
  }

  #fromTestsPort(data: Encoded | null): void {
    if (data === null) this.#options.onPort()
    else this.#options.onTransportMessage(decode(data))
  }

  #fromPreload(said: FromPreload): void {
    if (said.exposed !== undefined)
      current().seen.exposed[said.exposed] = { api: said.api, kinds: said.kinds ?? [] }
    if (said.port !== undefined && said.data) this.#ports.get(said.port)?.arrive(decode(said.data))
    if (said.channel === undefined) return
    const ports = (said.ports ?? []).map(id => {
      const port = new PortMain(data => void this.#deliver(id, data))
      this.#ports.set(id, port)
      return port
    })
    void this.#opened.then(page => {
      const senderFrame = Object.assign(this.#window.webContents.mainFrame, { url: this.own(page.url()) })
      ipcMain.emit(said.channel ?? '', { ports, senderFrame, sender: this.#window.webContents }, said.message)
    })
  }

  async #deliver(id: number, data: TransportMessage): Promise<void> {
    const expression = `standInDeliver(${id}, ${JSON.stringify(encode(data))})`
    // A page that has closed takes no more messages, as in Electron.
    await this.#cdp?.send('Runtime.evaluate', { expression, contextId: this.#world }).catch(() => undefined)
  }

  /** Everything that the page asks for goes through the program's own scheme, or nowhere. */
  async #answer(route: Route, page: Page): Promise<void> {
    const request = route.request()
    const url = this.own(request.url())
    const isFirst = page.url() === 'about:blank'
    if (request.isNavigationRequest() && request.frame() === page.mainFrame() && !isFirst) {
      const event = cancellable()
      this.#window.webContents.emit('will-navigate', event, url)
      if (event.defaultPrevented) return route.abort('aborted')
    }
    const handler = current().schemes.get(url.slice(0, url.indexOf(':')))
    if (!handler) {
      current().seen.foreignRequests.push(url)
      return route.abort('blockedbyclient')
    }
    if (!this.#options.withScreen && request.resourceType() !== 'document') return route.abort('aborted')
    const response = await handler(new Request(url))
    return route.fulfill({
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: Buffer.from(await response.arrayBuffer()),
    })
  }
}

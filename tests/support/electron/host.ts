/**
 * Runs the built desktop program in a process of its own, with the stand-in for `electron` and a real Chromium.
 * A test asks it over Node's own channel; each start takes the program's main module anew.
 */
import { registerHooks } from 'node:module'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { chromiumForTests } from '../../../build/setup.mjs'
import type { Ask, Asks, FromHost, ToHost, TransportMessage } from './messages.ts'
import { StandInPage } from './page.ts'
import { app, begin, cancellable, current, ipcMain, PortMain } from './stand-in.ts'

const STAND_IN = new URL('./stand-in.ts', import.meta.url).href
const MAIN = new URL('../../../dist/main/main.js', import.meta.url).href
const CHROMIUM_FLAGS = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  ...['--disable-component-update', '--disable-sync'],
]

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: STAND_IN, shortCircuit: true } : next(specifier, context),
})

let nowMs = 0
// The program takes its clock from here, and what has passed since it began; timers are the system's own.
Date.now = () => nowMs
let passedMs = 0
const really = performance.now.bind(performance)
performance.now = () => really() + passedMs

let starts = 0
let page: StandInPage | undefined
let browser: Browser | undefined
let context: BrowserContext | undefined

function say(message: FromHost): void {
  process.send?.(message)
}

async function chromiumContext(): Promise<BrowserContext> {
  browser ??= await chromium.launch({ executablePath: await chromiumForTests(), args: CHROMIUM_FLAGS })
  context ??= await browser.newContext({ viewport: { width: 1280, height: 800 } })
  return context
}

type Answers = { [A in Ask]: (input: Asks[A]['input']) => Promise<Asks[A]['output']> }

const answers: Answers = {
  async start(input) {
    const pages = await chromiumContext()
    nowMs = input.nowMs
    const { promise, resolve } = Promise.withResolvers<void>()
    const now = begin({
      lockTaken: input.lockTaken ?? false,
      packaged: input.packaged ?? false,
      switches: input.switches ?? [],
      openPage: window => {
        page = new StandInPage(pages, window, {
          withScreen: input.withScreen,
          onTransportMessage: (data: TransportMessage) => say({ transport: data }),
          onPort: resolve,
        })
        return page
      },
    })
    process.argv = [process.execPath, 'main.js', '--data', input.dataDir]
    starts += 1
    await import(`${MAIN}?start=${starts}`)
    const loaded = input.withScreen ? windowShown() : promise
    await Promise.race([loaded, now.ended])
    return answers.seen(null)
  },
  async quit() {
    app.emit('window-all-closed')
    await current().ended
    page = undefined
    return null
  },
  async clock(input) {
    passedMs += Math.max(0, input.nowMs - nowMs)
    nowMs = input.nowMs
    return null
  },
  async seen() {
    const { seen } = current()
    return structuredClone({ ...seen, channels: ipcMain.eventNames().map(String) })
  },
  async permission({ name }) {
    const { permissionRequest, permissionCheck } = current()
    let onRequest = true
    permissionRequest?.(null, name, given => {
      onRequest = given
    })
    return { onRequest, onCheck: permissionCheck?.() ?? true }
  },
  async openWindow({ url }) {
    return webContents().openHandler({ url }).action
  },
  async inPage({ expression }) {
    return (await shownPage()).evaluate(expression)
  },
  async navigate({ url }) {
    const shown = await shownPage()
    const events = ['will-navigate', 'will-redirect', 'will-frame-navigate'].map(kind => {
      const event = { ...cancellable(), url, isMainFrame: true }
      webContents().emit(kind, event, url)
      return event
    })
    // Chromium itself turns the others down before there is a request.
    if (url.startsWith('https:')) {
      const failed = shown.waitForEvent('requestfailed', { timeout: 10_000 })
      await shown.evaluate(`window.location.href = ${JSON.stringify(url)}`)
      await failed
    }
    const prevented = events.every(event => event.defaultPrevented)
    return { prevented, url: page?.own(shown.url()) ?? '' }
  },
  async navigateFrame({ url }) {
    const event = { ...cancellable(), url, isMainFrame: false }
    webContents().emit('will-frame-navigate', event)
    return event.defaultPrevented
  },
  async attachWebview() {
    const event = cancellable()
    webContents().emit('will-attach-webview', event)
    return { prevented: event.defaultPrevented }
  },
  async fetchScheme({ url }) {
    const handler = current().schemes.get(url.slice(0, url.indexOf(':')))
    if (!handler) throw new Error(`Nothing handles ${url}`)
    const response = await handler(new Request(url))
    const bytes = (await response.arrayBuffer()).byteLength
    return { status: response.status, headers: Object.fromEntries(response.headers), bytes }
  },
  async portFrom({ url, inner = false }) {
    const port = new PortMain(() => undefined)
    const sender = { mainFrame: { url } }
    ipcMain.emit(
      'tillproof:port',
      { ports: [port], senderFrame: inner ? { url } : sender.mainFrame, sender },
      null,
    )
    return { served: port.started || port.listenerCount('message') > 0 }
  },
  async pageText({ words }) {
    const shown = await shownPage()
    await shown.getByText(words).first().waitFor({ timeout: 20_000 })
    return shown.locator('body').innerText()
  },
  async secondInstance() {
    const [window] = current().windows
    if (!window) throw new Error('No window')
    window.minimized = true
    app.emit('second-instance', {}, [], '')
    return { restored: !window.minimized, focused: window.focused }
  },
}

function webContents() {
  const [window] = current().windows
  if (!window) throw new Error('No window')
  return window.webContents
}

async function shownPage(): Promise<Page> {
  if (!page) throw new Error('No page')
  return page.page
}

function windowShown(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const look = setInterval(() => {
    if (current().windows[0]?.options.shown !== true) return
    clearInterval(look)
    resolve()
  }, 20)
  void current().ended.then(() => clearInterval(look))
  return promise
}

async function carryOut<A extends Ask>(id: number, ask: A, input: Asks[A]['input']): Promise<void> {
  try {
    say({ id, output: await answers[ask](input) })
  } catch (error) {
    say({ id, failed: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  }
}

process.on('message', (message: ToHost) => {
  if ('transport' in message) void page?.send(message.transport)
  else void carryOut(message.id, message.ask, message.input)
})
process.once('disconnect', () => {
  void (browser?.close() ?? Promise.resolve()).finally(() => process.exit(0))
})
say({ ready: true })

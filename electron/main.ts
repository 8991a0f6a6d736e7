/** The desktop program: one instance, one hardened window, and the port transport behind it. */
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { app, BrowserWindow, dialog, ipcMain, protocol, safeStorage, session } from 'electron'
import { LedgerUnavailable } from '../db/file/problem.ts'
import { tillOf } from '../db/queries/till.ts'
import type { Backend, Unavailable } from './backend/backend.ts'
import { defaultDataDir } from './backend/data-folder.ts'
import { inUseSentence, openTillFor } from './backend/open-till.ts'
import { fileKeyStore, type KeyStore, sealedKeyStore } from './backend/runtime/signing-key.ts'
import { makeSampleTill } from './backend/setup/first-run.ts'
import { openPortTransport } from './transports/port.ts'
import { contentTypeOf, SECURITY_HEADERS, screenPath } from './transports/screen-files.ts'

const SCHEME = 'tillproof'
const ORIGIN = `${SCHEME}://till`
const SCREEN_DIR = fileURLToPath(new URL('../renderer', import.meta.url))
const PRELOAD = fileURLToPath(new URL('./preload.cjs', import.meta.url))
const SAMPLE_ACCOUNTS = 50_000

interface Options {
  dataDir: string
  sample: boolean
  accounts: number
}

/** How many accounts the sample city gets; what is no number is left to the usual one. */
function accountsOf(text: string | boolean | undefined): number {
  return typeof text === 'string' && /^[1-9]\d{0,6}$/.test(text) ? Number.parseInt(text, 10) : SAMPLE_ACCOUNTS
}

function readOptions(): Options {
  // Chromium's own switches are among the arguments, so what is unknown is let through.
  const { values } = parseArgs({
    args: process.argv.slice(1),
    strict: false,
    allowPositionals: true,
    options: { data: { type: 'string' }, sample: { type: 'boolean' }, accounts: { type: 'string' } },
  })
  const dataDir = typeof values.data === 'string' ? values.data : defaultDataDir()
  return { dataDir: resolve(dataDir), sample: values.sample === true, accounts: accountsOf(values.accounts) }
}

/** Serves the built screen from the program itself; nothing is ever loaded from the network or by file://. */
async function serveScreen(request: Request): Promise<Response> {
  const path = request.url.startsWith(`${ORIGIN}/`) ? screenPath(request.url, SCREEN_DIR) : undefined
  const content = path === undefined ? undefined : await readFile(path).catch(() => undefined)
  if (path === undefined || content === undefined) return new Response(null, { status: 404 })
  return new Response(Uint8Array.from(content), {
    headers: { ...SECURITY_HEADERS, 'content-type': contentTypeOf(path) },
  })
}

function openWindow(): void {
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    minWidth: 1024,
    minHeight: 720,
    show: false,
    title: 'Tillproof',
    webPreferences: {
      preload: PRELOAD,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      // Whoever opens them at a counter has every token of the page.
      devTools: !app.isPackaged,
      // Chromium's own viewer shows the papers; no other plug-in exists any more.
      plugins: true,
    },
  })
  window.removeMenu()
  window.once('ready-to-show', () => window.show())
  void window.loadURL(`${ORIGIN}/index.html`)
}

/** A paper is shown in a frame of its own, by Chromium's viewer; no other frame has anything to show. */
const PAPERS = [`blob:${ORIGIN}/`, 'chrome-extension://mhjfbmdgcfjbbpaeojofohoefgiehjai/']
const isPaper = (url: string): boolean => PAPERS.some(beginning => url.startsWith(beginning))

/** What a page could do beyond the contract is taken away from every page, whichever window it is in. */
function harden(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', event => event.preventDefault())
    contents.on('will-redirect', event => event.preventDefault())
    contents.on('will-frame-navigate', event => {
      if (event.isMainFrame || !isPaper(event.url)) event.preventDefault()
    })
    contents.on('will-attach-webview', event => event.preventDefault())
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  })
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  session.defaultSession.setPermissionCheckHandler(() => false)
}

function mountTransport(till: Backend | Unavailable): void {
  ipcMain.on('tillproof:port', event => {
    const [port] = event.ports
    // Only our own page is served, in the window itself, whatever else may have come to run there.
    const { senderFrame, sender } = event
    if (!port || !senderFrame?.url.startsWith(`${ORIGIN}/`) || senderFrame !== sender.mainFrame) return
    openPortTransport(port, till)
  })
}

/** Sealed by the system's key chain where there is one; Linux without one would only look as if it sealed. */
async function keysFor(dataDir: string): Promise<KeyStore> {
  const isShow = process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text'
  if (isShow || !(await safeStorage.isAsyncEncryptionAvailable())) return fileKeyStore(dataDir)
  return sealedKeyStore(dataDir, {
    seal: text => safeStorage.encryptStringAsync(text),
    open: async sealed => (await safeStorage.decryptStringAsync(sealed)).result,
  })
}

function openOrExplain(dataDir: string, keys: KeyStore): Backend | Unavailable | undefined {
  try {
    return openTillFor(dataDir, keys)
  } catch (error) {
    if (!(error instanceof LedgerUnavailable)) throw error
    dialog.showErrorBox('Tillproof is open already', inUseSentence(error))
    app.quit()
    return undefined
  }
}

/** With these anybody on the machine could look into the page, and act in it. */
const LOOKING_IN = ['remote-debugging-port', 'remote-debugging-pipe', 'remote-allow-origins'] as const

async function start(): Promise<void> {
  if (app.isPackaged && LOOKING_IN.some(name => app.commandLine.hasSwitch(name)))
    throw new Error('It is not started with a way to look into it from outside.')
  const { dataDir, sample, accounts } = readOptions()
  await app.whenReady()
  const till = openOrExplain(dataDir, await keysFor(dataDir))
  if (!till) return
  if (!('unavailable' in till)) {
    if (sample && !tillOf(till.ledger.reader)) await makeSampleTill(till, accounts, {})
    closeBeforeQuit(till)
    till.jobs.warm()
  }
  protocol.handle(SCHEME, serveScreen)
  harden()
  mountTransport(till)
  openWindow()
}

function closeBeforeQuit(till: Backend): void {
  let closed = false
  app.on('before-quit', event => {
    if (closed) return
    event.preventDefault()
    void till.close().then(() => {
      closed = true
      app.quit()
    })
  })
}

protocol.registerSchemesAsPrivileged([
  { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
])
if (app.requestSingleInstanceLock()) {
  app.on('second-instance', () => {
    const [window] = BrowserWindow.getAllWindows()
    if (window?.isMinimized()) window.restore()
    window?.focus()
  })
  app.on('window-all-closed', () => app.quit())
  // Not awaited: Electron is ready only after this module has been read to its end.
  start().catch((error: unknown) => {
    dialog.showErrorBox('Tillproof cannot start', error instanceof Error ? error.message : String(error))
    app.exit(1)
  })
} else {
  app.quit()
}

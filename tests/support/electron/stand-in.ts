/**
 * Stands in for the `electron` module where there is no Electron: takes what the main process gives it, and
 * hands windows on to whoever opens pages for them.
 */
import { EventEmitter } from 'node:events'
import type { Seen, TransportMessage } from './messages.ts'

/** A page for a window: opened by the host in a real Chromium. */
export interface PageOfWindow {
  load(url: string): Promise<void>
  close(): Promise<void>
}

type SchemeHandler = (request: Request) => Promise<Response>
type PermissionRequest = (contents: unknown, name: string, answer: (given: boolean) => void) => void
type WindowOpenHandler = (details: { url: string }) => { action: 'allow' | 'deny' }

interface Host {
  openPage(window: BrowserWindow): PageOfWindow
  lockTaken: boolean
  packaged: boolean
  switches: readonly string[]
}

/** Everything that one start of the program has left behind in the stand-in. */
export class Standing {
  readonly seen: Seen = {
    windows: [],
    loaded: [],
    privilegedSchemes: [],
    handledSchemes: [],
    channels: [],
    exposed: {},
    errorBoxes: [],
    foreignRequests: [],
    quit: false,
  }
  readonly windows: BrowserWindow[] = []
  readonly schemes = new Map<string, SchemeHandler>()
  permissionRequest: PermissionRequest | undefined
  permissionCheck: (() => boolean) | undefined
  /** Resolves when the program has ended. */
  readonly ended: Promise<void>
  readonly end: () => void
  readonly host: Host

  constructor(host: Host) {
    this.host = host
    const { promise, resolve } = Promise.withResolvers<void>()
    this.ended = promise
    this.end = resolve
  }
}

let standing: Standing | undefined

/** The start of the program that is under way. */
export function current(): Standing {
  if (!standing) throw new Error('The program has not been started')
  return standing
}

/** Forgets the last start of the program: listeners, windows and all. */
export function begin(host: Host): Standing {
  app.removeAllListeners()
  ipcMain.removeAllListeners()
  standing = new Standing(host)
  return standing
}

/** An event that can be called off. */
export function cancellable() {
  return {
    defaultPrevented: false,
    preventDefault() {
      this.defaultPrevented = true
    },
  }
}

class App extends EventEmitter {
  readonly commandLine = { hasSwitch: (name: string): boolean => current().host.switches.includes(name) }

  get isPackaged(): boolean {
    return current().host.packaged
  }

  whenReady(): Promise<void> {
    return Promise.resolve()
  }

  requestSingleInstanceLock(): boolean {
    return !current().host.lockTaken
  }

  quit(): void {
    const now = current()
    now.seen.quit = true
    const event = cancellable()
    this.emit('before-quit', event)
    if (event.defaultPrevented) return
    void Promise.all(now.windows.map(window => window.page.close())).then(() => now.end())
  }

  exit(): void {
    current().seen.quit = true
    current().end()
  }
}

export class WebContents extends EventEmitter {
  readonly mainFrame = { url: '' }
  openHandler: WindowOpenHandler = () => ({ action: 'allow' })

  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.openHandler = handler
  }
}

export class BrowserWindow extends EventEmitter {
  readonly webContents = new WebContents()
  readonly options: Record<string, unknown>
  readonly page: PageOfWindow
  minimized = false
  focused = false

  constructor(options: Record<string, unknown>) {
    super()
    this.options = options
    const now = current()
    now.seen.windows.push(options)
    now.windows.push(this)
    app.emit('web-contents-created', {}, this.webContents)
    this.page = now.host.openPage(this)
  }

  static getAllWindows(): BrowserWindow[] {
    return current().windows
  }

  async loadURL(url: string): Promise<void> {
    const now = current()
    now.seen.loaded.push(url)
    try {
      await this.page.load(url)
      this.emit('ready-to-show')
    } catch (error) {
      now.seen.errorBoxes.push({ title: 'The page did not load', content: String(error) })
      now.end()
    }
  }

  removeMenu(): void {
    this.options.menuRemoved = true
  }
  show(): void {
    this.options.shown = true
  }
  isMinimized(): boolean {
    return this.minimized
  }
  restore(): void {
    this.minimized = false
  }
  focus(): void {
    this.focused = true
  }
}

/** The main process's end of a channel, as Electron's MessagePortMain is. */
export class PortMain extends EventEmitter {
  readonly #send: (message: TransportMessage) => void
  #waiting: TransportMessage[] | undefined = []

  constructor(send: (message: TransportMessage) => void) {
    super()
    this.#send = send
  }

  postMessage(data: TransportMessage): void {
    this.#send(data)
  }

  start(): void {
    const waiting = this.#waiting ?? []
    this.#waiting = undefined
    for (const data of waiting) this.emit('message', { data })
  }

  get started(): boolean {
    return this.#waiting === undefined
  }

  /** A message has come from the page; it waits until the main process has started the port. */
  arrive(data: TransportMessage): void {
    if (this.#waiting) this.#waiting.push(data)
    else this.emit('message', { data })
  }

  close(): void {
    this.emit('close')
  }
}

export const app = new App()
export const ipcMain = new EventEmitter()

export const protocol = {
  registerSchemesAsPrivileged(schemes: Seen['privilegedSchemes']): void {
    current().seen.privilegedSchemes.push(...schemes)
  },
  handle(scheme: string, handler: SchemeHandler): void {
    current().seen.handledSchemes.push(scheme)
    current().schemes.set(scheme, handler)
  },
}

/** The key chain of a desktop: what is sealed is no plain text, and only this opens it again. */
export const safeStorage = {
  getSelectedStorageBackend: () => 'gnome_libsecret',
  isAsyncEncryptionAvailable: async () => true,
  encryptStringAsync: async (text: string) => flipped(Buffer.from(text)),
  decryptStringAsync: async (sealed: Buffer) => ({
    shouldReEncrypt: false,
    result: flipped(sealed).toString(),
  }),
}

function flipped(bytes: Buffer): Buffer {
  return Buffer.from(bytes.map(byte => byte ^ 0xff))
}

export const session = {
  defaultSession: {
    setPermissionRequestHandler(handler: PermissionRequest): void {
      current().permissionRequest = handler
    },
    setPermissionCheckHandler(handler: () => boolean): void {
      current().permissionCheck = handler
    },
  },
}

export const dialog = {
  showErrorBox(title: string, content: string): void {
    current().seen.errorBoxes.push({ title, content })
  },
}

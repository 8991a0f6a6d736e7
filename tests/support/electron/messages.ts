/** What a test and the process that runs the built desktop program say to each other. */

/** A message of the transport as it crosses: text, or bytes. */
export type TransportMessage = string | Uint8Array

/** What the built main process did to the stand-in for Electron, for tests to look at. */
export interface Seen {
  /** Options of each window, as they were given. */
  windows: Record<string, unknown>[]
  /** Addresses that windows were told to load. */
  loaded: string[]
  privilegedSchemes: { scheme: string; privileges?: Record<string, boolean> }[]
  handledSchemes: string[]
  /** Channels on which the main process listens. */
  channels: string[]
  /** What the preload put into the page, by name. */
  exposed: Record<string, unknown>
  /** Titles and texts of error boxes. */
  errorBoxes: { title: string; content: string }[]
  /** Requests of the page that went anywhere but to the program itself. */
  foreignRequests: string[]
  quit: boolean
}

/** How the program is started. */
export interface StartedAs {
  lockTaken?: boolean
  packaged?: boolean
  /** Switches of its command line, by name. */
  switches?: string[]
}

/** What a test may ask of the process, with what it answers. */
export interface Asks {
  /** Starts the built program on a data folder; answers when its page holds a port, or when it has given up. */
  start: { input: { dataDir: string; nowMs: number; withScreen: boolean } & StartedAs; output: Seen }
  /** Ends the program as a person does who closes the window. */
  quit: { input: null; output: null }
  clock: { input: { nowMs: number }; output: null }
  seen: { input: null; output: Seen }
  /** Whether a page would be given a permission. */
  permission: { input: { name: string }; output: { onRequest: boolean; onCheck: boolean } }
  /** Whether the page may open a window on an address. */
  openWindow: { input: { url: string }; output: 'allow' | 'deny' }
  /** Runs an expression in the page's own world. */
  inPage: { input: { expression: string }; output: unknown }
  /** Whether the page is still where it was after it tried to go elsewhere. */
  navigate: { input: { url: string }; output: { prevented: boolean; url: string } }
  /** Whether a frame of the page is kept from an address. */
  navigateFrame: { input: { url: string }; output: boolean }
  attachWebview: { input: null; output: { prevented: boolean } }
  /** Asks the program's own scheme for an address. */
  fetchScheme: {
    input: { url: string }
    output: { status: number; headers: Record<string, string>; bytes: number }
  }
  /** Sends the main process a port from a frame at an address, the window's own or one in it; answers whether anything served it. */
  portFrom: { input: { url: string; inner?: boolean }; output: { served: boolean } }
  /** Text of the page once it holds the given words. */
  pageText: { input: { words: string }; output: string }
  /** Starts the program a second time, as the operating system would tell the first. */
  secondInstance: { input: null; output: { restored: boolean; focused: boolean } }
}

export type Ask = keyof Asks

export type ToHost =
  | { id: number; ask: Ask; input: Asks[Ask]['input'] }
  /** A message of the test's client, for the page's port. */
  | { transport: TransportMessage }

export type FromHost =
  | { ready: true }
  | { id: number; output: unknown }
  | { id: number; failed: string }
  | { transport: TransportMessage }

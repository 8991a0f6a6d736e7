/** The sample till behind its port transport: the real built program and preload, with a real page between. */
import { type ChildProcess, fork } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { RPCLink } from '@orpc/client/message-port'
import { onTestFinished } from 'vitest'
import { SIGN_IN_HEADER } from '../../electron/transports/serve.ts'
import { TestClock } from './clock.ts'
import type { Ask, Asks, FromHost, StartedAs, ToHost, TransportMessage } from './electron/messages.ts'
import { type AtEnd, type Screen, type ScreenContext, screenOver, type TestTill } from './screens.ts'
import { emptyFolder, sampleFolder } from './template.ts'

const HOST = fileURLToPath(new URL('./electron/host.ts', import.meta.url))

/** The process in which the built program runs; one for a test file, since each start is as good as new. */
class DesktopHost {
  readonly #child: ChildProcess
  readonly #waiting = new Map<number, (answer: FromHost) => void>()
  readonly #ready: Promise<void>
  #exit: string | undefined
  #nextId = 1
  /** The page's port, as the test's own client sees it. */
  port = new EventEmitter()

  constructor() {
    this.#child = fork(HOST, [], { serialization: 'advanced', execArgv: [] })
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#ready = promise
    this.#child.on('message', (message: FromHost) => {
      if ('ready' in message) resolve()
      else if ('transport' in message) this.port.emit('message', { data: message.transport })
      else this.#waiting.get(message.id)?.(message)
    })
    this.#child.once('exit', code => {
      this.#exit = `its process ended with ${String(code)}`
      resolve()
      for (const [id, answer] of this.#waiting) answer({ id, failed: this.#exit })
    })
  }

  async ask<A extends Ask>(ask: A, input: Asks[A]['input']): Promise<Asks[A]['output']> {
    await this.#ready
    if (this.#exit !== undefined) throw new Error(`The desktop host is gone: ${this.#exit}`)
    const id = this.#nextId++
    const answer = await new Promise<FromHost>(resolve => {
      this.#waiting.set(id, resolve)
      this.#send({ id, ask, input })
    })
    this.#waiting.delete(id)
    if ('failed' in answer) throw new Error(`The desktop host failed: ${answer.failed}`)
    // The table of asks gives each its output type.
    return ('output' in answer ? answer.output : undefined) as Asks[A]['output']
  }

  sendToTransport(data: TransportMessage): void {
    this.#send({ transport: data })
  }

  #send(message: ToHost): void {
    if (this.#child.connected) this.#child.send(message)
  }

  end(): void {
    if (this.#child.connected) this.#child.disconnect()
  }
}

let host: DesktopHost | undefined

/** The host of this test file. Call `endDesktopHost` after all of its tests. */
export function desktopHost(): DesktopHost {
  host ??= new DesktopHost()
  return host
}

export function endDesktopHost(): void {
  host?.end()
  host = undefined
}

/** A clock that the program in the other process follows. */
class SharedClock extends TestClock {
  override advance(ms: number): void {
    super.advance(ms)
    // Messages keep their order, so the program has the new time before the next call.
    void desktopHost().ask('clock', { nowMs: this.now() })
  }
}

export interface DesktopOptions {
  dataDir?: string
  /** True for a till that has never been set up. */
  firstRun?: boolean
  /** True lets the screen's own program have the port. */
  withScreen?: boolean
  startedAs?: StartedAs
  /** What is done to the data folder before the program opens it. */
  prepare?: (dataDir: string) => void
  /** When the program is ended; at the end of the test if nothing is said. */
  atEnd?: AtEnd
}

/** Starts the built program; gives what it did to the stand-in. */
export async function startDesktop(options: DesktopOptions = {}) {
  const desktop = desktopHost()
  const dataDir = options.dataDir ?? (options.firstRun ? emptyFolder() : await sampleFolder())
  options.prepare?.(dataDir)
  const clock = new SharedClock()
  desktop.port = new EventEmitter()
  const { withScreen = false, startedAs = {} } = options
  const seen = await desktop.ask('start', { dataDir, nowMs: clock.now(), withScreen, ...startedAs })
  const atEnd = options.atEnd ?? onTestFinished
  atEnd(async () => {
    if (!seen.quit) await desktop.ask('quit', null)
    if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true })
  })
  return { desktop, dataDir, clock, seen }
}

export async function openPortTill(options: DesktopOptions = {}): Promise<TestTill> {
  const { desktop, dataDir, clock } = await startDesktop(options)
  const { port } = desktop
  const link = new RPCLink<ScreenContext>({
    port: {
      on: (event: string, listener: (message?: { data: TransportMessage }) => void) =>
        void port.on(event, listener),
      postMessage: (data: TransportMessage) => desktop.sendToTransport(data),
    },
    headers: ({ context }) => ({
      ...(context.signInToken === undefined ? {} : { [SIGN_IN_HEADER]: context.signInToken }),
    }),
  })
  return { clock, dataDir, screen: (): Screen => screenOver(link) }
}

/** The real program in browser mode, as a process of its own that a test can end in any way. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { root } from '../../build/setup.mjs'

export interface Host {
  /** The address with this launch's token. */
  url: string
  origin: string
  token: string
  processId: number
  /** Ends it as a power cut would: no warning, nothing flushed. */
  kill(): Promise<void>
  /** Ends it as the desktop would. */
  stop(): Promise<void>
}

const ADDRESS = /Tillproof is open at (http:\/\/127\.0\.0\.1:\d+)\/#token=(\S+)/

/** Starts browser mode on a free port and waits until it says its address. `before` are words to Node itself. */
export async function startHost(
  dataDir: string,
  args: readonly string[] = [],
  { before = [], env = process.env }: { before?: readonly string[]; env?: NodeJS.ProcessEnv } = {},
): Promise<Host> {
  const child = spawn(
    process.execPath,
    [...before, join(root, 'dist/main/host.js'), '--port', '0', '--data', dataDir, ...args],
    { stdio: ['ignore', 'pipe', 'pipe'], env },
  )
  const exited = once(child, 'exit')
  const said = await firstWords(child, exited)
  const [, origin, token] = ADDRESS.exec(said) ?? []
  if (origin === undefined || token === undefined || child.pid === undefined)
    throw new Error(`The host did not open: ${said}`)
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal)
    await exited
  }
  return {
    url: `${origin}/#token=${token}`,
    origin,
    token,
    processId: child.pid,
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  }
}

function firstWords(child: ChildProcess, exited: Promise<unknown>): Promise<string> {
  let said = ''
  return new Promise(resolve => {
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      said += text
      if (ADDRESS.test(said)) resolve(said)
    })
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
    void exited.then(() => resolve(said))
  })
}

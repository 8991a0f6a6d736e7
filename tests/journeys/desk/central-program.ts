/** Central as a program of its own beside the till's, and its command line, on one database. */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import { root } from '../../../build/setup.mjs'

const LISTENS = /Central listens on (http:\/\/127\.0\.0\.1:(\d+))/

export class CentralProgram {
  readonly #databaseUrl: string
  readonly #key: readonly string[]
  #child: ChildProcess | undefined
  /** Any free one at first, and the same ever after: a till remembers where central was. */
  #port = '0'
  address = ''

  /** `dir`: where its key lies. */
  constructor(databaseUrl: string, dir: string) {
    this.#databaseUrl = databaseUrl
    this.#key = ['--data', dir]
  }

  /** Starts it where it was before; done when it listens. */
  async start(): Promise<void> {
    const child = spawn(
      process.execPath,
      [resolve(root, 'central/main.ts'), '--port', this.#port, '--database', this.#databaseUrl, ...this.#key],
      { cwd: root, stdio: ['ignore', 'pipe', 'ignore'] },
    )
    this.#child = child
    // A test runner that ends in the middle must not leave a program behind.
    process.once('exit', () => child.kill('SIGKILL'))
    let said = ''
    await new Promise<void>((listening, failed) => {
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        said += text
        if (LISTENS.test(said)) listening()
      })
      child.once('exit', code => failed(new Error(`Central ended with ${code}: ${said}`)))
    })
    const [, address = '', port = ''] = LISTENS.exec(said) ?? []
    this.address = address
    this.#port = port
  }

  /** Ends it as a power cut would. */
  async kill(): Promise<void> {
    const child = this.#child
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
  }

  /** What the command line answers. Refuses (Error) what it refuses. */
  async admin(...words: readonly string[]): Promise<string> {
    const args = [resolve(root, 'central/cli/admin.ts'), '--database', this.#databaseUrl, ...words]
    return (await promisify(execFile)(process.execPath, args, { cwd: root })).stdout.trim()
  }
}

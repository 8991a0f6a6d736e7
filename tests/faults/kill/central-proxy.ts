/**
 * The address of a central that is killed and started again: it stays where it is, passes every request on to whichever
 * central lives, and hears what central acknowledges.
 */
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http'
import { pipeline } from 'node:stream'
import { onTestFinished } from 'vitest'
import type { Position } from '../../../shared/central/protocol.ts'

export class CentralProxy {
  readonly address: string
  /** Where central is at the moment; undefined while it is dead. */
  central: string | undefined
  /** The position that central last said it holds, in answer to a push. */
  acknowledged: Position | undefined
  /** Pushes that central has not answered yet. */
  underWay = 0
  #begun: () => void = () => undefined
  #answered: () => void = () => undefined

  private constructor(server: Server) {
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('No port')
    this.address = `http://127.0.0.1:${address.port}`
    server.on('request', (asked: IncomingMessage, answer: ServerResponse) => this.#pass(asked, answer))
  }

  /** Open until the test ends. */
  static async open(): Promise<CentralProxy> {
    const server = createServer()
    await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening))
    onTestFinished(() => {
      server.close()
      server.closeAllConnections()
    })
    return new CentralProxy(server)
  }

  /** Resolves when the next push begins, or after so many milliseconds. */
  nextPush(mostMs: number): Promise<void> {
    return within(mostMs, resolve => {
      this.#begun = resolve
    })
  }

  /** Resolves when central next says that it holds a push, before the till hears of it, or after so many milliseconds. */
  nextAnswer(mostMs: number): Promise<void> {
    return within(mostMs, resolve => {
      this.#answered = resolve
    })
  }

  #pass(asked: IncomingMessage, answer: ServerResponse): void {
    const { url = '', method = '', headers } = asked
    if (this.central === undefined) {
      asked.destroy()
      return
    }
    const isPush = url === '/v1/push'
    if (isPush) {
      this.underWay += 1
      this.#begun()
    }
    const onward = request(new URL(url, this.central), { method, headers, agent: false })
    onward.on('response', response => this.#answer(response, answer, isPush))
    onward.once('close', () => {
      if (isPush) this.underWay -= 1
    })
    // Whichever side dies takes the connection of the other with it, as a cable would.
    pipeline(asked, onward, error => {
      if (error) asked.destroy()
    })
    onward.on('error', () => asked.destroy())
  }

  #answer(response: IncomingMessage, answer: ServerResponse, isPush: boolean): void {
    const parts: Buffer[] = []
    response.on('data', (part: Buffer) => parts.push(part))
    response.on('error', () => answer.destroy())
    response.on('end', () => {
      const body = Buffer.concat(parts)
      if (isPush && response.statusCode === 200) this.#heard(JSON.parse(body.toString()).position)
      answer.writeHead(response.statusCode ?? 502, response.headers)
      answer.end(body)
    })
  }

  #heard(position: Position): void {
    this.acknowledged = position
    this.#answered()
  }
}

function within(mostMs: number, wait: (resolve: () => void) => void): Promise<void> {
  return new Promise(resolve => {
    const late = setTimeout(resolve, mostMs)
    wait(() => {
      clearTimeout(late)
      resolve()
    })
  })
}

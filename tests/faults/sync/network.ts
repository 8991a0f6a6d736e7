/** A network between tills and central that loses, doubles, reorders, delays, cuts and answers for others. */
import type { Fetch } from '../../../electron/backend/sync/client.ts'
import type { SimScheduler, VirtualTime } from './time.ts'

export interface Sent {
  url: string
  method: string
  headers: Record<string, string>
  body: Uint8Array<ArrayBuffer> | undefined
}
interface Answer {
  status: number
  headers: [string, string][]
  text: string
}
export type Deliver = (request: Request) => Promise<Response>

const SECOND = 1_000
/** Longer than the till waits for an answer. */
const SLOW_MS = 90 * SECOND
const LATEST_REPLAY_MS = 12 * 3_600 * SECOND

export class SimNetwork {
  isBad = false
  /** Nothing at all goes through. */
  isDown = false
  /** Requests come twice at the same moment, now and then: for a central that can work on both at once. */
  isCrowded = false
  readonly happened = new Map<string, number>()
  readonly #waiting = new Set<() => void>()
  readonly #time: VirtualTime
  readonly #below: (most: number) => number
  readonly #deliver: Deliver

  constructor(time: VirtualTime, below: (most: number) => number, deliver: Deliver) {
    this.#time = time
    this.#below = below
    this.#deliver = deliver
  }

  /** The `fetch` of one run of a till's program. */
  fetchOf(scheduler: SimScheduler): Fetch {
    return (url, { signal, method, headers, body }) =>
      new Promise((resolve, reject) => {
        const ended = (): void => {
          if (!scheduler.isDead) reject(signal.reason)
        }
        signal.addEventListener('abort', ended, { once: true })
        if (signal.aborted) ended()
        const stopListening = (): void => signal.removeEventListener('abort', ended)
        this.#waiting.add(stopListening)
        this.#carry({ url, method, headers, body: body?.slice() }, reply => {
          this.#waiting.delete(stopListening)
          stopListening()
          if (scheduler.isDead) return
          if (reply) resolve(reply)
          else reject(new TypeError('fetch failed', { cause: new Error('the line broke') }))
        })
      })
  }

  /**
   * Nothing arrives any more. A signal that is made of others is kept for as long as somebody listens to it, and with it
   * would be everything here.
   */
  end(): void {
    for (const stopListening of this.#waiting) stopListening()
  }

  #is(what: string, oneIn: number): boolean {
    if (!this.isBad || this.#below(oneIn) !== 0) return false
    this.happened.set(what, (this.happened.get(what) ?? 0) + 1)
    return true
  }

  #delayMs(): number {
    return this.isBad ? this.#below(this.#below(6) === 0 ? 20 * SECOND : 800) : 20
  }

  #carry(sent: Sent, reply: (response: Response | undefined) => void): void {
    const time = this.#time
    if (this.isDown || this.#is('lost', 8)) time.after(this.#delayMs(), () => reply(undefined))
    else if (this.#is('answered by a gateway', 12)) time.after(this.#delayMs(), () => reply(this.#gateway()))
    else if (this.#is('cut on its way', 12))
      time.after(this.#delayMs(), async () => {
        await this.#deliver(cutRequest(sent))
        reply(undefined)
      })
    else this.#carryWhole(sent, reply)
  }

  #carryWhole(sent: Sent, reply: (response: Response | undefined) => void): void {
    if (this.#is('twice', 6))
      this.#time.after(this.#below(LATEST_REPLAY_MS), async () => {
        if (!this.isDown) await this.#deliver(requestOf(sent))
      })
    const delay = this.#is('slow', 15) ? this.#below(2 * SLOW_MS) : this.#delayMs()
    this.#time.after(delay, async () => this.#reply(await this.#answered(sent), reply))
  }

  async #answered(sent: Sent): Promise<Answer> {
    const isTwice = this.isCrowded && this.#below(4) === 0
    if (isTwice) this.happened.set('at once', (this.happened.get('at once') ?? 0) + 1)
    const other = isTwice ? this.#deliver(requestOf(sent)) : undefined
    const response = await this.#deliver(requestOf(sent))
    await other
    return { status: response.status, headers: [...response.headers], text: await response.text() }
  }

  #reply(answer: Answer, reply: (response: Response | undefined) => void): void {
    const { status, headers, text } = answer
    if (this.isDown || this.#is('reply lost', 8)) {
      this.#time.after(SECOND, () => reply(undefined))
      return
    }
    const cut = this.#is('reply cut', 12)
    const late = this.#is('reply slow', 15) ? SLOW_MS : this.#delayMs()
    const gateway = this.#is('reply replaced', 15) ? this.#gateway() : undefined
    this.#time.after(late, () => {
      if (gateway) reply(gateway)
      else if (cut) reply(cutResponse(text, this.#below(text.length), status, headers))
      else reply(new Response(text, { status, headers }))
    })
  }

  #gateway(): Response {
    const status = [500, 502, 503, 504, 429, 200][this.#below(6)] ?? 500
    const headers = this.#below(2) === 0 ? { 'retry-after': String(this.#below(120)) } : {}
    return new Response('<html>Bad gateway</html>', { status, headers })
  }
}

function requestOf({ url, method, headers, body }: Sent): Request {
  return new Request(url, { method, headers, ...(body && { body }) })
}

/** Half of the body, and then the connection is gone. */
function broken(bytes: Uint8Array): ReadableStream<Uint8Array> {
  let isGiven = false
  return new ReadableStream({
    pull(controller) {
      if (isGiven) controller.error(new Error('the connection was cut'))
      else controller.enqueue(bytes)
      isGiven = true
    },
  })
}

function cutRequest(sent: Sent): Request {
  const { url, method, headers, body } = sent
  if (!body) return requestOf(sent)
  const init = { method, headers, body: broken(body.slice(0, Math.ceil(body.length / 2))), duplex: 'half' }
  return new Request(url, init as RequestInit)
}

function cutResponse(text: string, at: number, status: number, headers: [string, string][]): Response {
  // Half of the time a proxy ends the answer as if it were whole.
  const bytes = new TextEncoder().encode(text.slice(0, at))
  return new Response(at % 2 === 0 ? broken(bytes) : bytes, { status, headers })
}

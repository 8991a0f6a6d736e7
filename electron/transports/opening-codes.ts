/** Codes that open the screen once: what is handed to a browser on disk is of no use to whoever reads it afterwards. */
import { randomBytes, timingSafeEqual } from 'node:crypto'

/** A browser has been started by then, or never will be. */
const GOOD_MS = 60_000
/** Nobody opens more browsers at once. */
const MOST = 20

export class OpeningCodes {
  readonly #codes: { code: Buffer; until: number }[] = []

  make(): string {
    const code = randomBytes(24).toString('base64url')
    this.#codes.push({ code: Buffer.from(code), until: performance.now() + GOOD_MS })
    if (this.#codes.length > MOST) this.#codes.shift()
    return code
  }

  /** Whether a code is good; it is no more, whatever comes of it. */
  take(given: string): boolean {
    const bytes = Buffer.from(given)
    const at = this.#codes.findIndex(
      ({ code }) => code.length === bytes.length && timingSafeEqual(code, bytes),
    )
    const [found] = at < 0 ? [] : this.#codes.splice(at, 1)
    return found !== undefined && performance.now() <= found.until
  }
}

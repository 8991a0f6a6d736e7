/**
 * A scanner types faster than anybody, and ends with Enter, once or twice. Where the cursor is in no field its digits fall
 * nowhere, and its Enter would press whatever button has the focus.
 */
const GAP_MS = 60
const SHORTEST = 10
const ENDS_MS = 150

export class ScanBurst {
  #run = 0
  #atMs = Number.NEGATIVE_INFINITY
  #hasEnded = false

  /** Tells of every key; whether it is an Enter that must do nothing. `inField` where the cursor is in a field. */
  refuses(key: string, inField: boolean, nowMs: number): boolean {
    const sinceMs = nowMs - this.#atMs
    if (key === 'Enter') {
      if (this.#run < SHORTEST || sinceMs > ENDS_MS) {
        this.#run = 0
        return false
      }
      this.#atMs = nowMs
      // The first Enter takes what stands in the field.
      const isFields = inField && !this.#hasEnded
      this.#hasEnded = true
      return !isFields
    }
    this.#run = key.length === 1 ? (sinceMs < GAP_MS && !this.#hasEnded ? this.#run + 1 : 1) : 0
    this.#hasEnded = false
    this.#atMs = nowMs
    return false
  }
}

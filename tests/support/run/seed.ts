/** The seed of this run's made-up cases: printed, and taken from TILLPROOF_SEED to see the same ones again. */
export function runSeed(): number {
  const given = Number.parseInt(process.env.TILLPROOF_SEED ?? '', 10)
  const seed = Number.isSafeInteger(given) ? given : 20_261_121
  console.info(`seed ${seed} (TILLPROOF_SEED=${seed} shows the same cases again)`)
  return seed
}

/** A small random number generator (mulberry32): the same numbers for the same seed, on every machine. */
export function chanceOf(seed: number): (below: number) => number {
  let state = seed >>> 0
  return below => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

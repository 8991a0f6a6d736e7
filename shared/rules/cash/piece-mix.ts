/** Equal pieces that a mix may take from; `merit` is what it is good for to have one of them in the mix. */
export interface Pile {
  value: number
  available: number
  merit: number
}

/** The largest amount that is mixed, in cents: the search keeps a figure for the amounts up to it. */
export const MAX_MIX = 10_000_000

/** The best merit for every amount that is a multiple of `step`, and how many pieces of the last pile are in it. */
interface Layer {
  step: number
  merit: Float64Array
  take: Int32Array
}

const UNREACHED = Number.NEGATIVE_INFINITY

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b)
}

/** The same merits with room for the amounts that only the next pile can make. */
function withFinerSteps(layer: Layer, step: number, limit: number): Float64Array {
  const finer = new Float64Array(Math.floor(limit / step) + 1).fill(UNREACHED)
  const apart = layer.step / step
  for (let i = 0; i < layer.merit.length; i += 1) finer[i * apart] = layer.merit[i] ?? UNREACHED
  return finer
}

/**
 * Adds a pile to what could be made without it. Amounts that differ by whole pieces form a chain; along each
 * the best beginning among the last `available` ones is kept in a falling queue, so that every amount costs
 * the same however many pieces there are. Of equally good ones the longest stretch, the most pieces, wins.
 * Amounts below `least` are not wanted, and may be left unreached.
 */
function withPile(before: Layer, { value, available, merit }: Pile, limit: number, least: number): Layer {
  const step = gcd(before.step, value)
  const without = withFinerSteps(before, step, limit)
  const stride = value / step
  const reached = new Float64Array(without.length).fill(UNREACHED)
  const take = new Int32Array(without.length)
  const queue = new Int32Array(Math.ceil(without.length / stride))
  const begin = Math.max(0, Math.ceil(least / step) - available * stride)
  const headStart = (place: number, chain: number) => (without[chain + place * stride] ?? 0) - place * merit
  for (let chain = 0; chain < stride && chain < without.length; chain += 1) {
    let first = 0
    let end = 0
    const firstPlace = Math.max(0, Math.floor((begin - chain) / stride))
    for (let place = firstPlace, at = chain + place * stride; at < without.length; place += 1, at += stride) {
      if (without[at] !== UNREACHED) {
        const mine = headStart(place, chain)
        while (end > first && headStart(queue[end - 1] ?? 0, chain) < mine) end -= 1
        queue[end] = place
        end += 1
      }
      while (end > first && (queue[first] ?? 0) < place - available) first += 1
      if (end === first) continue
      const from = queue[first] ?? 0
      reached[at] = headStart(from, chain) + place * merit
      take[at] = place - from
    }
  }
  return { step, merit: reached, take }
}

/** Every layer, each with the amounts that the piles after it can still fill up to the whole. */
function layersOf(amount: number, piles: readonly Pile[]): Layer[] {
  let worthAfter = piles.reduce((all, pile) => all + pile.value * pile.available, 0)
  let last: Layer = { step: 0, merit: new Float64Array(1), take: new Int32Array(1) }
  return piles.map(pile => {
    worthAfter -= pile.value * pile.available
    last = withPile(last, pile, amount, amount - worthAfter)
    return last
  })
}

/**
 * How many pieces of each pile make an amount of cents exactly with the most merit, or null when none do. Of
 * equally good mixes the one with the most of the last pile, then of the one before it, and so on. Exact: a
 * bounded knapsack over every amount that can be made, quickest with the largest values first. Merits are
 * whole numbers; merit × pieces must stay a safe integer. Refuses (RangeError) an amount below zero or above
 * `MAX_MIX`.
 */
export function bestMix(amount: number, piles: readonly Pile[]): number[] | null {
  if (amount < 0 || amount > MAX_MIX) throw new RangeError(`${amount} cents are not mixed`)
  const usable = piles.map(pile => ({
    ...pile,
    available: Math.min(pile.available, Math.floor(amount / pile.value)),
  }))
  const layers = layersOf(amount, usable)
  const taken = piles.map(() => 0)
  let left = amount
  for (let i = layers.length - 1; i >= 0; i -= 1) {
    const layer = layers[i]
    const pile = usable[i]
    if (layer === undefined || pile === undefined) break
    const at = left / layer.step
    if ((layer.merit[at] ?? UNREACHED) === UNREACHED) return null
    taken[i] = layer.take[at] ?? 0
    left -= (layer.take[at] ?? 0) * pile.value
  }
  return left === 0 ? taken : null
}

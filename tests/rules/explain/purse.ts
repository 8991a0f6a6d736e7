/** How people lay down money, and how a cashier gives change out of what the drawer holds. */
import { denominationKey } from '../../../shared/rules/cash/denominations.ts'
import { type Chance, denominations, type Purse, percent } from './sessions.ts'

export function addTo(purse: Purse, pieces: Purse, times: 1 | -1): void {
  for (const [key, n] of pieces) purse.set(key, (purse.get(key) ?? 0) + n * times)
}

const COMMON_NOTES = [2_000, 1_000, 500, 100]
const COINS = [25, 10, 5, 1]

/** Out of a customer's pocket: twenties first, now and then a hundred or a fifty, coins to the cent. */
export function laidDown(chance: Chance, amount: number): Purse {
  const purse: Purse = new Map()
  let left = amount
  const take = (key: string, value: number, n: number): void => {
    if (n > 0) purse.set(key, (purse.get(key) ?? 0) + n)
    left -= n * value
  }
  for (let hundreds = Math.floor(left / 10_000); hundreds > 0; hundreds -= 1) {
    if (percent(chance, 35)) take('note:10000', 10_000, 1)
  }
  if (left >= 5_000 && percent(chance, 12)) take('note:5000', 5_000, 1)
  for (const value of COMMON_NOTES) take(`note:${value}`, value, Math.floor(left / value))
  for (const value of COINS) take(`coin:${value}`, value, Math.floor(left / value))
  return purse
}

/** Largest first out of what is there; null when that does not come out even. */
export function outOf(drawer: Purse, amount: number): Purse | null {
  const purse: Purse = new Map()
  let left = amount
  for (const d of denominations) {
    const key = denominationKey(d)
    const n = Math.min(Math.floor(left / d.valueCents), drawer.get(key) ?? 0)
    if (n > 0) purse.set(key, n)
    left -= n * d.valueCents
  }
  return left === 0 ? purse : null
}

/** What a change order brings for 100.00 in large notes: small notes and rolls. */
export const CHANGE_FOR_100: Purse = new Map([
  ['note:500', 6],
  ['note:100', 40],
  ['coin:25', 80],
  ['coin:10', 50],
  ['coin:5', 40],
  ['coin:1', 300],
])

/** Percentages as people write them, in whole millionths as rules use them. */

const PERCENT = /^(\d{0,3})(?:\.(\d{0,4}))?$/

/** Reads `1.5` (percent) as 15,000 millionths; null for anything but digits with up to four decimals. */
export function readPercent(text: string): number | null {
  const typed = text.trim().replace(/\s*%$/, '')
  const match = PERCENT.exec(typed)
  if (match === null) return null
  const [, whole = '', fraction = ''] = match
  if (whole + fraction === '') return null
  const rate = Number.parseInt(`${whole || '0'}${fraction.padEnd(4, '0')}`, 10)
  return rate <= 10_000_000 ? rate : null
}

/** 15,000 millionths as `1.5`. */
export function writePercent(rateMillionths: number): string {
  const digits = String(rateMillionths).padStart(5, '0')
  const fraction = digits.slice(-4).replace(/0+$/, '')
  return fraction === '' ? digits.slice(0, -4) : `${digits.slice(0, -4)}.${fraction}`
}

/** Settings that are asked for as one field each, as they are typed. */
import {
  type AskedSetting,
  askedSettings,
  type SettingFamily,
  type Settings,
} from '../../../shared/settings/index.ts'
import { type FoundProblem, problemAt } from '../forms/found-problem.ts'

/** Texts by the names of their settings. */
export type AskedTexts = Readonly<Record<string, string>>

const askedOf = (families: readonly SettingFamily[]): AskedSetting[] => families.flatMap(askedSettings)

/** The text of a setting as it stands. */
export const askedText = (texts: AskedTexts, name: string): string => texts[name] ?? ''

export function askedTexts(settings: Settings, families: readonly SettingFamily[]): AskedTexts {
  return Object.fromEntries(askedOf(families).map(({ name, write }) => [name, write(settings)]))
}

/** The first that cannot be read as a value of its setting. */
export function askedProblem(texts: AskedTexts, families: readonly SettingFamily[]): FoundProblem | null {
  const wrong = askedOf(families).find(({ name, read }) => read(askedText(texts, name)) === null)
  return wrong === undefined ? null : problemAt(wrong.name, wrong.problem)
}

/** What was typed, as settings. A form that was not checked before is a defect. */
export function askedValues(texts: AskedTexts, families: readonly SettingFamily[]): Partial<Settings> {
  const values = askedOf(families).map(({ name, read }) => {
    const value = read(askedText(texts, name))
    if (value === null) throw new RangeError(`the setting ${name} was sent before it was checked`)
    return value
  })
  return Object.assign({}, ...values)
}

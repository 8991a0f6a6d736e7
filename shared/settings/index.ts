/** What a city sets for itself, put together from the families. Rules that vary by place are data here, never code. */
import { z } from 'zod'
import { canonical } from '../ledger/canonical.ts'
import { billSettings } from './bills.ts'
import { depositSettings } from './deposits.ts'
import { drawerSettings } from './drawers.ts'
import { moneySettings } from './money.ts'
import { receiptSettings } from './receipts.ts'
import { ruleSettings } from './rules.ts'
import type { Ask, Setting, SettingValue, Tidy } from './setting.ts'
import { utilitySettings } from './utility.ts'

/** By what they are about, as the screens show them together. */
const FAMILIES = {
  utility: utilitySettings,
  receipts: receiptSettings,
  rules: ruleSettings,
  money: moneySettings,
  bills: billSettings,
  drawers: drawerSettings,
  deposits: depositSettings,
} as const
export type SettingFamily = keyof typeof FAMILIES
export const SETTING_FAMILIES = Object.keys(FAMILIES) as SettingFamily[]

const POLICIES = { ...FAMILIES.drawers, ...FAMILIES.deposits }

export const SETTINGS = {
  ...FAMILIES.utility,
  ...FAMILIES.receipts,
  ...FAMILIES.rules,
  ...FAMILIES.money,
  ...FAMILIES.bills,
  ...POLICIES,
}

type ValuesOf<S> = { [N in keyof S]: S[N] extends Setting<infer T> ? T : never }
type FieldsOf<S> = { [N in keyof S]: S[N] extends Setting<infer T> ? z.ZodType<T, T> : never }

export type Settings = ValuesOf<typeof SETTINGS>
export type SettingName = keyof Settings
/** How drawers and deposits are controlled: what a city may keep at central for all of its tills. */
export type Policies = ValuesOf<typeof POLICIES>

const NAMES = Object.keys(SETTINGS) as SettingName[]
const POLICY_NAMES = Object.keys(POLICIES) as (keyof Policies)[]

/** Each setting's own field, by name. */
function fieldsOf<S extends Readonly<Record<string, { field: z.ZodType }>>>(settings: S): FieldsOf<S> {
  return Object.fromEntries(Object.entries(settings).map(([name, { field }]) => [name, field])) as FieldsOf<S>
}

export const settingsField = z.object(fieldsOf(SETTINGS))
export const policiesField = z.object(fieldsOf(POLICIES))

/** What a new city begins with; its name is not among it. */
export const standardSettings = (): Settings =>
  Object.fromEntries(NAMES.map(name => [name, structuredClone(SETTINGS[name].standard)])) as Settings

/** The policies of a city's settings. */
export const policiesOf = (settings: Settings): Policies =>
  Object.fromEntries(POLICY_NAMES.map(name => [name, settings[name]])) as Policies

/** Settings with every text in them tidied. */
export const tidySettings = (settings: Settings, tidy: Tidy): Settings =>
  Object.fromEntries(
    NAMES.map(name => [name, (SETTINGS[name] as Setting<unknown>).tidy(settings[name], tidy)]),
  ) as Settings

/** Settings as facts state them; of two versions only what differs. */
export function settingValues(settings: Settings, before?: Settings): SettingValue[] {
  return NAMES.flatMap(name => {
    const value = canonical(settings[name])
    return before !== undefined && canonical(before[name]) === value ? [] : [{ name, value }]
  })
}

/**
 * Settings out of what facts have stated. A name that is not there has its standard value; one that this program does
 * not know is left alone. Throws for a value that its setting cannot be.
 */
export function settingsFrom(rows: Iterable<SettingValue>): Settings {
  const stated = new Map([...rows].map(({ name, value }) => [name, value]))
  const values = NAMES.map(name => {
    const text = stated.get(name)
    const { field, standard } = SETTINGS[name]
    return [name, text === undefined ? standard : field.parse(JSON.parse(text))]
  })
  return Object.fromEntries(values) as Settings
}

/** Of one setting: longer than all that its lists may hold. */
const LONGEST_SAID = 20_000

/** What became of a setting, as an auditor reads it: `Printed papers go to: a folder of PDF files`. */
export function saidSetting({ name, value }: SettingValue, nameOf: (id: string) => string): string {
  const known: Readonly<Record<string, Setting<unknown>>> = SETTINGS
  const setting = Object.hasOwn(known, name) ? known[name] : undefined
  const read = setting?.field.safeParse(JSON.parse(value))
  // A later program's setting, or its value: as it stands in the journal.
  if (!setting || !read?.success) return `${name}: ${value.slice(0, LONGEST_SAID)}`
  const { label, say } = setting.said
  return `${label}: ${say(read.data, nameOf).slice(0, LONGEST_SAID) || 'none'}`
}

/** A setting that a screen asks for as one field. */
export interface AskedSetting
  extends Pick<Ask<unknown>, 'label' | 'hint' | 'input' | 'maxLength' | 'problem'> {
  name: SettingName
  /** As it stands in the field. */
  write(settings: Settings): string
  /** The setting with what was typed; null where that can be no value of it. */
  read(text: string): Partial<Settings> | null
}

/** Every setting of a family that is asked for as one field, in its order. */
export function askedSettings(family: SettingFamily): AskedSetting[] {
  const settings: Readonly<Record<string, Setting<unknown>>> = FAMILIES[family]
  return Object.entries(settings).flatMap(([key, { ask }]) => {
    const name = key as SettingName
    if (ask === null) return []
    return {
      ...ask,
      name,
      write: values => ask.write(values[name]),
      read: text => {
        const value = ask.read(text)
        return value === null ? null : { [name]: value }
      },
    }
  })
}

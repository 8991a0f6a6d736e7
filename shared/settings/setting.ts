/**
 * A setting of a city: what it may be, what a new city begins with, how a screen asks for it, and how the texts in it
 * are tidied before they are kept. One family of settings a file; nothing else has to know of a new one.
 */
import { z } from 'zod'
import { glAccountField } from '../fields.ts'
import { canonical } from '../ledger/canonical.ts'
import { type Cents, parseTenKey, plainCents } from '../money.ts'
import type { TextLimits } from '../rules/text/free-text.ts'

function isCanonicalJson(text: string): boolean {
  try {
    return canonical(JSON.parse(text)) === text
  } catch {
    return false
  }
}

/** A setting by its name, with its value as RFC 8785 text: a new setting is a new name, and no new version of the fact. */
export const settingValueField = z.strictObject({
  name: z.string().regex(/^[a-zA-Z][a-zA-Z0-9.]{0,79}$/),
  value: z.string().max(200_000).refine(isCanonicalJson, 'Not JSON in its one canonical form'),
})
export type SettingValue = z.infer<typeof settingValueField>

/** Gives a text as it may be kept, or throws the refusal of whoever asked. */
export type Tidy = (field: string, text: string, limits: TextLimits) => string

/** How a setting is asked for: as one field that is typed or chosen. What has a form of its own has none. */
export interface Ask<T> {
  label: string
  hint?: string
  input: 'text' | 'digits' | 'amount' | { choices: Readonly<Record<string, string>> }
  maxLength?: number
  write(value: T): string
  /** Null for what cannot be read as a value. */
  read(text: string): T | null
  /** What to do where it cannot. */
  problem: string
}

/** What an auditor reads of a setting that was saved: every part of it that can be changed. */
export interface Said<T> {
  label: string
  /** `nameOf` knows people and bank accounts by their ids. */
  say(value: T, nameOf: (id: string) => string): string
}

export interface Setting<T> {
  field: z.ZodType<T>
  /** What a new city begins with. */
  standard: T
  ask: Ask<T> | null
  said: Said<T>
  tidy(value: T, tidy: Tidy): T
}

/** One that is asked for as one field is said as it stands there; any other has to say how. */
type Given<T> = {
  field: z.ZodType<T>
  standard: T
  tidy?: (value: T, tidy: Tidy) => T
} & ({ ask: Ask<T> } | { said: Said<T> })

export const setting = <T>(given: Given<T>): Setting<T> => ({
  field: given.field,
  standard: given.standard,
  ask: 'ask' in given ? given.ask : null,
  said: 'ask' in given ? saidAsAsked(given.ask) : given.said,
  tidy: given.tidy ?? (value => value),
})

function saidAsAsked<T>({ label, input, write }: Ask<T>): Said<T> {
  const choices = typeof input === 'string' ? {} : input.choices
  return { label, say: value => choices[write(value)] ?? write(value) }
}

interface AskedText {
  label: string
  hint?: string
  problem: string
}

/** A text of up to 80 characters that may not be empty. */
export const nameSetting = (
  name: string,
  { field, standard = '', ...ask }: AskedText & { field: z.ZodType<string>; standard?: string },
) =>
  setting({
    field,
    standard,
    ask: { ...ask, input: 'text', maxLength: 80, write: value => value, read: text => text.trim() || null },
    tidy: (value, tidy) => tidy(name, value, { maxLength: 80, required: true }),
  })

export const glSetting = (name: string, standard: string, label: string) =>
  setting({
    field: glAccountField,
    standard,
    ask: {
      label,
      input: 'text',
      maxLength: 40,
      write: value => value,
      read: text => text.trim() || null,
      problem: 'Enter the GL account.',
    },
    tidy: (value, tidy) => tidy(name, value, { maxLength: 40, required: true }),
  })

interface Range {
  least: number
  most: number
}

/** A whole number within limits. */
export const countSetting = (standard: number, { least, most }: Range, ask: AskedText) =>
  setting({
    field: z.int().min(least).max(most),
    standard,
    ask: {
      ...ask,
      input: 'digits',
      maxLength: String(most).length,
      write: String,
      read: text => {
        const typed = text.trim()
        if (!/^\d+$/.test(typed)) return null
        const value = Number.parseInt(typed, 10)
        return value >= least && value <= most ? value : null
      },
    },
  })

/** An amount of zero or more. */
export const amountSetting = (field: z.ZodType<Cents>, standard: Cents, ask: AskedText) =>
  setting({
    field,
    standard,
    ask: {
      ...ask,
      input: 'amount',
      write: plainCents,
      read: text => {
        const typed = parseTenKey(text)
        return typed.ok ? typed.cents : null
      },
    },
  })

/** One of a few values, each with its words. */
export const choiceSetting = <const C extends Readonly<Record<string, string>>>(
  standard: keyof C & string,
  { label, choices }: { label: string; choices: C },
) => {
  const values = Object.keys(choices) as (keyof C & string)[]
  return setting<keyof C & string>({
    field: z.enum(values as [keyof C & string, ...(keyof C & string)[]]),
    standard,
    ask: {
      label,
      input: { choices },
      write: value => value,
      read: text => values.find(value => value === text) ?? null,
      problem: 'Choose one.',
    },
  })
}

/**
 * The kinds of tender that there are: what each asks for, its key at the Window, its names, how it is counted, and
 * whether it opens the drawer. A city has tender types of these kinds, as many as it wants: two card terminals are
 * two types of one kind. Whatever depends on the kind of money reads it from here.
 */
import { z } from 'zod'
import { glAccountField, nameField, shortTextField } from './fields.ts'
import { isRoutingNumber } from './rules/deposit/aba.ts'

/** Words for staff and, on what a customer reads, in both languages. */
export interface TenderLabels {
  en: string
  es: string
}

/** One thing that is asked for a tender and kept with it. */
export interface TenderDetail {
  /** Under this name it stands in the fact, for good. */
  name: string
  /** Its field at the Window. */
  field: string
  /** Before it on a receipt; null where it speaks for itself. */
  label: TenderLabels | null
  input: 'digits' | 'text' | { choices: readonly string[] }
  maxLength: number
  fits: (text: string) => boolean
  /** What the Window says where it does not fit. */
  problem: string
  /** How a receipt shows it: as it is, after dots as the end of a number, or not at all. */
  shown: 'plain' | 'ending' | 'hidden'
  /** Made by the till from a number that is typed and never kept; nobody enters it. */
  derived?: true
  /** Goes to the screen and back under a seal that only the till opens. */
  sealed?: true
}

/** A number that is typed, made unreadable by the till, and kept nowhere. */
export interface IdentifiedNumber {
  name: string
  field: string
  fits: (text: string) => boolean
  problem: string
}

/** A kind within an English sentence. */
export interface TenderPhrase {
  /** How somebody paid: "in cash", "by check". */
  by: string
  /** What is over or short: "checks are". */
  are: string
  /** One piece of it: "check", "card slip". */
  one: string
}

export interface TenderKindSpec {
  name: TenderLabels
  phrase: TenderPhrase
  /** The key of its first type at the Window; null where it is chosen from the list alone. */
  key: string | null
  /** What its reference is called. */
  reference: string
  details: readonly TenderDetail[]
  /** What its derived details are made of; null where it has none. */
  identified: IdentifiedNumber | null
  /** How it is counted at close: by denomination, one by one, or as the total of its slips. */
  counted: 'pieces' | 'items' | 'slips'
  /** Whether the instrument itself goes to the bank in the deposit bag. */
  banked: boolean
  opensDrawer: boolean
  changeAllowed: boolean
  referenceRequired: boolean
  /** An account that returned checks made cash-only refuses it. */
  refusedWhenCashOnly: boolean
  /** Whether it may be switched on: nothing takes a credit off its account yet, so paying with one would make money. */
  ready: boolean
  /** Whether a new city takes it from the start. */
  active: boolean
  glAccount: string
}

const isFourDigits = (text: string): boolean => /^\d{4}$/.test(text)
const isThere = (text: string): boolean => text !== ''

const PLAIN = {
  key: null,
  reference: 'Number',
  details: [],
  identified: null,
  banked: false,
  opensDrawer: false,
  changeAllowed: false,
  referenceRequired: false,
  refusedWhenCashOnly: false,
  ready: true,
  active: true,
} as const satisfies Partial<TenderKindSpec>

export const TENDER_KINDS = {
  cash: {
    ...PLAIN,
    name: { en: 'Cash', es: 'Efectivo' },
    phrase: { by: 'in cash', are: 'cash is', one: 'cash' },
    key: 'F2',
    counted: 'pieces',
    banked: true,
    opensDrawer: true,
    changeAllowed: true,
    glAccount: '100-1010',
  },
  check: {
    ...PLAIN,
    name: { en: 'Check', es: 'Cheque' },
    phrase: { by: 'by check', are: 'checks are', one: 'check' },
    key: 'F3',
    reference: 'Check number',
    details: [
      {
        name: 'routingNumber',
        field: 'Routing number',
        label: { en: 'Routing', es: 'Ruta' },
        input: 'digits',
        maxLength: 9,
        fits: isRoutingNumber,
        problem: 'Not a routing number. Read its nine digits again.',
        shown: 'plain',
      },
      {
        name: 'accountLast4',
        field: 'Account ending in',
        label: { en: 'Account', es: 'Cuenta' },
        input: 'digits',
        maxLength: 4,
        fits: isFourDigits,
        problem: 'Enter the account number at the foot of the check.',
        shown: 'ending',
        derived: true,
      },
      {
        // HMAC-SHA-256 of the whole account number under the till's own key, hex.
        name: 'accountHash',
        field: 'Account',
        label: null,
        input: 'text',
        maxLength: 64,
        fits: text => /^[0-9a-f]{64}$/.test(text),
        problem: 'Enter the account number at the foot of the check.',
        shown: 'hidden',
        derived: true,
        sealed: true,
      },
    ],
    identified: {
      name: 'accountNumber',
      field: 'Account number; only its last four are kept',
      fits: text => /^[\d -]{4,40}$/.test(text),
      problem: 'Enter the account number at the foot of the check.',
    },
    counted: 'items',
    banked: true,
    opensDrawer: true,
    referenceRequired: true,
    refusedWhenCashOnly: true,
    glAccount: '100-1010',
  },
  card: {
    ...PLAIN,
    name: { en: 'Card', es: 'Tarjeta' },
    phrase: { by: 'by card', are: 'card slips are', one: 'card slip' },
    key: 'F4',
    details: [
      {
        name: 'cardBrand',
        field: 'Card brand',
        label: null,
        input: { choices: ['Visa', 'Mastercard', 'Discover', 'American Express', 'Debit', 'Other'] },
        maxLength: 20,
        fits: isThere,
        problem: 'Choose the brand that the terminal shows.',
        shown: 'plain',
      },
      {
        name: 'cardLast4',
        field: 'Last four digits',
        label: null,
        input: 'digits',
        maxLength: 4,
        fits: isFourDigits,
        problem: 'Enter the last four digits from the terminal’s slip, and no more.',
        shown: 'ending',
      },
      {
        name: 'approvalCode',
        field: 'Approval code',
        label: { en: 'Approval', es: 'Autorización' },
        input: 'text',
        maxLength: 12,
        fits: isThere,
        problem: 'Enter the approval code from the terminal’s slip.',
        shown: 'plain',
      },
    ],
    counted: 'slips',
    glAccount: '100-1030',
  },
  'money-order': {
    ...PLAIN,
    name: { en: 'Money order', es: 'Giro' },
    phrase: { by: 'by money order', are: 'money orders are', one: 'money order' },
    key: 'F6',
    reference: 'Money order number',
    counted: 'items',
    banked: true,
    opensDrawer: true,
    referenceRequired: true,
    glAccount: '100-1010',
  },
  ach: {
    ...PLAIN,
    name: { en: 'ACH transfer', es: 'Transferencia ACH' },
    phrase: { by: 'by ACH', are: 'ACH slips are', one: 'ACH slip' },
    counted: 'slips',
    referenceRequired: true,
    active: false,
    glAccount: '100-1040',
  },
  credit: {
    ...PLAIN,
    name: { en: 'Credit on account', es: 'Crédito en cuenta' },
    phrase: { by: 'from credit', are: 'credits on account are', one: 'credit' },
    counted: 'slips',
    ready: false,
    active: false,
    glAccount: '100-2100',
  },
} as const satisfies Readonly<Record<string, TenderKindSpec>>

export type TenderKind = keyof typeof TENDER_KINDS

/** The one tender that change is given in: every till has one type of this kind, under this name. */
export const CASH = 'cash'

/** Whose money a tender is, as the city names it; a name is given once and kept for good. */
export const tenderField = z.string().regex(/^[a-z][a-z0-9-]{0,29}$/)
export type Tender = z.infer<typeof tenderField>

export const COUNTED = ['pieces', 'items', 'slips'] as const

/** A tender type as a city has it. Its kind is fixed with its name. */
export const tenderTypeField = z.strictObject({
  tender: tenderField,
  /** Of `TENDER_KINDS`; open, so that a program that knows fewer kinds still reads what was written. */
  kind: z.string().regex(/^[a-z][a-z0-9-]{0,29}$/),
  name: nameField,
  /** On a customer's receipt; empty takes the kind's own. */
  nameEs: shortTextField,
  active: z.boolean(),
  opensDrawer: z.boolean(),
  changeAllowed: z.boolean(),
  referenceRequired: z.boolean(),
  counted: z.enum(COUNTED),
  /** True where the instrument itself goes to the bank in the deposit bag. */
  banked: z.boolean(),
  glAccount: glAccountField,
  sort: z.int(),
})
export type TenderType = z.infer<typeof tenderTypeField>

/** What identifies a tender besides its reference, by the names of its kind's details. */
export const tenderDetailsField = z.record(z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/), z.string().max(80))
export type TenderDetails = z.infer<typeof tenderDetailsField>

export const isTenderKind = (kind: string): kind is TenderKind => Object.hasOwn(TENDER_KINDS, kind)

const UNKNOWN_KIND: TenderKindSpec = {
  ...PLAIN,
  name: { en: 'Other', es: 'Otro' },
  phrase: { by: 'in another way', are: 'other slips are', one: 'slip' },
  counted: 'slips',
  ready: false,
  glAccount: '',
}

/** What is asked for a type's kind. A kind that a newer program knows is asked for its reference alone. */
export function tenderKind({ kind }: Pick<TenderType, 'kind'>): TenderKindSpec {
  return isTenderKind(kind) ? TENDER_KINDS[kind] : UNKNOWN_KIND
}

const NEVER_KEPT = new Set(
  Object.values<TenderKindSpec>(TENDER_KINDS).flatMap(({ identified }) => identified?.name ?? []),
)

/** Whether a number of this name is made unreadable and kept nowhere, as a check's account number is. */
export const isNeverKept = (name: string): boolean => NEVER_KEPT.has(name)

/** Details that somebody enters. */
export const enteredDetails = (spec: TenderKindSpec): TenderDetail[] =>
  spec.details.filter(detail => detail.derived !== true)

/** The type that a new city has of each kind, under the kind's own name. */
export function standardTenders(): TenderType[] {
  return Object.entries<TenderKindSpec>(TENDER_KINDS).map(([kind, spec], index) => ({
    tender: kind,
    kind,
    name: spec.name.en,
    nameEs: '',
    active: spec.active,
    opensDrawer: spec.opensDrawer,
    changeAllowed: spec.changeAllowed,
    referenceRequired: spec.referenceRequired,
    counted: spec.counted,
    banked: spec.banked,
    glAccount: spec.glAccount,
    sort: index + 1,
  }))
}

/** Whether a type is the one that its kind begins with, and not a further one of the city. */
export const isStandard = ({ tender, kind }: Pick<TenderType, 'tender' | 'kind'>): boolean => tender === kind

/** A type's name as a customer reads it, `Check · Cheque`; once where both languages have the same word. */
export function tenderLabels(type: Pick<TenderType, 'tender' | 'kind' | 'name' | 'nameEs'>): TenderLabels {
  const es = isStandard(type) ? tenderKind(type).name.es : type.name
  return { en: type.name, es: type.nameEs === '' ? es : type.nameEs }
}

/** What the number on an instrument of a type is called. */
export function referenceName(type: Pick<TenderType, 'tender' | 'kind' | 'name'>): string {
  return isStandard(type) ? tenderKind(type).reference : `${type.name} number`
}

/** A type within a sentence: as its kind where it has its kind's own name, and as the city calls it where it is a further one. */
export function tenderPhrase({
  tender,
  kind,
  name,
}: Pick<TenderType, 'tender' | 'kind' | 'name'>): TenderPhrase {
  if (isStandard({ tender, kind })) return tenderKind({ kind }).phrase
  return { by: `by ${name}`, are: `${name} is`, one: name }
}

const DOTS = '••••'

/** Details without those that are shown to nobody: with a hash of a number that few could have, the number is soon found. */
export function toldDetails(kind: Pick<TenderType, 'kind'>, details: TenderDetails): TenderDetails {
  const hidden = tenderKind(kind).details.filter(({ shown }) => shown === 'hidden')
  return Object.fromEntries(
    Object.entries(details).filter(([name]) => !hidden.some(one => one.name === name)),
  )
}

/** What identifies a tender, as a receipt shows it: never more of an account or card than its last four. */
export function shownDetails(
  kind: Pick<TenderType, 'kind'>,
  details: TenderDetails,
  say: (labels: TenderLabels) => string,
): string[] {
  const parts: string[] = []
  let joins = false
  for (const { name, label, shown } of tenderKind(kind).details) {
    const value = details[name]
    if (value === undefined || shown === 'hidden') continue
    const text = shown === 'ending' ? `${DOTS} ${value}` : value
    const last = parts.at(-1)
    // What has no label of its own belongs to what stands before it: `Visa •••• 4242`.
    if (label === null && joins && last !== undefined) parts[parts.length - 1] = `${last} ${text}`
    else parts.push(label === null ? text : `${say(label)} ${text}`)
    joins = label === null
  }
  return parts
}

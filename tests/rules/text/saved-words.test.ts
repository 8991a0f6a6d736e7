/** What the audit list says of a saved record: whatever an administrator changes in it changes the words. */
import { expect, it } from 'vitest'
import { canonical } from '../../../shared/ledger/canonical.ts'
import type { BodyOf, FactKind } from '../../../shared/ledger/facts.ts'
import { FACT_KINDS, kindOf, newestVersion, readBody } from '../../../shared/ledger/facts.ts'
import { cents } from '../../../shared/money.ts'
import { SETTINGS, saidSetting, settingValues, standardSettings } from '../../../shared/settings/index.ts'
import type { Said } from '../../../shared/settings/setting.ts'
import { COUNTED, standardTenders } from '../../../shared/tenders.ts'

const ID = '019aa1b2-0000-7000-8000-000000000001'

const records = {
  'drawer.saved': {
    drawerId: ID,
    name: 'Window 1',
    active: true,
    changeFundCents: cents(20_000),
    limitCents: cents(500_000),
  },
  'bank-account.saved': {
    bankAccountId: ID,
    name: 'Utility collections',
    bankName: 'First Bank of Millbrook',
    routingNumber: '071000013',
    accountNumber: '004410028837',
    active: true,
  },
  'catalog.saved': {
    catalogItemId: ID,
    code: 'COPY',
    name: 'Copies',
    pricing: 'per-unit',
    priceCents: cents(25),
    rateMillionths: null,
    unitLabel: 'page',
    glAccount: '501-4300',
    referenceLabel: 'Permit no.',
    isDeposit: false,
    active: true,
  },
  'tender.saved': standardTenders().find(type => type.tender === 'check') ?? standardTenders()[0],
  'person.saved': { personId: ID, name: 'M. Alvarez', role: 'cashier', active: true, approvedBy: null },
} satisfies { [K in FactKind]?: BodyOf<K> | undefined }

const OTHER: Record<string, unknown> = {
  pricing: 'fixed',
  counted: COUNTED.find(way => way === 'slips'),
  role: 'auditor',
  rateMillionths: 15_000,
  mode: 'folder',
}

function another(name: string, value: unknown): unknown {
  if (name in OTHER) return OTHER[name]
  if (typeof value === 'boolean') return !value
  if (typeof value === 'number') return value + 1
  return `${String(value)}2`
}

/** What is said of the record, with nothing else in the fact that could tell. */
function said(kind: string, body: object): string {
  const fact = { kind, body, texts: null } as unknown as Parameters<ReturnType<typeof kindOf>['says']>[0]
  return kindOf(kind as FactKind).says(fact, id => id)
}

it('every kind of record that is saved whole is looked at', () => {
  // Of settings each change is a row of its own.
  const saved = FACT_KINDS.filter(kind => kind.endsWith('.saved') && kind !== 'settings.saved')
  expect(Object.keys(records).sort()).toEqual([...saved].sort())
  for (const kind of saved) {
    const body = canonical(records[kind as keyof typeof records])
    expect(canonical(readBody(kind, newestVersion(kind), body).body)).toBe(body)
  }
})

it.each(
  Object.entries(records).flatMap(([kind, body]) =>
    Object.entries(body ?? {})
      .filter(([name]) => !name.endsWith('Id'))
      .map(([name, value]) => ({ kind, name, body: { ...body }, other: another(name, value) })),
  ),
)('$kind: another $name is said', ({ kind, name, body, other }) => {
  // A percentage stands where there is no price.
  const from = name === 'rateMillionths' ? { ...body, priceCents: null } : body
  expect(said(kind, { ...from, [name]: other })).not.toBe(said(kind, from))
})

/** A value with one of its leaves changed, for each leaf; what the screens cannot change is left out. */
function changedLeaves(value: unknown, called = ''): unknown[] {
  if (Array.isArray(value))
    return value.flatMap((one, at) => changedLeaves(one).map(changed => value.with(at, changed)))
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([name, one]) =>
      changedLeaves(one, name).map(changed => ({ ...value, [name]: changed })),
    )
  return [another(called, value)]
}

const BANK = '019aa1b2-0000-7000-8000-00000000ba4c'
/** Values of which each part can be changed. */
const STATED = {
  ...standardSettings(),
  bankRules: [{ glPrefix: '100-', bankAccountId: BANK }],
  defaultBankAccountId: BANK,
  addressLines: ['City Hall', '1 Main St'],
  wantedPieces: [{ valueCents: cents(500), kind: 'note' as const, pieces: 20 }],
  lowPieces: [{ valueCents: cents(100), kind: 'note' as const, pieces: 9 }],
  printer: { mode: 'queue' as const, queue: 'lobby' },
  scanTemplates: [
    {
      name: 'Bill',
      length: 20,
      account: { start: 0, end: 9 },
      amount: { start: 9, end: 19 },
      checkDigit: {
        position: 19,
        start: 0,
        end: 19,
        method: 'mod10-weights' as const,
        weights: [7, 3, 1],
        modulus: 10,
      },
      accountFormat: '####-#####',
    },
  ],
}
/** What is said of a setting's value, fitting or not: the words are those of its own rule. */
const sayOf = (name: keyof typeof SETTINGS, value: unknown): string =>
  (SETTINGS[name].said as Said<unknown>).say(value, id => (id === BANK ? 'Main' : 'Other'))

it.each(Object.keys(SETTINGS) as (keyof typeof SETTINGS)[])(
  'another value of any part of %s is said',
  name => {
    const value = STATED[name]
    for (const changed of changedLeaves(value))
      expect([changed, sayOf(name, changed)]).not.toEqual([changed, sayOf(name, value)])
  },
)

it('a saved setting is called as on its screen, with its choice in words and a bank account by its name', () => {
  const before = standardSettings()
  const after = { ...before, overpay: 'refuse' as const, defaultBankAccountId: BANK, warnPercent: 70 }
  const said = settingValues(after, before).map(value =>
    saidSetting(value, id => (id === BANK ? 'Main' : id)),
  )
  expect(said.sort()).toEqual([
    'Call for a turn-in from, percent of the cash limit: 70',
    'Everything else goes to: Main',
    'Paying more than is owed: is refused',
  ])
  expect(saidSetting({ name: 'laterSetting', value: '{"a":1}' }, id => id)).toBe('laterSetting: {"a":1}')
})

it('the longest list of bills that can be scanned is told to its last weight', () => {
  const template = (weights: number[]) => ({
    name: 'N'.repeat(80),
    length: 200,
    account: { start: 0, end: 40 },
    amount: { start: 100, end: 150 },
    checkDigit: {
      ...{ position: 199, start: 0, end: 199, method: 'weighted-remainder' as const },
      ...{ weights, modulus: Number.MAX_SAFE_INTEGER },
    },
    accountFormat: '#'.repeat(40),
  })
  const most = Array.from({ length: 100 }, () => -99)
  const lists = [most, most.with(-1, -98)].map(last => [
    ...Array.from({ length: 19 }, () => template(most)),
    template(last),
  ])
  for (const list of lists) expect(SETTINGS.scanTemplates.field.safeParse(list).success).toBe(true)
  const said = lists.map(list => saidSetting({ name: 'scanTemplates', value: canonical(list) }, String))
  expect(said[0]).not.toBe(said[1])
  expect(SETTINGS.scanTemplates.field.safeParse([template([...most, 1])]).success).toBe(false)
})

/** What a city publishes at central for all of its tills: read from a file, refused with words, taken over by a till. */

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type RawBuilder, sql } from 'kysely'
import { describe, expect, it, onTestFinished } from 'vitest'
import { citySince } from '../../central/city/city.ts'
import { type KnownHere, readCity } from '../../central/city/city-file.ts'
import { administer } from '../../central/cli/admin.ts'
import type { CentralDb } from '../../db/central/connection.ts'
import { openMemory } from '../../db/central/open.ts'
import { openLedgerReadOnly } from '../../db/ledger/till.ts'
import { cityOf } from '../../db/queries/city.ts'
import { cityDigest } from '../../shared/central/city.ts'
import type { City } from '../../shared/central/protocol.ts'
import { newId } from '../../shared/id.ts'
import { openBothEnds } from '../support/central/both-ends.ts'
import { START_MS } from '../support/clock.ts'
import { freshDir } from '../support/data-folder.ts'
import { runNode } from '../support/run/child.ts'

type Content = Omit<City, 'version'>

const NOTHING_KNOWN: KnownHere = { version: 0, glAccounts: new Set() }

/** A city with one thing of each kind, all of it sound. */
function smallCity() {
  const bankAccountId = newId()
  return {
    catalog: [
      {
        catalogItemId: newId(),
        code: 'COPY',
        name: 'Copy',
        pricing: 'per-unit',
        priceCents: 25,
        rateMillionths: null,
        unitLabel: 'page',
        glAccount: '100-3410',
        referenceLabel: null,
        isDeposit: false,
        active: true,
      },
    ],
    tenders: [
      {
        tender: 'cash',
        kind: 'cash',
        name: 'Cash',
        nameEs: '',
        active: true,
        opensDrawer: true,
        changeAllowed: true,
        referenceRequired: false,
        counted: 'pieces',
        banked: true,
        glAccount: '100-1010',
        sort: 1,
      },
    ],
    bankAccounts: [
      {
        bankAccountId,
        name: 'Operating',
        bankName: 'Prairie State Bank',
        routingNumber: '111000025',
        accountNumber: '7730094418',
        active: true,
      },
    ],
    policies: {
      warnPercent: 80,
      differenceToleranceCents: 0,
      paidApprovalCents: 2_500,
      paidCategories: [{ name: 'Petty cash', direction: 'out', glAccount: '100-1090' }],
      wantedPieces: [],
      lowPieces: [],
      bankRules: [{ glPrefix: '100-', bankAccountId }],
      defaultBankAccountId: bankAccountId,
      deadline: {
        businessDays: 1,
        sameDayFromCents: null,
        cutOffMinutes: 840,
        weekdays: [1, 2, 3, 4, 5],
        holidays: [],
      },
    },
    people: [{ personId: newId(), name: 'N. Newman', role: 'cashier', active: true }],
  }
}

type SmallCity = ReturnType<typeof smallCity>

/** What is said of a small city in which something was changed. */
function problemsOf(change: (city: SmallCity) => object, known = NOTHING_KNOWN): string[] {
  const city = smallCity()
  const read = readCity(JSON.stringify({ ...city, ...change(city) }), known)
  return read.ok ? [] : read.problems
}

/** Each kind of fault, and the beginning of what is said of it. */
const FAULTS: readonly [what: string, change: (city: SmallCity) => object, said: string][] = [
  ['a list of another name', () => ({ catalogue: [] }), 'the file: '],
  [
    'a price that is no whole number of cents',
    ({ catalog }) => ({ catalog: catalog.map(item => ({ ...item, priceCents: 0.25 })) }),
    'catalog[0].priceCents: Not an amount',
  ],
  [
    'a price that is missing',
    ({ catalog }) => ({ catalog: catalog.map(item => ({ ...item, priceCents: null })) }),
    'catalog[0].priceCents: does not go with per-unit pricing',
  ],
  [
    'the same code twice, whatever its capitals',
    ({ catalog }) => ({
      catalog: [...catalog, ...catalog.map(item => ({ ...item, catalogItemId: newId(), code: 'copy' }))],
    }),
    'catalog[1].code: copy is there already, at catalog[0].code',
  ],
  [
    'the same id twice',
    ({ catalog }) => ({ catalog: [...catalog, ...catalog.map(item => ({ ...item, code: 'COPY-2' }))] }),
    'catalog[1].catalogItemId: ',
  ],
  [
    'a card number as a name',
    ({ catalog }) => ({ catalog: catalog.map(item => ({ ...item, name: '4111 1111 1111 1111' })) }),
    'catalog[0].name: looks like a card number',
  ],
  [
    'a GL account of other signs',
    ({ catalog }) => ({ catalog: catalog.map(item => ({ ...item, glAccount: '100–3410' })) }),
    'catalog[0].glAccount: Not a GL account',
  ],
  [
    'tenders without cash',
    ({ tenders }) => ({
      tenders: tenders.map(type => ({ ...type, tender: 'check', counted: 'items', changeAllowed: false })),
    }),
    'tenders: cash is missing',
  ],
  [
    'cash that is switched off',
    ({ tenders }) => ({ tenders: tenders.map(type => ({ ...type, active: false })) }),
    'tenders[0]: cash, and cash alone,',
  ],
  ['a tender twice', ({ tenders }) => ({ tenders: [...tenders, ...tenders] }), 'tenders[1].tender: cash is'],
  [
    'a routing number with a digit wrong',
    ({ bankAccounts }) => ({
      bankAccounts: bankAccounts.map(bank => ({ ...bank, routingNumber: '111000026' })),
    }),
    'bankAccounts[0].routingNumber: ',
  ],
  [
    'a policy that names a bank account which is not in use',
    ({ bankAccounts }) => ({ bankAccounts: bankAccounts.map(bank => ({ ...bank, active: false })) }),
    'policies.bankRules[0].bankAccountId: ',
  ],
  [
    'a rule for a GL account that nobody knows',
    ({ policies }) => ({
      policies: {
        ...policies,
        bankRules: policies.bankRules.map(rule => ({ ...rule, glPrefix: '300-' })),
      },
    }),
    'policies.bankRules[0].glPrefix: no GL account that is known begins with 300-',
  ],
  [
    'a category twice',
    ({ policies }) => ({
      policies: {
        ...policies,
        paidCategories: [...policies.paidCategories, ...policies.paidCategories],
      },
    }),
    'policies: two categories',
  ],
  [
    'two people of one name',
    ({ people }) => ({ people: [...people, ...people.map(person => ({ ...person, personId: newId() }))] }),
    'people[1].name: N. Newman is there already, at people[0].name',
  ],
  [
    'a role that there is not',
    ({ people }) => ({ people: people.map(person => ({ ...person, role: 'mayor' })) }),
    'people[0].role: ',
  ],
]

describe('The file of a city', () => {
  it.for(FAULTS)('is refused for %s, and says where', ([, change, said]) => {
    const problems = problemsOf(change)
    expect(problems[0]?.slice(0, said.length)).toBe(said)
  })

  it('is taken whole where it is sound, and says nothing of what it leaves out', () => {
    const city = smallCity()
    expect(readCity(JSON.stringify(city), NOTHING_KNOWN)).toEqual({ ok: true, city })
    const { people } = city
    const nothing = { catalog: [], tenders: [], bankAccounts: [], policies: null }
    expect(readCity(JSON.stringify({ people }), NOTHING_KNOWN)).toEqual({
      ok: true,
      city: { ...nothing, people },
    })
    expect(readCity('{"people": [', NOTHING_KNOWN)).toMatchObject({ problems: ['the file is not JSON'] })
  })

  it('tidies its texts as a screen does', () => {
    const city = smallCity()
    const people = city.people.map(person => ({ ...person, name: '  N. Newman ' }))
    expect(readCity(JSON.stringify({ ...city, people }), NOTHING_KNOWN)).toEqual({ ok: true, city })
  })

  it('knows the GL accounts of bills and settings too', () => {
    const change = ({ policies }: SmallCity) => ({
      policies: {
        ...policies,
        bankRules: policies.bankRules.map(rule => ({ ...rule, glPrefix: '300-' })),
      },
    })
    const known = { version: 0, glAccounts: new Set(['300-2000']) }
    expect(problemsOf(change, known)).toEqual([])
  })

  it('is refused where it was made from another version than the newest', () => {
    const known = { ...NOTHING_KNOWN, version: 4 }
    expect(problemsOf(() => ({ version: 3 }), known)).toEqual([
      'version: made from version 3, and 4 is the newest',
    ])
    expect(problemsOf(() => ({ version: 4 }), known)).toEqual([])
  })
})

async function openCentral() {
  const db = await openMemory()
  onTestFinished(() => db.close())
  const run = async (...words: string[]): Promise<{ code: number; said: string }> => {
    const lines: string[] = []
    const code = await administer({ db, nowMs: START_MS, say: line => lines.push(line) }, words)
    return { code, said: lines.join('\n') }
  }
  const file = (name: string, content: unknown): string => {
    const path = join(freshDir(), name)
    writeFileSync(path, JSON.stringify(content))
    return path
  }
  return { db, run, file }
}

const TABLES = ['catalog_item', 'tender_type', 'bank_account', 'person', 'setting'] as const

/** Rows of what is set up, as texts in their order, with the columns that the till has. */
async function rowsAtCentral(db: CentralDb, table: string, columns: readonly string[]): Promise<string[]> {
  const list: RawBuilder<unknown> = sql.join(columns.map(column => sql.ref(column)))
  const { rows } = await sql<object>`SELECT ${list} FROM ${sql.table(table)}`.execute(db.kysely)
  return rows.map(row => JSON.stringify(row)).sort()
}

describe('At central', () => {
  it('a version is published, shown, changed and published again, and a file with a fault changes nothing', async () => {
    const { db, run, file } = await openCentral()
    expect(await run('show-city')).toEqual({ code: 1, said: 'Nothing is published yet' })
    expect(await run('publish-city')).toMatchObject({ code: 2 })
    const city = smallCity()
    const said = 'Version 1 is published: 1 catalog items, 1 tenders, 1 bank accounts, policies, 1 people'
    expect(await run('publish-city', file('city.json', city))).toEqual({ code: 0, said })
    const shown = await run('show-city')
    expect(JSON.parse(shown.said)).toEqual({ version: 1, ...city })
    const bad = file('bad.json', { ...city, tenders: [{}], people: [{ name: '' }] })
    const refusal = await run('publish-city', bad)
    expect(refusal.code).toBe(1)
    expect(refusal.said).toMatch(/tenders\[0\]\.tender: .*people\[0\]\.personId: .*Nothing is published: /s)
    const next = { ...JSON.parse(shown.said), people: [] }
    expect(await run('publish-city', file('next.json', next))).toMatchObject({ code: 0 })
    expect(await run('publish-city', file('late.json', next))).toMatchObject({ code: 1 })
    const newest = await citySince(db, {})
    expect(newest).toEqual({ ...next, version: 2 })
    const digest = newest ? cityDigest(newest) : ''
    expect(await citySince(db, { version: 2, digest })).toBeNull()
    expect(await citySince(db, { version: 2, digest: 'f'.repeat(16) })).toEqual(newest)
    expect(await citySince(db, { version: 1 })).toEqual(newest)
  }, 60_000)

  it('a city begins from a till that is set up, and what is changed at central is the till’s in every column', async () => {
    const { db, run, file } = await openCentral()
    const { till, scheduler, administrator, enrol, settle } = await openBothEnds(db)
    const { ledger, sync } = till.backend
    const { code, stdout, stderr } = await runNode('electron/cli.ts', ['export-city', '--data', till.dataDir])
    expect([code, stderr]).toEqual([0, ''])
    const exported: Content = JSON.parse(stdout)
    expect(exported).toEqual(cityOf(ledger.reader))
    const ownLedger = openLedgerReadOnly(till.dataDir)
    onTestFinished(() => void ownLedger.close())
    const secrets = ownLedger
      .prepare<[], Record<string, unknown>>(
        'SELECT salt, verifier, credential_digest FROM credential JOIN person USING (person_id)',
      )
      .all()
    expect(secrets.length).toBeGreaterThan(4)
    for (const secret of secrets.flatMap(row => Object.values(row))) expect(stdout).not.toContain(secret)
    expect((await run('publish-city', file('till.json', exported))).said).toMatch(/^Version 1 is published/)

    await enrol()
    await settle()
    expect(sync.store.city()).toMatchObject({ isWhole: true, city: { version: 1 } })
    const { entries: stated } = await administrator.till.journal({ kind: 'catalog.saved' })
    expect(stated.some(({ actorName }) => actorName === 'central')).toBe(false)

    const changed = {
      ...exported,
      catalog: exported.catalog.map(item => ({ ...item, name: `${item.name} 2027` })),
      people: [...exported.people, { personId: newId(), name: 'N. Newman', role: 'lead', active: true }],
    }
    expect(await run('publish-city', file('changed.json', changed))).toMatchObject({ code: 0 })
    scheduler.advance(61_000)
    await settle()
    expect(cityOf(ledger.reader)?.catalog).toEqual(changed.catalog)
    for (const table of TABLES) {
      const own = ownLedger.prepare<[], object>(`SELECT * FROM "${table}"`).all()
      const columns = Object.keys(own[0] ?? {})
      const here = own.map(row => JSON.stringify(row)).sort()
      expect(await rowsAtCentral(db, table, columns), table).toEqual(here)
    }
  }, 90_000)
})

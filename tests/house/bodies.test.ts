/** Bodies are read as they were written, or not at all; and the tables that facts make are those of the schema steps. */
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { ledgerSteps } from '../../db/ledger/steps.ts'
import { FACT_KINDS, kindOf, PROJECTED_TABLES, SUBJECTS, TABLES } from '../../shared/ledger/facts.ts'
import { bodyFaults } from './body-rules.ts'

const trims = (at: { value: string }): void => {
  at.value = at.value.trim()
}

describe('the body of a fact', () => {
  it.each(FACT_KINDS)(
    '%s has no default, nothing optional and nothing that changes what was written',
    name => {
      const { body, texts } = kindOf(name)
      const schemas = [...body.schemas, ...(texts ? [texts.schema] : [])]
      expect(schemas.flatMap(schema => bodyFaults(schema))).toEqual([])
    },
  )

  it.each<[string, z.ZodType]>([
    ['a default', z.strictObject({ a: z.string().default('') })],
    ['a member that may be left out', z.strictObject({ a: z.string().optional() })],
    ['the same, exactly', z.strictObject({ a: z.string().exactOptional() })],
    ['a value for what does not fit', z.strictObject({ a: z.string().catch('') })],
    ['a number out of a text', z.strictObject({ a: z.coerce.number() })],
    ['another value than was written', z.strictObject({ a: z.string().transform(text => text.length) })],
    ['a text that is trimmed', z.strictObject({ a: z.string().trim() })],
    ['members that are dropped', z.object({ a: z.string() })],
    ['members that nobody declared', z.looseObject({ a: z.string() })],
    ['any of it deep inside', z.strictObject({ a: z.array(z.union([z.null(), z.object({})])) })],
    ['whatever comes', z.strictObject({ a: z.unknown() })],
    ['an address that is tidied', z.strictObject({ a: z.url() })],
    ['an address that is made uniform', z.strictObject({ a: z.url({ normalize: true }) })],
    [
      'a default in what is added',
      z.strictObject({ a: z.string() }).and(z.object({ b: z.string().default('') })),
    ],
    ['members that are dropped at the end of a list', z.tuple([z.string()], z.object({ a: z.string() }))],
    ['a check that writes', z.strictObject({ a: z.string().check(trims) })],
    ['members that may be absent', z.strictObject({ a: z.partialRecord(z.enum(['x', 'y']), z.string()) })],
    ['any other member', z.strictObject({ a: z.looseRecord(z.enum(['x', 'y']), z.string()) })],
    ['whatever comes, once more', z.strictObject({ a: z.custom() })],
    ['names that are numbers', z.strictObject({ a: z.record(z.number(), z.string()) })],
    ['whether something fits', z.strictObject({ a: z.success(z.string()) })],
  ])('is told off for %s', (_what, schema) => {
    expect(bodyFaults(schema).length).toBeGreaterThan(0)
  })

  it('is of a kind that one subject declares, and no other', () => {
    const declared = Object.values(SUBJECTS).flatMap(kinds => Object.keys(kinds))
    expect(declared.toSorted()).toEqual(FACT_KINDS.toSorted())
  })
})

describe('the tables that facts make', () => {
  const ledger = new Database(':memory:')
  for (const step of ledgerSteps()) ledger.exec(step)

  it('are those of the schema steps, but for the journal and what never leaves the machine', () => {
    const made = ledger
      .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'")
      .pluck()
      .all()
    const others = ['journal', 'credential', 'rebuild_wanted']
    expect(made.filter(name => !others.includes(name)).toSorted()).toEqual(PROJECTED_TABLES.toSorted())
  })

  it.each(PROJECTED_TABLES)('%s has the key that its subject declares', table => {
    const key = ledger
      .prepare<[], string>(`SELECT name FROM pragma_table_info('${table}') WHERE pk > 0 ORDER BY pk`)
      .pluck()
      .all()
    expect(TABLES[table].key).toEqual(key)
  })
})

/** A city that is published at central, and what a till has of it. */
import { expect } from 'vitest'
import { rowsOfCommand } from '../../../db/ledger/journal.ts'
import { cityOf } from '../../../db/queries/city.ts'
import { verifyLedger } from '../../../db/verify/verify.ts'
import { leftOutOf } from '../../../shared/central/city.ts'
import type { City } from '../../../shared/central/protocol.ts'
import { newId } from '../../../shared/id.ts'
import type { LineTill } from '../../support/central/line.ts'
import { samplePerson, type Who } from '../../support/template.ts'

/** Longer than the pause between looks for news. */
export const A_WHILE_MS = 61_000

/** What the till has, as a version of the city; changed by `change`. */
export function published({ till }: LineTill, version: number, change: (city: City) => Partial<City>): City {
  const here = cityOf(till.backend.ledger.reader)
  if (!here) throw new Error('The sample till is not set up')
  const city = { version, ...structuredClone(here) }
  return { ...city, ...change(city) }
}

export async function publish(line: LineTill, city: City): Promise<void> {
  line.central.city = city
  await later(line)
}

export async function later(line: LineTill): Promise<void> {
  line.scheduler.advance(A_WHILE_MS)
  await line.settle()
}

export const personOf = (who: Who, active = true) => {
  const { personId, name, role } = samplePerson(who)
  return { personId, name, role, active }
}

export const newcomer = (name: string, role: City['people'][number]['role'] = 'cashier') => ({
  personId: newId(),
  name,
  role,
  active: true,
})

export const headOf = (line: LineTill): number => line.till.backend.ledger.head.seq
export const hereAt = (line: LineTill) => cityOf(line.till.backend.ledger.reader)
export const leftAt = (line: LineTill) =>
  line
    .sync()
    .store.alarms()
    .filter(({ kind }) => kind === 'city-not-taken')
    .flatMap(({ detail }) => leftOutOf(detail))

export const kindsOf = (line: LineTill, commandId: string) =>
  line.till.backend.ledger.reader.many(rowsOfCommand, { commandId }).map(row => row.kind)

export async function expectSound(line: LineTill): Promise<void> {
  const { problems } = await verifyLedger(line.till.dataDir, () => undefined)
  expect(problems).toEqual([])
}

/** A version in which one thing of each kind is another, and one person new. */
export function changedCity(line: LineTill, version = 1): City {
  return published(line, version, city => ({
    catalog: city.catalog.map((item, at) => (at === 0 ? { ...item, name: 'Named anew' } : item)),
    tenders: city.tenders.map(type => (type.tender === 'card' ? { ...type, name: 'Card or phone' } : type)),
    bankAccounts: city.bankAccounts.map((bank, at) =>
      at === 0 ? { ...bank, bankName: 'Merged Bank' } : bank,
    ),
    policies: city.policies && { ...city.policies, warnPercent: 70 },
    people: [...city.people, newcomer('N. Newman')],
  }))
}

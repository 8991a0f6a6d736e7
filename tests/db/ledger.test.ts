import { hash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { nativeHashText } from '../../db/ledger/native-hash.ts'
import type { Command } from '../../db/ledger/writer.ts'
import { allTenderTypes, settingsOf } from '../../db/queries/setup.ts'
import { newId } from '../../shared/id.ts'
import { hashText } from '../../shared/ledger/chain.ts'
import { type FactKind, kindOf } from '../../shared/ledger/facts.ts'
import { settingValues } from '../../shared/settings/index.ts'
import type { BusinessDate } from '../../shared/time.ts'
import { runSeed } from '../support/run/seed.ts'
import { samplePerson } from '../support/template.ts'
import { type OpenTill, openTestTill } from '../support/till.ts'

function commandOf(till: OpenTill, content = 'content'): Command {
  return {
    commandId: newId(),
    commandHash: hash('sha256', content),
    actorId: samplePerson('supervisor').personId,
    at: till.clock.now(),
    businessDate: '2026-11-20' as BusinessDate,
  }
}

const signOut = { personId: samplePerson('supervisor').personId }

describe('a command that may be on record already', () => {
  it('is carried out the first time, and only remembered from then on', async () => {
    const till = await openTestTill()
    const { ledger } = till.backend
    const command = commandOf(till)
    const first = ledger.once(command, tx => tx.append('person.signed-out', signOut))
    const { head } = ledger
    const second = ledger.once(command, () => expect.unreachable('the work is done'))
    expect(second).toEqual(first)
    expect(ledger.head).toEqual(head)
  })

  it('comes back with the hash of the first, whatever the second asks for', async () => {
    const till = await openTestTill()
    const { ledger } = till.backend
    const command = commandOf(till, 'one')
    ledger.once(command, tx => tx.append('person.signed-out', signOut))
    const again = ledger.once({ ...command, commandHash: hash('sha256', 'two') }, () => undefined)
    expect(again.commandHash).toBe(command.commandHash)
  })

  it('leaves no transaction open, so that the next command is written', async () => {
    const till = await openTestTill()
    const { ledger } = till.backend
    const command = commandOf(till)
    for (let i = 0; i < 3; i += 1) ledger.once(command, tx => tx.append('person.signed-out', signOut))
    expect(ledger.write(commandOf(till), tx => tx.append('person.signed-out', signOut))).toHaveLength(1)
  })
})

describe('settings and tender types that the ledger keeps at hand', () => {
  it('are the new ones at once, inside the transaction that changes them and after it', async () => {
    const till = await openTestTill()
    const { ledger } = till.backend
    const settings = settingsOf(ledger.reader)
    if (!settings) throw new Error('The sample has settings')
    ledger.write(commandOf(till), tx => {
      tx.append('settings.saved', {
        values: settingValues({ ...settings, utilityName: 'Renamed' }, settings),
      })
      expect(settingsOf(tx)?.utilityName).toBe('Renamed')
    })
    expect(settingsOf(ledger.reader)?.utilityName).toBe('Renamed')
  })

  it('are the old ones again when the transaction is taken back', async () => {
    const till = await openTestTill()
    const { ledger } = till.backend
    const before = allTenderTypes(ledger.reader)
    const [cash] = before
    if (!cash) throw new Error('The sample has tender types')
    const taking = () =>
      ledger.write(commandOf(till), tx => {
        tx.append('tender.saved', { ...cash, name: 'Coins' })
        expect(allTenderTypes(tx).map(type => type.name)).toContain('Coins')
        throw new Error('taken back')
      })
    expect(taking).toThrow('taken back')
    expect(allTenderTypes(ledger.reader)).toEqual(before)
  })
})

/** A member of a body, in its newest version. */
function memberOf(kind: FactKind, member: string): z.ZodType {
  const schema = kindOf(kind).body.schemas.at(-1)
  const field = schema instanceof z.ZodObject ? schema.shape[member] : undefined
  if (!(field instanceof z.ZodType)) throw new Error(`${kind} has no ${member}`)
  return field
}

describe('the numbers of a long life', () => {
  it.each([
    ['receipts', 'receipt.posted', 'receiptNo', 5_000_001],
    ['sessions', 'session.opened', 'sessionNo', 1_000_001],
    ['Z reports', 'session.closed', 'zNo', 1_000_001],
    ['deposits', 'deposit.made-up', 'depositNo', 1_000_001],
    ['items of an import', 'account.imported', 'itemCount', 4_000_000],
  ] as const)('%s may be counted beyond a million', (_, kind, member, count) => {
    const field = memberOf(kind, member)
    expect(field.parse(count)).toBe(count)
    expect(() => field.parse(-1)).toThrow()
  })
})

it('hashes the same with the machine’s own SHA-256 as anywhere else', () => {
  const text = fc.string({ unit: 'binary' })
  fc.assert(
    fc.property(text, value => nativeHashText(value) === hashText(value)),
    { seed: runSeed() },
  )
})

import { hash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nativeHashText } from '../../db/native-hash.ts'
import { allTenderTypes, settingsOf } from '../../db/queries/setup.ts'
import type { Command } from '../../db/writer.ts'
import { hashText } from '../../shared/ledger/chain.ts'
import { BODIES } from '../../shared/ledger/facts.ts'
import type { BusinessDate } from '../../shared/time.ts'
import { type LedgerTill, SUPERVISOR, samplePerson, sampleTill } from '../support/ledger-till.ts'
import { runSeed } from '../support/seed.ts'

function commandOf(till: LedgerTill, content = 'content'): Command {
  return {
    commandId: till.newId(),
    commandHash: hash('sha256', content),
    actorId: samplePerson(SUPERVISOR).personId,
    at: till.clock.nowMs,
    businessDate: '2026-11-20' as BusinessDate,
  }
}

const signOut = { personId: samplePerson(SUPERVISOR).personId }

describe('a command that may be on record already', () => {
  it('is carried out the first time, and only remembered from then on', async () => {
    const till = await sampleTill()
    const { ledger } = till.backend
    const command = commandOf(till)
    const first = ledger.once(command, tx => tx.append('person.signed-out', signOut))
    const { head } = ledger
    const second = ledger.once(command, () => expect.unreachable('the work is done'))
    expect(second).toEqual(first)
    expect(ledger.head).toEqual(head)
  })

  it('comes back with the hash of the first, whatever the second asks for', async () => {
    const till = await sampleTill()
    const { ledger } = till.backend
    const command = commandOf(till, 'one')
    ledger.once(command, tx => tx.append('person.signed-out', signOut))
    const again = ledger.once({ ...command, commandHash: hash('sha256', 'two') }, () => undefined)
    expect(again.commandHash).toBe(command.commandHash)
  })

  it('leaves no transaction open, so that the next command is written', async () => {
    const till = await sampleTill()
    const { ledger } = till.backend
    const command = commandOf(till)
    for (let i = 0; i < 3; i += 1) ledger.once(command, tx => tx.append('person.signed-out', signOut))
    expect(ledger.write(commandOf(till), tx => tx.append('person.signed-out', signOut))).toHaveLength(1)
  })
})

describe('settings and tender types that the ledger keeps at hand', () => {
  it('are the new ones at once, inside the transaction that changes them and after it', async () => {
    const till = await sampleTill()
    const { ledger } = till.backend
    const settings = settingsOf(ledger.reader)
    if (!settings) throw new Error('The sample has settings')
    ledger.write(commandOf(till), tx => {
      tx.append('settings.saved', { ...settings, utilityName: 'Renamed' })
      expect(settingsOf(tx)?.utilityName).toBe('Renamed')
    })
    expect(settingsOf(ledger.reader)?.utilityName).toBe('Renamed')
  })

  it('are the old ones again when the transaction is taken back', async () => {
    const till = await sampleTill()
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

describe('the numbers of a long life', () => {
  it.each([
    ['receipts', BODIES['receipt.posted'].shape.receiptNo, 5_000_001],
    ['sessions', BODIES['drawer.opened'].shape.sessionNo, 1_000_001],
    ['Z reports', BODIES['drawer.closed'].shape.zNo, 1_000_001],
    ['deposits', BODIES['deposit.made-up'].shape.depositNo, 1_000_001],
    ['items of an import', BODIES['accounts.imported'].shape.itemCount, 4_000_000],
  ])('%s may be counted beyond a million', (_, field, count) => {
    expect(field.parse(count)).toBe(count)
  })
})

it('hashes the same with the machine’s own SHA-256 as anywhere else', () => {
  const text = fc.string({ unit: 'binary' })
  fc.assert(
    fc.property(text, value => nativeHashText(value) === hashText(value)),
    { seed: runSeed() },
  )
})

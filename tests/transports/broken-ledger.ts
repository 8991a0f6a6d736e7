/** What every operation answers when the ledger is out of reach, or something went wrong that nobody foresaw. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import { refused } from '../support/refusals.ts'
import { screenOf } from '../support/screens.ts'
import type { Transport } from './every-operation.ts'
import { operations } from './operations.ts'

const others = operations.filter(({ name }) => name !== 'till.state')

/** Writes over the middle of the ledger file, as a failing disk does. */
export function damage(dataDir: string): void {
  const path = join(dataDir, 'ledger.sqlite')
  const bytes = readFileSync(path)
  bytes.fill(0xa5, 100, Math.min(bytes.length, 4_096))
  writeFileSync(path, bytes)
}

/** Takes a table away behind the program's back: nothing that the program could have foreseen. */
function hideTable(dataDir: string, table: string): void {
  const connection = new Database(join(dataDir, 'ledger.sqlite'))
  connection.exec(`ALTER TABLE ${table} RENAME TO ${table}_hidden`)
  connection.close()
}

export function describeBrokenLedgers(transport: Transport): void {
  describe(`when something is broken, through ${transport.name}`, () => {
    it('a damaged ledger: the till says why, and every operation is refused with the reason', async () => {
      const till = await transport.open({ atEnd: onTestFinished, prepare: damage })
      const before = readFileSync(join(till.dataDir, 'ledger.sqlite'))
      const { client } = till.screen()
      expect(await client.till.state()).toMatchObject({
        phase: 'unavailable',
        problem: { problem: 'damaged' },
        person: null,
      })
      for (const operation of others) {
        const data = await refused(operation.call(client, undefined), 'LEDGER_UNAVAILABLE')
        expect(data).toMatchObject({ problem: 'damaged' })
      }
      expect(readFileSync(join(till.dataDir, 'ledger.sqlite')).equals(before)).toBe(true)
    })

    it('a fault: every operation answers with a reference, keeps the cause to its log, and goes on', async () => {
      const till = await transport.open({ atEnd: onTestFinished })
      const { client } = await screenOf(till, 'cashier')
      hideTable(till.dataDir, 'person')
      for (const operation of operations) {
        const data = await refused(operation.call(client, undefined), 'FAULT')
        expect(data).toEqual({ reference: expect.stringMatching(/^[A-Z2-9]{4}$/) })
      }
      const connection = new Database(join(till.dataDir, 'ledger.sqlite'))
      connection.exec('ALTER TABLE person_hidden RENAME TO person')
      connection.close()
      expect((await client.till.state()).person?.name).toBe('M. Alvarez')
    })
  })
}

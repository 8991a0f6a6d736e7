import { chmodSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it, vi } from 'vitest'
import { ownCommand } from '../../../electron/backend/request/pins.ts'
import {
  fileKeyStore,
  KeyUnavailable,
  keptSigner,
  ownSigner,
  sealedKeyStore,
} from '../../../electron/backend/runtime/signing-key.ts'
import { keyFingerprint } from '../../../electron/backend/sync/status.ts'
import { newId } from '../../../shared/id.ts'
import { centralKeyName, keyLine } from '../../../shared/ledger/signed-note.ts'
import { cents } from '../../../shared/money.ts'
import { cityWith } from '../../support/central/city-at-till.ts'
import { CENTRAL_KEY, CODE, unreachable } from '../../support/central/fake-central.ts'
import { ADDRESS, enrol, openLineTill } from '../../support/central/line.ts'
import { newTillKey } from '../../support/central/signed.ts'
import { CENTRAL_OWN } from '../../support/central/till-journal.ts'
import { approvalBy, pay } from '../../support/desk.ts'
import { savePerson } from '../../support/office.ts'
import { refused } from '../../support/refusals.ts'
import { clientOf } from '../../support/screens.ts'
import { believe, samplePerson } from '../../support/template.ts'
import { openDrawerOf } from '../../transports/at-the-desk.ts'

/** It stands in every journal of its city. */
const OTHERS_KEY = newTillKey().publicKey

describe('Enrolling a till', () => {
  it('hands the public key over, keeps the private one for its owner alone, and says where', async () => {
    const line = await openLineTill({ enrolled: false })
    const administrator = await clientOf(line.till, 'administrator')
    expect((await administrator.sync.status()).details?.enrolment).toBeNull()
    const { utilityName } = await administrator.sync.enrol({
      address: ADDRESS,
      code: CODE,
      approval: approvalBy('supervisor'),
    })
    expect(utilityName).toBe('Test utility')
    const place = join(line.till.dataDir, 'signing.key')
    if (process.platform !== 'win32') expect(statSync(place).mode & 0o777).toBe(0o600)
    const { details } = await administrator.sync.status()
    expect(details?.key).toEqual({ kind: 'file', place })
    const signer = await keptSigner(fileKeyStore(line.till.dataDir))
    expect(details?.enrolment?.keyFingerprint).toBe(keyFingerprint(signer?.publicKey ?? ''))
    expect(readFileSync(place).includes(Buffer.from(signer?.publicKey ?? 'none', 'base64'))).toBe(false)
  })

  it('lasts over a restart, and goes on without the code', async () => {
    const line = await openLineTill()
    await line.settle()
    await line.till.restart()
    await openDrawerOf(line.till, 'cashier')
    await line.settle()
    expect(line.sync().connection).toBe('up-to-date')
    expect(line.central.position.seq).toBe(line.till.backend.ledger.head.seq)
  })

  it('changes nothing where the code is not valid or central does not answer', async () => {
    const line = await openLineTill({ enrolled: false })
    const administrator = await clientOf(line.till, 'administrator')
    await refused(
      administrator.sync.enrol({ address: ADDRESS, code: 'short', approval: approvalBy('supervisor') }),
      'CODE_NOT_VALID',
    )
    await refused(
      administrator.sync.enrol({
        address: ADDRESS,
        code: 'WRONG-CODE-1',
        approval: approvalBy('supervisor'),
      }),
      'CODE_NOT_VALID',
    )
    line.central.faults.push(unreachable)
    const said = await refused(
      administrator.sync.enrol({ address: ADDRESS, code: CODE, approval: approvalBy('supervisor') }),
      'CENTRAL_UNREACHABLE',
    )
    expect(said).toEqual({ detail: 'ECONNREFUSED' })
    expect((await administrator.sync.status()).connection).toBe('alone')
  })

  it.each([
    ['an empty key', { centralKey: '' }],
    ['what is no key', { centralKey: 'x' }],
    ['a key whose check does not fit', { centralKey: `tillproof/central/x+0123abcd+${'A'.repeat(44)}` }],
    ['a key under another name', { centralKey: keyLine('billing.example', CENTRAL_KEY) }],
    ['a key without its proof', { proof: '' }],
    ['the proof of another enrolment', { proof: CENTRAL_OWN.sign('another') }],
    ['the key of another central', { centralKey: keyLine(centralKeyName('Test utility'), OTHERS_KEY) }],
    ['a name with a card number', { utilityName: 'Card 4111 1111 1111 1111' }],
    ['a name that turns the line round', { utilityName: '\u202eytilitU' }],
    ['no name', { utilityName: ' \u200b ' }],
    ['a longer name than any', { utilityName: '\u{1f4a7}'.repeat(150) }],
    ['a key under a name that is none', { centralKey: keyLine('tillproof/central/\u202egro', CENTRAL_KEY) }],
  ])('is not done by a central that answers with %s, and nothing is sent to it', async (_what, otherwise) => {
    const line = await openLineTill({ enrolled: false })
    line.central.faults.push(async (_asked, answer) => {
      const told: object = await (await answer()).json()
      return Response.json({ ...told, ...otherwise })
    })
    const administrator = await clientOf(line.till, 'administrator')
    await refused(
      administrator.sync.enrol({ address: ADDRESS, code: CODE, approval: approvalBy('supervisor') }),
      'CENTRAL_NOT_UNDERSTOOD',
    )
    await line.sync().turn()
    expect([line.sync().enrolment, line.central.pushed]).toEqual([undefined, []])
  })

  it('is not done by somebody who was let go while central answered', async () => {
    const line = await openLineTill({ enrolled: false })
    const { role } = samplePerson('administrator')
    const second = { personId: newId(), name: 'A. Second', role, active: true, newPin: '582917' }
    const administrator = await clientOf(line.till, 'administrator')
    await savePerson(administrator, second)
    const { client } = line.till.screen()
    await client.person.signIn({ personId: second.personId, pin: second.newPin, newPin: '719285' })
    line.central.faults.push(async (_asked, answer) => {
      await savePerson(administrator, { personId: second.personId, name: second.name, role, active: false })
      return answer()
    })
    await refused(
      client.sync.enrol({ address: ADDRESS, code: CODE, approval: approvalBy('supervisor') }),
      'NOT_SIGNED_IN',
    )
    expect([line.sync().enrolment, line.central.pushed]).toEqual([undefined, []])
  })

  it('ends the line before where the journal says the new one and the note cannot be written', async () => {
    const line = await openLineTill()
    await line.settle()
    const administrator = await clientOf(line.till, 'administrator')
    const full = Object.assign(new Error('full'), { code: 'SQLITE_FULL' })
    const begin = vi.spyOn(line.sync().store, 'begin').mockImplementation(() => {
      throw full
    })
    const other = { address: 'https://other.example', code: CODE, approval: approvalBy('supervisor') }
    await administrator.sync.enrol(other).catch(() => undefined)
    const asked = line.central.asked.length
    await line.sync().turn()
    expect([line.sync().connection, line.central.asked.length]).toEqual(['alone', asked])
    begin.mockRestore()
    // The journal knows where: the next start goes on there.
    await line.till.restart()
    expect(line.sync().enrolment?.address).toBe(other.address)
  })

  it('one after the other: no turn of the first comes between', async () => {
    const line = await openLineTill()
    const administrator = await clientOf(line.till, 'administrator')
    const answered = Promise.withResolvers<void>()
    line.central.faults.push(
      (_asked, answer) => answer(),
      async (_asked, answer) => {
        await answered.promise
        return answer()
      },
    )
    const first = administrator.sync.enrol({
      address: 'https://first.example',
      code: CODE,
      approval: approvalBy('supervisor'),
    })
    const second = administrator.sync.enrol({
      address: 'https://second.example',
      code: CODE,
      approval: approvalBy('supervisor'),
    })
    await first
    await vi.waitFor(() => expect(line.central.faults).toEqual([]))
    await line.sync().turn()
    answered.resolve()
    await second
    expect(line.sync().enrolment?.address).toBe('https://second.example')
    expect(line.central.asked.filter(one => one === 'POST /v1/push')).toEqual([])
  })

  it('ends with the program: what is answered after that enrols nobody, and nobody waits for it', async () => {
    const line = await openLineTill()
    await line.settle()
    const administrator = await clientOf(line.till, 'administrator')
    line.central.faults.push(
      (_asked, _answer) =>
        new Promise(() => {
          // Never answered.
        }),
    )
    const asked = { address: 'https://other.example', code: CODE, approval: approvalBy('supervisor') }
    const enrolling = administrator.sync.enrol(asked).catch(() => 'ended')
    await vi.waitFor(() => expect(line.central.faults).toEqual([]))
    await openDrawerOf(line.till, 'cashier')
    await line.till.restart()
    expect(line.sync().enrolment?.address).toBe(ADDRESS)
    await line.till.close()
    await Promise.race([enrolling, Promise.resolve()])
  })

  it('is what the journal states, whatever is kept beside it', async () => {
    const line = await openLineTill()
    await line.settle()
    const { store, enrolment } = line.sync()
    if (!enrolment) throw new Error('The till is enrolled nowhere')
    store.begin({ ...enrolment, address: 'https://other.example' })
    const { personId, name } = samplePerson('colleague')
    const colleague = { personId, name, role: 'cashier' as const, active: true }
    store.keepCity(JSON.stringify(cityWith({ people: [colleague] })), { isWhole: true })
    await line.till.restart()
    expect(line.sync().enrolment?.address).toBe(ADDRESS)
    expect(line.sync().store.alarms()).toMatchObject([
      { kind: 'store-damaged', detail: 'https://other.example' },
    ])
    // And what that one keeps keeps nobody here.
    await savePerson(await clientOf(line.till, 'administrator'), { ...colleague, active: false })
    await line.settle()
    expect(line.sync().store.alarms()).toEqual([])
  })

  it('is what the journal states where the notes are gone, and all is asked again', async () => {
    const line = await openLineTill()
    await line.settle()
    await line.till.restart(dataDir => rmSync(join(dataDir, 'sync.sqlite')))
    expect(line.sync().enrolment?.address).toBe(ADDRESS)
    expect(line.sync().store.alarms()).toMatchObject([{ kind: 'store-damaged', detail: 'sync.sqlite' }])
    await openDrawerOf(line.till, 'cashier')
    await line.settle()
    expect(line.central.position.seq).toBe(line.till.backend.ledger.head.seq)
    expect(line.sync().store.alarms()).toEqual([])
  })

  it('is nowhere where the row that states it was changed, long ago', async () => {
    const line = await openLineTill()
    await line.settle()
    // The last rows are looked at when a ledger is opened.
    for (let row = 0; row < 250; row += 1)
      ownCommand(line.till.backend, 'till', 'row', tx =>
        tx.append('person.signed-out', { personId: newId() }),
      )
    await line.till.restart(dataDir => {
      const file = new Database(join(dataDir, 'ledger.sqlite'))
      const trigger = file
        .prepare<[], string>("SELECT sql FROM sqlite_schema WHERE name = 'journal_is_never_updated'")
        .pluck()
        .get()
      file.exec('DROP TRIGGER journal_is_never_updated')
      const change =
        "UPDATE journal SET body = replace(body, ?, 'https://other.example') WHERE kind = 'till.enrolled'"
      expect(file.prepare(change).run(ADDRESS).changes).toBe(1)
      file.exec(trigger ?? '')
      file.close()
      // By somebody who knows what the note says.
      believe(join(dataDir, 'ledger.sqlite'))
    })
    expect([line.sync().connection, line.sync().enrolment]).toEqual(['alone', undefined])
  })

  it('with a second code keeps the key, since central knows the till by it', async () => {
    const line = await openLineTill()
    const before = line.sync().enrolment?.publicKey
    await enrol(line)
    expect(line.sync().enrolment?.publicKey).toBe(before)
  })

  it('halts with what to do where the key is gone or may be read by others', async () => {
    const line = await openLineTill()
    await line.settle()
    chmodSync(join(line.till.dataDir, 'signing.key'), 0o644)
    await line.till.restart()
    await line.sync().turn()
    expect(line.sync().connection).toBe('halted')
    const place = join(line.till.dataDir, 'signing.key')
    expect(line.sync().store.alarms()).toMatchObject([
      { kind: 'key-missing', detail: `${place}: loose-rights` },
    ])
    chmodSync(place, 0o600)
    await (await clientOf(line.till, 'cashier')).sync.tryNow()
    await line.settle()
    expect(line.sync().store.alarms()).toEqual([])
  })
})

describe('A key store', () => {
  it('in a file refuses rights that others have', async () => {
    const line = await openLineTill({ enrolled: false })
    const store = fileKeyStore(line.till.dataDir)
    const { publicKey } = await ownSigner(store)
    expect((await ownSigner(store)).publicKey).toBe(publicKey)
    for (const mode of [0o640, 0o604, 0o622, 0o666]) {
      chmodSync(store.place, mode)
      await expect(store.read()).rejects.toThrow(KeyUnavailable)
    }
  })

  it('sealed by the system keeps nothing that opens elsewhere', async () => {
    const line = await openLineTill({ enrolled: false })
    const flip = (bytes: Buffer) => Buffer.from(bytes.map(byte => byte ^ 0x5a))
    const here = {
      seal: async (text: string) => flip(Buffer.from(text)),
      open: async (b: Buffer) => `${flip(b)}`,
    }
    const store = sealedKeyStore(line.till.dataDir, here)
    const { publicKey } = await ownSigner(store)
    expect((await keptSigner(store))?.publicKey).toBe(publicKey)
    const elsewhere = { ...here, open: async () => Promise.reject(new Error('not this user')) }
    await expect(keptSigner(sealedKeyStore(line.till.dataDir, elsewhere))).rejects.toMatchObject({
      problem: 'not-readable',
    })
  })

  it('says so where the file is no key', async () => {
    const line = await openLineTill({ enrolled: false })
    const store = fileKeyStore(line.till.dataDir)
    writeFileSync(store.place, 'not a key', { mode: 0o600 })
    await expect(ownSigner(store)).rejects.toMatchObject({ problem: 'not-readable' })
  })
})

describe('The notes about the line', () => {
  it('are put aside where they are damaged, payments go on, and a till that is enrolled again sends all', async () => {
    const prepare = (dataDir: string) =>
      writeFileSync(join(dataDir, 'sync.sqlite'), 'no database at all '.repeat(400))
    const line = await openLineTill({ enrolled: false, prepare })
    const { client } = await openDrawerOf(line.till, 'cashier')
    await pay(client, cents(1_000))
    expect((await client.till.state()).sync.connection).toBe('alone')
    expect(line.sync().store.alarms()).toMatchObject([{ kind: 'store-damaged' }])
    await enrol(line)
    await line.settle()
    expect(line.sync().store.alarms()).toEqual([])
    expect(line.central.position.seq).toBe(line.till.backend.ledger.head.seq)
  })
})

describe('The end of the program', () => {
  it('sends what is left, so that the night begins with nothing held', async () => {
    const line = await openLineTill()
    await line.settle()
    const { client } = await openDrawerOf(line.till, 'cashier')
    await pay(client, cents(1_000))
    const { seq } = line.till.backend.ledger.head
    await line.till.restart()
    expect(line.central.position.seq).toBe(seq)
  })

  it('does not wait for a central that did not answer', async () => {
    const line = await openLineTill()
    line.central.always = unreachable
    await line.sync().turn()
    const asked = line.central.asked.length
    await line.till.restart()
    expect(line.central.asked).toHaveLength(asked)
  })

  it('waits two seconds at most for one that does not answer any more', async () => {
    const line = await openLineTill()
    await line.settle()
    await openDrawerOf(line.till, 'cashier')
    line.central.always = ({ method }) =>
      new Promise((_, reject) => {
        void line.scheduler.sleep(30_000, new AbortController().signal).then(() => reject(new Error(method)))
      })
    const restarting = line.till.restart()
    await new Promise(setImmediate)
    line.scheduler.advance(2_000)
    await restarting
    line.central.always = undefined
    await line.settle()
    expect(line.central.position.seq).toBe(line.till.backend.ledger.head.seq)
  })
})

describe('The loop', () => {
  it('wakes by itself when a receipt is posted, and ends with the program', async () => {
    const line = await openLineTill()
    line.sync().start()
    // Accounts are taken in by a thread of their own, and that takes real time: as long as a test may last.
    const until = async (is: () => boolean) => {
      while (!is()) {
        line.scheduler.advance(50)
        await new Promise(later => setTimeout(later, 5))
      }
    }
    await until(() => line.sync().connection === 'up-to-date')
    const { client } = await openDrawerOf(line.till, 'cashier')
    await pay(client, cents(1_000))
    await until(() => line.central.position.seq === line.till.backend.ledger.head.seq)
  })
})

import { verify } from 'node:crypto'
import { expect } from 'vitest'
import { changeCitySetting } from '../../central/city/city-settings.ts'
import { revoke } from '../../central/city/enrol.ts'
import { makeCode } from '../../central/city/enrolment-codes.ts'
import type { AppLimits } from '../../central/http/app.ts'
import { takeRange } from '../../central/posting/receive.ts'
import { nativePublicKey } from '../../db/ledger/native-key.ts'
import { PROTOCOL } from '../../shared/central/protocol.ts'
import { enrolmentProof } from '../../shared/central/signature.ts'
import { id, OTHER_TILL, TILL } from '../support/central/central-shop.ts'
import { BYTES, enrolment, httpCentral, NOW_MS, written } from '../support/central/http-central.ts'
import { itOnPostgres, postgresForFile } from '../support/central/postgres.ts'
import { enrolRequest, newTillKey, ORIGIN } from '../support/central/signed.ts'
import { PUBLIC_KEY } from '../support/central/till-journal.ts'

const postgres = postgresForFile()

const central = async (limits: Partial<AppLimits> = {}) => httpCentral(await postgres.central(), limits)

itOnPostgres('a code works once, and once more for the same till and key, whose reply was lost', async () => {
  const on = await central()
  const code = await makeCode(on.db, { nowMs: NOW_MS, bytes: BYTES, note: '' })
  const key = newTillKey()
  const first = await on.ask(enrolment({ code, tillId: TILL, key }))
  expect(first.body).toMatchObject({ tillId: TILL, utilityName: 'City utility', position: { seq: 0 } })
  expect((await on.ask(enrolment({ code, tillId: TILL, key }))).body).toEqual(first.body)
  const renamed = await on.ask(enrolment({ code, tillId: TILL, key, tillCode: 'W77' }))
  expect([renamed.status, renamed.body.code]).toEqual([409, 'TILL_CODE_TAKEN'])
  const used = [
    await on.ask(enrolment({ code, tillId: OTHER_TILL, key: newTillKey() })),
    await on.ask(enrolment({ code, tillId: TILL, key: newTillKey() })),
    await on.ask(enrolment({ code: 'AAAA-BBBB-CCCC', tillId: TILL, key })),
  ]
  for (const { status, body } of used) expect([status, body.code]).toEqual([403, 'CODE_NOT_VALID'])
  const second = await makeCode(on.db, { nowMs: NOW_MS, bytes: BYTES.map(byte => byte + 1), note: '' })
  const other = newTillKey()
  expect((await on.ask(enrolment({ code: second, tillId: TILL, key: other }))).body.code).toBe(
    'ENROLLED_ALREADY',
  )
  await revoke(on.db, TILL, { nowMs: NOW_MS })
  // Whoever has a code, and knows the till, is not that till.
  const back = enrolment({ code: second, tillId: TILL, key: other })
  expect((await on.ask(back)).body.code).toBe('CODE_NOT_VALID')
  const bytes = BYTES.map(byte => byte + 2)
  const own = await makeCode(on.db, { nowMs: NOW_MS, bytes, note: '', tillId: TILL })
  const others = enrolment({ code: own, tillId: OTHER_TILL, key: other })
  expect((await on.ask(others)).body.code).toBe('CODE_NOT_VALID')
  expect((await on.ask(enrolment({ code: own, tillId: TILL, key: other }))).status).toBe(200)
  const kept = await on.db.kysely.selectFrom('enrolment_code').select('code_hash').execute()
  expect(JSON.stringify(kept)).not.toContain(code)
})

itOnPostgres('two tills under one code would give the same numbers: the second is refused', async () => {
  const on = await central()
  let no = 0
  const asked = async (tillId: string, tillCode = 'W1', key = newTillKey()) => {
    const bytes = BYTES.map(byte => byte + no)
    no += 1
    const code = await makeCode(on.db, { nowMs: NOW_MS, bytes, note: '', tillId })
    const { status, body } = await on.ask(enrolment({ code, tillId, key, tillCode }))
    return [status, body.code]
  }
  const taken = [409, 'TILL_CODE_TAKEN']
  const key = newTillKey()
  expect(await asked(TILL, 'W1', key)).toEqual([200, undefined])
  expect(await asked(OTHER_TILL)).toEqual(taken)
  // Its numbers bear its code: it has no other.
  expect(await asked(TILL, 'W2', key)).toEqual(taken)
  await takeRange(on.db, written().pen.take(), { nowMs: NOW_MS })
  await revoke(on.db, TILL, { nowMs: NOW_MS })
  expect(await asked(OTHER_TILL)).toEqual(taken)
  expect(await asked(TILL, 'W2')).toEqual(taken)
  // A code under which no receipt was ever given is free again.
  expect(await asked(OTHER_TILL, 'W3')).toEqual([200, undefined])
  await revoke(on.db, OTHER_TILL, { nowMs: NOW_MS })
  expect(await asked(id('aaaa', 3), 'W3')).toEqual([200, undefined])
  // And not for the one that had it, once another has.
  expect(await asked(OTHER_TILL, 'W3')).toEqual(taken)
})

itOnPostgres(
  'a till is enrolled by whoever has its key, just now, and by nobody who overheard its code',
  async () => {
    const on = await central()
    const code = await makeCode(on.db, { nowMs: NOW_MS, bytes: BYTES, note: '' })
    const [key, other] = [newTillKey(), newTillKey()]
    const body = {
      protocol: PROTOCOL,
      code,
      tillId: TILL,
      tillCode: 'W1',
      address: ORIGIN,
      publicKey: key.publicKey,
    }
    const plain = new Request(`${ORIGIN}/v1/enrol`, { method: 'POST', body: JSON.stringify(body) })
    const refused: [request: Request, code: string][] = [
      [plain, 'SIGNATURE_MISSING'],
      [enrolRequest(body, other), 'SIGNATURE_WRONG'],
      [enrolRequest(body, key, { tag: PUBLIC_KEY }), 'SIGNATURE_WRONG'],
      [enrolRequest(body, key, { tillId: OTHER_TILL }), 'SIGNATURE_WRONG'],
      [enrolRequest(body, key, { createdS: NOW_MS / 1_000 - 601 }), 'SIGNATURE_EXPIRED'],
    ]
    for (const [request, why] of refused) expect((await on.ask(request)).body.code).toBe(why)
    expect((await on.ask(enrolRequest(body, key))).status).toBe(200)
    // The code is spent, and the answer may be asked for again: what was known is nobody else's to say.
    const knownThrough = { epoch: 1, seq: 5 }
    expect((await on.ask(enrolRequest({ ...body, knownThrough }, other))).body.code).toBe('SIGNATURE_WRONG')
    const till = on.db.kysely.selectFrom('enrolled_till').select(['known_epoch', 'known_seq'])
    expect(await till.execute()).toEqual([{ known_epoch: 0, known_seq: 0 }])
  },
)

itOnPostgres('tills that enrol at once each get a number of their own', async () => {
  const on = await central()
  const tills = [1, 2, 3, 4].map(no => `019aa000-0000-7000-8000-00000000ee0${no}`)
  const requests: Request[] = []
  for (const [index, tillId] of tills.entries()) {
    const code = await makeCode(on.db, { nowMs: NOW_MS, bytes: BYTES.map(byte => byte + index), note: '' })
    requests.push(enrolment({ code, tillId, key: newTillKey() }))
  }
  const answers = await Promise.all(requests.map(request => on.ask(request)))
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
  const numbers = await on.db.kysely
    .selectFrom('enrolled_till')
    .select('till_no')
    .orderBy('till_no')
    .execute()
  expect(numbers.map(row => row.till_no)).toEqual([1, 2, 3, 4])
})

itOnPostgres(
  'central shows that the key it tells is its own, and enrols nobody who reaches it by another name',
  async () => {
    const on = await central()
    const key = newTillKey()
    const code = await makeCode(on.db, { nowMs: NOW_MS, bytes: BYTES, note: '' })
    const { publicKey } = key
    const asked = { protocol: PROTOCOL, code, tillId: TILL, tillCode: 'W1', publicKey, address: ORIGIN }
    const elsewhere = { ...asked, address: 'https://billing.xn--exmple-4nf.gov' }
    for (const address of [elsewhere.address, 'https://x', ''])
      expect((await on.ask(enrolRequest({ ...asked, address }, key))).body.code).toBe('ADDRESS_DIFFERS')
    const { proof } = (await on.ask(enrolRequest(asked, key))).body
    const isSigned = (text: string): boolean =>
      verify(null, Buffer.from(text), nativePublicKey(PUBLIC_KEY), Buffer.from(String(proof), 'base64'))
    expect(isSigned(enrolmentProof(asked))).toBe(true)
    expect(isSigned(enrolmentProof({ ...asked, code: 'AAAA-BBBB-CCCC' }))).toBe(false)
    // What stands before it asks it by a name of its own.
    expect(await changeCitySetting(on.db, 'address', 'https://billing.example.gov/')).toBe(
      "address cannot be 'https://billing.example.gov/'",
    )
    expect(await changeCitySetting(on.db, 'address', 'https://billing.example.gov')).toBeNull()
    expect((await on.ask(enrolRequest(asked, key))).body.code).toBe('ADDRESS_DIFFERS')
    const outside = { ...asked, address: 'https://billing.example.gov' }
    expect((await on.ask(enrolRequest(outside, key))).status).toBe(200)
  },
)

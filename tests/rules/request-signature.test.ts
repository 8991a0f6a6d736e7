/** The text that a till signs, byte for byte: both sides, and anybody else's program, must come to the same. */
import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto'
import { expect, it } from 'vitest'
import {
  contentDigest,
  signatureBase,
  signatureHeaders,
  signatureParams,
  TO_ENROL,
} from '../../shared/central/signature.ts'

/** The test key of RFC 9421, B.1.4. */
const KEY = createPrivateKey({
  key: {
    kty: 'OKP',
    crv: 'Ed25519',
    d: 'n4Ni-HpISpVObnQMW0wOhCKROaIKqKtW_2ZYb2p9KcU',
    x: 'JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs',
  },
  format: 'jwk',
})
const TILL = '019aa000-0000-7000-8000-000000000001'
const digestOf = (text: string): string => contentDigest(createHash('sha256').update(text).digest('base64'))

it('the digest of a body is that of RFC 9530', () => {
  expect(digestOf('{"hello": "world"}')).toBe('sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:')
})

it('what is signed is method, path, query, digest, and how it is signed', () => {
  const params = signatureParams({ tillId: TILL, createdS: 1_618_884_473, tag: TO_ENROL })
  const digest = digestOf('{"hello": "world"}')
  expect(signatureBase({ method: 'POST', path: '/v1/push', digest }, params)).toBe(
    [
      '"@method": POST',
      '"@path": /v1/push',
      '"@query": ?',
      '"content-digest": sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:',
      `"@signature-params": ("@method" "@path" "@query" "content-digest");created=1618884473;keyid="${TILL}";alg="ed25519";tag="enrol"`,
    ].join('\n'),
  )
  expect(signatureBase({ method: 'GET', path: '/v1/accounts?limit=5&cursor=1.a', digest }, params)).toContain(
    '"@path": /v1/accounts\n"@query": ?limit=5&cursor=1.a\n',
  )
})

it('the key of RFC 9421 gives one signature, and it fits nothing but this request', () => {
  const digest = digestOf('{"hello": "world"}')
  const request = {
    method: 'POST',
    path: '/v1/push',
    digest,
    tillId: TILL,
    createdS: 1_618_884_473,
    tag: 'A',
  }
  const headers = signatureHeaders(request, text => sign(null, Buffer.from(text), KEY).toString('base64'))
  expect(headers.signature).toBe(
    'sig1=:sqC187sOfEOBN0XzyCYvBd8ZZfgh4WLCH+2U53LVbN9S2eY8WTUy+DtznSL1MMIhpEgy3i6d7xuMnA4iCgHwBA==:',
  )
  const signed = Buffer.from(headers.signature.slice(6, -1), 'base64')
  const fits = (changed: Partial<typeof request>): boolean => {
    const other = { ...request, ...changed }
    const base = signatureBase(other, signatureParams(other))
    return verify(null, Buffer.from(base), createPublicKey(KEY), signed)
  }
  expect(fits({})).toBe(true)
  const others = [
    { method: 'GET' },
    { path: '/v1/push?x' },
    { digest: digestOf('{}') },
    { tillId: 'x' },
    { createdS: 1 },
    { tag: 'B' },
  ]
  for (const changed of others) expect(fits(changed)).toBe(false)
})

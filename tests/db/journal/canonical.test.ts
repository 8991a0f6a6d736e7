import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonical } from '../../../shared/ledger/canonical.ts'
import {
  commandHash,
  GENESIS_HASH,
  hashPrefixOf,
  hashText,
  type JournalLine,
  lineHash,
  verificationCode,
} from '../../../shared/ledger/chain.ts'
import { runSeed } from '../../support/run/seed.ts'

const seed = runSeed()
/** Text as a customer's name may hold it; half a character is refused and tried on its own below. */
const text = fc.string({ unit: 'binary' }).filter(value => value.isWellFormed())

const { value } = fc.letrec(tie => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constant(null),
    fc.boolean(),
    fc.maxSafeInteger(),
    text,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(text, tie('value'), { maxKeys: 5 }),
  ),
}))

describe('the canonical text of a fact (RFC 8785)', () => {
  it('puts members in the order of their UTF-16 code units, as the standard shows in section 3.2.3', () => {
    const members = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    }
    expect(canonical(members)).toBe(
      '{"\\r":"Carriage Return","1":"One","\u0080":"Control","ö":"Latin Small Letter O With Diaeresis",' +
        '"€":"Euro Sign","😀":"Emoji: Grinning Face","\ufb33":"Hebrew Letter Dalet With Dagesh"}',
    )
  })

  it('escapes what JSON must escape and nothing else, as in section 3.2.2.2', () => {
    expect(canonical('€$\u000f\nA\'B"\\\\"/')).toBe('"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"')
    expect(canonical('\b\t\n\f\r\u0000\u001f\u007f\u2028')).toBe(
      '"\\b\\t\\n\\f\\r\\u0000\\u001f\u007f\u2028"',
    )
  })

  it('writes literals, nested members and whole numbers without a space', () => {
    expect(canonical({ b: [null, true, false, -0, -7], a: { d: {}, c: [] }, e: undefined })).toBe(
      '{"a":{"c":[],"d":{}},"b":[null,true,false,0,-7]}',
    )
    expect(canonical(Number.MAX_SAFE_INTEGER)).toBe('9007199254740991')
    expect(canonical(JSON.parse('{"__proto__":1}'))).toBe('{"__proto__":1}')
  })

  it.each([
    ['a fraction', 0.1],
    ['more than can be counted', 2 ** 53],
    ['not a number', Number.NaN],
    ['an infinity', Number.POSITIVE_INFINITY],
    ['half a character', '\ud83d'],
    ['the other half', '\ude00'],
    ['half a character as a name', { '\ud83d': 1 }],
    ['nothing in an array', [undefined]],
    ['a hole in an array', new Array(2)],
    ['a big integer', 1n],
    ['a function', () => 1],
    ['a date', new Date(0)],
    ['a map', new Map([['a', 1]])],
    ['bytes', Buffer.from('a')],
  ])('refuses %s instead of writing something like it', (_, refused) => {
    expect(() => canonical({ a: refused })).toThrow(TypeError)
  })

  it('gives the same text again after a round through JSON, and is JSON', () => {
    fc.assert(
      fc.property(value, given => {
        const written = canonical(given)
        expect(canonical(JSON.parse(written))).toBe(written)
        expect(JSON.parse(written)).toEqual(JSON.parse(JSON.stringify(given)))
      }),
      { seed, numRuns: 400 },
    )
  })

  it('does not depend on the order in which members were given', () => {
    fc.assert(
      fc.property(fc.dictionary(text, value), given => {
        const reversed = Object.fromEntries(Object.entries(given).reverse())
        expect(canonical(reversed)).toBe(canonical(given))
      }),
      { seed, numRuns: 200 },
    )
  })
})

const row = fc.record({
  tillId: text,
  epoch: fc.nat(),
  seq: fc.nat(),
  commandId: text,
  commandHash: text,
  kind: text,
  version: fc.nat(),
  at: fc.maxSafeNat(),
  businessDate: text,
  actorId: text,
  body: fc.dictionary(text, value),
  prevHash: text,
  texts: text,
})

describe('the hash of a journal row', () => {
  it('is SHA-256 over the canonical text of all of its columns', () => {
    fc.assert(
      fc.property(row, given => {
        const whole = createHash('sha256').update(canonical(given), 'utf8').digest('hex')
        expect(lineHash({ ...given, body: canonical(given.body) })).toBe(whole)
      }),
      { seed, numRuns: 300 },
    )
  })

  it('is another as soon as any one column is another', () => {
    const plain: JournalLine = {
      tillId: 't',
      epoch: 1,
      seq: 2,
      commandId: 'c',
      commandHash: 'h',
      kind: 'k',
      version: 1,
      at: 3,
      businessDate: 'd',
      actorId: 'a',
      body: '{}',
      prevHash: GENESIS_HASH,
      texts: '',
    }
    const hashes = Object.entries(plain).map(([column, old]) =>
      lineHash({ ...plain, [column]: typeof old === 'number' ? old + 1 : `${old}x` }),
    )
    expect(new Set([lineHash(plain), ...hashes]).size).toBe(14)
  })
})

describe('the hash of a command', () => {
  const input = { commandId: 'c', cents: 100, approval: { personId: 'p', pin: '4719' } }

  it('leaves PINs and the approver out, so that digits cannot be guessed from it', () => {
    const others = [
      { ...input, approval: { personId: 'q', pin: '0000' } },
      { commandId: 'c', cents: 100 },
      { ...input, newPin: '1234', pin: '4719' },
    ]
    for (const other of others) expect(commandHash('a.b', other)).toBe(commandHash('a.b', input))
  })

  it('tells other content and another operation apart', () => {
    expect(commandHash('a.b', { ...input, cents: 101 })).not.toBe(commandHash('a.b', input))
    expect(commandHash('a.c', input)).not.toBe(commandHash('a.b', input))
  })
})

describe('a verification code on paper', () => {
  it('leads back to the first sixty bits of its hash, typed in either case, with or without dashes', () => {
    fc.assert(
      fc.property(text, given => {
        const hash = hashText(given)
        const code = verificationCode(hash)
        for (const typed of [code, code.toLowerCase(), code.replaceAll('-', ''), ` ${code} `])
          expect(hashPrefixOf(typed)).toBe(hash.slice(0, 15))
      }),
      { seed, numRuns: 200 },
    )
  })

  it('forgives a letter that looks like a digit, and refuses what is no code', () => {
    expect(hashPrefixOf('OIL0-1111-1111')).toBe(hashPrefixOf('0110-1111-1111'))
    for (const wrong of ['', '7F3K-92QD', 'UUUU-UUUU-UUUU', '7F3K-92QD-M1XA1', '7F3K-92QD-M1X!'])
      expect(hashPrefixOf(wrong), wrong).toBeUndefined()
  })
})

/** Where the private key lies with which this till signs: sealed by the system where it can, in a file of its owner alone elsewhere. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { isNoFile } from '../../../db/file/plain-file.ts'
import { writeWhole } from '../../../db/file/whole-file.ts'

/** Keeps one private key (PKCS#8, DER). Nobody but this till's user can read it, and nothing else is in it. */
export interface KeyStore {
  /** `system` where the operating system's own key chain seals it, `file` where only the file's rights keep it. */
  readonly kind: 'system' | 'file'
  readonly place: string
  /** Undefined where no key was made. Throws KeyUnavailable for one that is there and must not or cannot be used. */
  read(): Promise<Buffer | undefined>
  write(key: Buffer): Promise<void>
}

const KEY_PROBLEMS = {
  'loose-rights':
    'is not used, because others on this machine can read or write it. Whoever has it signs as this till: tell your administrator, and take their rights away (chmod 600).',
  'not-readable': 'cannot be read. Put it back from a copy, or enroll the till again.',
} as const
export type KeyProblem = keyof typeof KEY_PROBLEMS

/** There is a key, and it is not used; why. */
export class KeyUnavailable extends Error {
  override readonly name = 'KeyUnavailable'
  readonly problem: KeyProblem
  constructor(problem: KeyProblem, place: string, options?: ErrorOptions) {
    super(`The key at ${place} ${KEY_PROBLEMS[problem]}`, options)
    this.problem = problem
  }
}

const OTHERS = 0o077

/** Refuses a file that others may read or write. Windows keeps rights elsewhere, and its folder is the user's own. */
function readOwn(path: string): Buffer | undefined {
  if (!existsSync(path)) return undefined
  if (isNoFile(path)) throw new KeyUnavailable('not-readable', path)
  if (process.platform !== 'win32' && (statSync(path).mode & OTHERS) !== 0)
    throw new KeyUnavailable('loose-rights', path)
  return readFileSync(path)
}

/** A file in the data folder that only its owner can read. */
export function fileKeyStore(dataDir: string): KeyStore {
  const place = join(dataDir, 'signing.key')
  return {
    kind: 'file',
    place,
    read: async () => readOwn(place),
    write: async key => writeWhole(place, key, { isFlushed: true }),
  }
}

/** What the operating system's key chain does for a program: texts that only this user, here, can open again. */
export interface Sealer {
  seal(text: string): Promise<Buffer>
  open(sealed: Buffer): Promise<string>
}

/** A file in the data folder that is sealed besides: a copy of it opens nowhere else. */
export function sealedKeyStore(dataDir: string, sealer: Sealer): KeyStore {
  const place = join(dataDir, 'signing.key.sealed')
  return {
    kind: 'system',
    place,
    async read() {
      const sealed = readOwn(place)
      if (!sealed) return undefined
      try {
        return Buffer.from(await sealer.open(sealed), 'base64')
      } catch (error) {
        throw new KeyUnavailable('not-readable', place, { cause: error })
      }
    },
    write: async key => writeWhole(place, await sealer.seal(key.toString('base64')), { isFlushed: true }),
  }
}

/** A till's key pair as it signs. */
export interface Signer {
  /** Ed25519, raw, base64. */
  publicKey: string
  sign(text: string): Buffer
}

function signerOf(key: KeyObject): Signer {
  const { x } = createPublicKey(key).export({ format: 'jwk' })
  if (x === undefined) throw new Error('The key is not an Ed25519 key')
  return {
    publicKey: Buffer.from(x, 'base64url').toString('base64'),
    sign: text => sign(null, Buffer.from(text), key),
  }
}

/** The signer of the kept key; undefined where there is none. Throws KeyUnavailable. */
export async function keptSigner(store: KeyStore): Promise<Signer | undefined> {
  const kept = await store.read()
  if (!kept) return undefined
  try {
    return signerOf(createPrivateKey({ key: kept, format: 'der', type: 'pkcs8' }))
  } catch (error) {
    throw new KeyUnavailable('not-readable', store.place, { cause: error })
  }
}

/** The signer of the kept key, or of a new one that is kept before it is used. Throws KeyUnavailable. */
export async function ownSigner(store: KeyStore): Promise<Signer> {
  const kept = await keptSigner(store)
  if (kept) return kept
  const { privateKey } = generateKeyPairSync('ed25519')
  await store.write(privateKey.export({ format: 'der', type: 'pkcs8' }))
  return signerOf(privateKey)
}

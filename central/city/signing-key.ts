/** Central's own key pair: tills are told its public half at enrolment, and hold what central signs against it. */
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomUUID,
  sign,
} from 'node:crypto'
import {
  existsSync,
  linkSync,
  lstatSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'
import type { CentralDb } from '../../db/central/connection.ts'
import { makeFolder } from '../../db/file/make-folder.ts'
import { isNoFile } from '../../db/file/plain-file.ts'
import { citySettingOf, setCitySetting } from './city.ts'

const OTHERS = 0o077

export interface CentralKey {
  /** Ed25519, raw, base64. */
  publicKey: string
  /** Gives the signature of a text, base64. */
  sign(text: string): string
}

/** The key in a file, which is made where there is none. Refuses (Error) a file that others may read. */
function keyIn(path: string): CentralKey {
  if (lstatSync(path, { throwIfNoEntry: false }) === undefined) makeKey(path)
  // A pipe would be waited for, and a link may lead nowhere.
  if (!existsSync(path) || isNoFile(path))
    throw new Error(
      `${path} is no file with a key in it. Take it away, or name another place with --signing-key.`,
    )
  if (process.platform !== 'win32' && (statSync(path).mode & OTHERS) !== 0)
    throw new Error(
      `Others than its owner may read ${path}; it is not used. Take their rights away: chmod 600 ${path}`,
    )
  const key = createPrivateKey(readFileSync(path))
  return {
    publicKey: rawKey(createPublicKey(key)),
    sign: text => sign(null, Buffer.from(text), key).toString('base64'),
  }
}

/** The same for a running central. Refuses (Error) to make another key where tills know central by the one that is gone, and to begin with another. */
export async function keptKeyOf(db: CentralDb, path: string): Promise<CentralKey> {
  if (!existsSync(path) && (await hasTills(db)))
    throw new Error(
      `${path} is missing, and tills know central by the key in it. Bring it back, or name where it is with --signing-key.`,
    )
  const key = keyIn(path)
  const { publicKey } = key
  const known = await citySettingOf(db, 'signingKey')
  if (known !== undefined && known !== publicKey && (await hasTills(db)))
    throw new Error(
      `${path} has another key than the one by which tills know central. Bring that one back, or name where it is with --signing-key.`,
    )
  if (known !== publicKey) await setCitySetting(db, 'signingKey', publicKey)
  return key
}

const hasTills = async (db: CentralDb): Promise<boolean> =>
  (await db.kysely.selectFrom('enrolled_till').select('till_id').limit(1).executeTakeFirst()) !== undefined

/**
 * Written aside first: a key that was cut short would be no key at all. Where another central made one at the same moment,
 * that one stays, and both have it.
 */
function makeKey(path: string): void {
  makeFolder(dirname(path))
  const { privateKey } = generateKeyPairSync('ed25519')
  const draft = `${path}.${randomUUID()}.new`
  const content = privateKey.export({ format: 'pem', type: 'pkcs8' })
  writeFileSync(draft, content, { mode: 0o600, flush: true, flag: 'wx' })
  try {
    linkSync(draft, path)
  } catch (error) {
    // A disk that knows no second names moves it; there two that begin at one moment are not told apart.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') renameSync(draft, path)
  } finally {
    rmSync(draft, { force: true })
  }
}

function rawKey(key: KeyObject): string {
  const { x } = key.export({ format: 'jwk' })
  if (x === undefined) throw new Error('The key is not an Ed25519 key')
  return Buffer.from(x, 'base64url').toString('base64')
}

/** Central's own key pair: tills are told its public half at enrolment, and hold what central signs against it. */
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomUUID,
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
import { setCitySetting } from './city.ts'

const OTHERS = 0o077

/** The public key (Ed25519, raw, base64) of the key in a file, which is made where there is none. Refuses (Error) a file that others may read. */
function publicKeyOf(path: string): string {
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
  return rawKey(createPublicKey(createPrivateKey(readFileSync(path))))
}

/** The same for a running central. Refuses (Error) to make another key where tills know central by the one that is gone, and to begin with another. */
export async function keptKeyOf(db: CentralDb, path: string): Promise<string> {
  if (!existsSync(path) && (await hasTills(db)))
    throw new Error(
      `${path} is missing, and tills know central by the key in it. Bring it back, or name where it is with --signing-key.`,
    )
  const publicKey = publicKeyOf(path)
  const known = await db.kysely
    .selectFrom('city_setting')
    .select('value')
    .where('name', '=', 'signingKey')
    .executeTakeFirst()
  if (known && known.value !== publicKey && (await hasTills(db)))
    throw new Error(
      `${path} has another key than the one by which tills know central. Bring that one back, or name where it is with --signing-key.`,
    )
  if (known?.value !== publicKey) await setCitySetting(db, 'signingKey', publicKey)
  return publicKey
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

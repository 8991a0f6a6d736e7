/** A till, its accounts and the real central, each step taken by hand: for tests of what a cashier sees meanwhile. */

import { generateKeyPairSync, sign } from 'node:crypto'
import { type CentralApp, makeApp } from '../../../central/http/app.ts'
import type { ImportMark } from '../../../db/accounts/mark.ts'
import { ensureAccountsFile, openAccountsReader } from '../../../db/accounts/open.ts'
import type { AccountsReader } from '../../../db/accounts/reader.ts'
import type { CentralDb } from '../../../db/central/connection.ts'
import { openMemory } from '../../../db/central/open.ts'
import { accountView } from '../../../db/queries/account.ts'
import type { SyncStore } from '../../../db/sync/store.ts'
import { silentLog } from '../../../electron/backend/runtime/log.ts'
import type { Signer } from '../../../electron/backend/runtime/signing-key.ts'
import { AccountsFeed, type AccountsMirror } from '../../../electron/backend/sync/accounts/accounts-feed.ts'
import { AccountsPages } from '../../../electron/backend/sync/accounts/accounts-page.ts'
import { CentralClient } from '../../../electron/backend/sync/client.ts'
import { Push } from '../../../electron/backend/sync/push.ts'
import { machineScheduler } from '../../../electron/backend/sync/scheduler.ts'
import { newId } from '../../../shared/id.ts'
import type { Cents } from '../../../shared/money.ts'
import type { BusinessDate } from '../../../shared/time.ts'
import {
  emptyLedger,
  emptyNotes,
  MemoryNotes,
  type OpenLedger,
  openLedger,
  SimCounter,
} from '../../faults/sync/ledger.ts'
import { emptyDataDir } from '../../support/accounts-file.ts'
import { CENTRAL } from '../../support/central/accounts-page.ts'
import { accountId, TILL } from '../../support/central/central-shop.ts'
import { addTill, CENTRAL_OWN, PUBLIC_KEY } from '../../support/central/till-journal.ts'
import { START_MS } from '../../support/clock.ts'

const TODAY = '2026-11-20' as BusinessDate

type Memory = CentralDb & { connection: { serialize(): Buffer } }

function ownSigner(): Signer {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const x = publicKey.export({ format: 'jwk' }).x ?? ''
  return {
    publicKey: Buffer.from(x, 'base64url').toString('base64'),
    sign: text => sign(null, Buffer.from(text), privateKey),
  }
}

export class AccountsLine {
  readonly dataDir = emptyDataDir()
  readonly counter: SimCounter
  readonly open: OpenLedger
  readonly marks: ImportMark[] = []
  /** What goes wrong right behind the statement of a mark. */
  fault: string | undefined
  #accounts: AccountsReader
  #db: Memory
  #app: CentralApp
  #feed: AccountsFeed
  readonly #push: Push
  readonly #store: SyncStore = new MemoryNotes(emptyNotes())
  readonly #client: CentralClient
  readonly #scheduler = machineScheduler(() => START_MS)
  readonly #pageAccounts: number

  private constructor(db: Memory, signer: Signer, pageAccounts: number) {
    this.#db = db
    this.#app = this.#appOver(db)
    this.#pageAccounts = pageAccounts
    this.open = openLedger(emptyLedger(), TILL)
    const known = {
      receipts: new Map(),
      numbers: 0,
      sessions: 0,
      lost: new Map(),
      lostVoids: new Set<string>(),
    }
    this.counter = new SimCounter(
      this.open,
      known,
      () => START_MS,
      () => false,
    )
    this.counter.setUp()
    ensureAccountsFile(this.dataDir)
    this.#accounts = openAccountsReader(this.dataDir)
    const fetch = (url: string, init: RequestInit) => this.#app.fetch(new Request(url, init))
    this.#client = new CentralClient(
      { address: CENTRAL, fetch, scheduler: this.#scheduler },
      { signer, tillId: TILL, tag: PUBLIC_KEY },
    )
    this.#push = new Push({ ledger: this.open.ledger, store: this.#store, scheduler: this.#scheduler })
    this.#feed = this.#newFeed()
  }

  /** A till that central knows, and that has read none of its accounts. */
  static async begin(pageAccounts = 2): Promise<AccountsLine> {
    const db = await openMemory()
    const signer = ownSigner()
    await addTill(db, TILL, 1)
    await db.kysely
      .updateTable('enrolled_till')
      .set({ public_key: signer.publicKey })
      .where('till_id', '=', TILL)
      .execute()
    return new AccountsLine(db, signer, pageAccounts)
  }

  get db(): CentralDb {
    return this.#db
  }
  get accounts(): AccountsReader {
    return this.#accounts
  }

  /** What the Window shows of an account as owed; undefined for one that has not come yet. */
  shown(no: number): Cents | undefined {
    const sources = { ledger: this.open.ledger.reader, accounts: this.#accounts }
    return accountView(sources, accountId(no), TODAY)?.balanceCents
  }

  /** Takes one page, or lets the index take some in; true where more is to come. */
  pull(): Promise<boolean> {
    this.#feed.wake()
    return this.#feed.turn(this.#client)
  }

  async pullAll(): Promise<void> {
    while (await this.pull());
  }

  /** Sends one range. */
  async push(): Promise<void> {
    if (this.#push.inDoubt) await this.#push.ask(this.#client)
    await this.#push.send(this.#client)
  }

  async pushAll(): Promise<void> {
    this.#push.doubt()
    await this.push()
    while (this.#push.left() > 0) await this.push()
  }

  /** The program ends by force, and begins again with the file as it is. */
  restart(): void {
    this.#accounts.close()
    this.#accounts = openAccountsReader(this.dataDir)
    this.#push.doubt()
    this.#feed = this.#newFeed()
  }

  copyOfCentral(): Buffer {
    return this.#db.connection.serialize()
  }

  async restoreCentral(copy: Buffer): Promise<void> {
    await this.#db.close()
    this.#db = await openMemory(copy)
    this.#app = this.#appOver(this.#db)
    this.#push.doubt()
  }

  async close(): Promise<void> {
    this.#accounts.close()
    this.open.connection.close()
    await this.#db.close()
  }

  #appOver(db: CentralDb): CentralApp {
    return makeApp({ db, key: CENTRAL_OWN, clock: () => START_MS, log: silentLog() })
  }

  #newFeed(): AccountsFeed {
    const ignore = () => undefined
    const parts = { scheduler: this.#scheduler, log: silentLog(), onChange: ignore, onUnread: ignore }
    return new AccountsFeed({ mirror: this.#mirror(), pageAccounts: this.#pageAccounts, ...parts })
  }

  #mirror(): AccountsMirror {
    const pages = new AccountsPages()
    const step = { dataDir: this.dataDir, atMs: START_MS }
    const state = (mark: ImportMark): void => {
      this.marks.push(mark)
      if (this.fault !== undefined) throw new Error(this.fault)
    }
    return {
      unread: () => this.#accounts.unreadNumbers(),
      state: () => this.#accounts.pullState(),
      read: async bytes => pages.read(bytes),
      take: async page => pages.take({ ...step, ...page, newId: newId() }, state),
      index: async () => pages.index({ ...step, newId: newId() }, state),
      rest: () => undefined,
    }
  }
}

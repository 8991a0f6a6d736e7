/** What the city keeps at central for all of its tills, taken over here: asked by its version, stated as facts. */

import type { Ledger } from '../../../../db/ledger/ledger.ts'
import { nativeHashText } from '../../../../db/ledger/native-hash.ts'
import { settingsOf } from '../../../../db/queries/setup.ts'
import type { SyncStore } from '../../../../db/sync/store.ts'
import {
  type CityNoun,
  cityDigest,
  type LeftOut,
  leftOutDetail,
  mentions,
} from '../../../../shared/central/city.ts'
import type { CityNews } from '../../../../shared/central/protocol.ts'
import { commandHash } from '../../../../shared/ledger/chain.ts'
import type { Fact } from '../../../../shared/ledger/facts.ts'
import type { AlarmKind } from '../../../../shared/rules/sync/alarms.ts'
import { businessDateOf } from '../../../../shared/time.ts'
import { CENTRAL_ACTOR } from '../../request/actors.ts'
import type { SignIns } from '../../request/sign-ins.ts'
import type { Log } from '../../runtime/log.ts'
import type { CentralClient } from '../client.ts'
import type { PullFeed } from '../pull.ts'
import { appendPieces, type CityPiece, piecesOf } from './city-pieces.ts'

const ALARM = 'city-not-taken'
/** Where central does not take this till's journal either, it keeps nothing for it. */
const UNHEARD: readonly AlarmKind[] = ['revoked', 'not-enrolled']

export type KeptAtCentral = (noun: CityNoun, id: string) => boolean

/** Whether central has published something, so that it is changed there and not at this till. */
export function keptAtCentral(store: SyncStore): KeptAtCentral {
  return (noun, id) => {
    const kept = store.city()
    return (
      kept !== undefined &&
      mentions(kept.city, noun, id) &&
      !store.alarms().some(({ kind }) => UNHEARD.includes(kind))
    )
  }
}

export interface CityDeps {
  ledger: Ledger
  store: SyncStore
  signIns: Pick<SignIns, 'removePerson'>
  log: Log
  /** UTC milliseconds. */
  clock: () => number
  /** The note on the Sync screen has changed. */
  onNote: () => void
}

/** Undoes a transaction in which there turned out to be nothing to state. */
class NothingTaken extends Error {
  override readonly name = 'NothingTaken'
}

/**
 * Takes a version over in one command: what differs from the ledger and may be taken now becomes facts, the rest
 * stands in a note and is tried again each time. The version is noted after the ledger has its facts, so that an end
 * in between lets it come again, and then nothing differs any more.
 */
export class CityFeed implements PullFeed {
  readonly #deps: CityDeps

  /** Whether this program has been through the version that it keeps. */
  #isTaken = false

  constructor(deps: CityDeps) {
    this.#deps = deps
  }

  async turn(client: CentralClient): Promise<boolean> {
    const { store } = this.#deps
    const known = store.city()
    const news = await client.city(known && { version: known.city.version, digest: known.digest })
    if (news) this.#take(news.city, body => store.keepCity(news.body, body))
    // A version that an earlier program took may say more than that one knew.
    else if (known && !(known.isWhole && this.#isTaken))
      this.#take(known.city, ({ isWhole }) => {
        if (isWhole) store.markCityWhole()
      })
    return false
  }

  #take(city: CityNews, keep: (of: { isWhole: boolean }) => void): void {
    const { ledger, signIns, log } = this.#deps
    // A till that is not set up yet has nothing to hold it against.
    if (!settingsOf(ledger.reader)) return
    const { facts, left } = this.#record(city)
    for (const fact of facts)
      if (fact.kind === 'person.saved' && !fact.body.active) signIns.removePerson(fact.body.personId)
    keep({ isWhole: left.length === 0 })
    this.#isTaken = true
    this.#note(left)
    if (facts.length > 0)
      log.info({ version: city.version, facts: facts.length, left: left.length }, 'taken over from central')
  }

  #record(city: CityNews): { facts: readonly Fact[]; left: readonly LeftOut[] } {
    const { ledger } = this.#deps
    const pieces = piecesOf(city).filter(piece => piece.differs(ledger.reader))
    if (pieces.length === 0) return { facts: [], left: [] }
    return this.#write(city, pieces)
  }

  #write(city: CityNews, pieces: readonly CityPiece[]): { facts: readonly Fact[]; left: readonly LeftOut[] } {
    const { ledger, clock } = this.#deps
    const { version } = city
    const { epoch, seq } = ledger.head
    const at = clock()
    const timeZone = settingsOf(ledger.reader)?.timeZone ?? 'UTC'
    let left: readonly LeftOut[] = []
    try {
      const facts = ledger.write(
        {
          // What could not be taken comes later, under the same version and another place.
          commandId: `city-${version}-${epoch}.${seq + 1}`,
          commandHash: commandHash('central.city', { digest: digestOf(city) }, nativeHashText),
          actorId: CENTRAL_ACTOR,
          at,
          businessDate: businessDateOf(at, timeZone),
        },
        tx => {
          left = appendPieces(tx, pieces)
          if (tx.facts.length === 0) throw new NothingTaken()
        },
      )
      return { facts, left }
    } catch (error) {
      if (error instanceof NothingTaken) return { facts: [], left }
      throw error
    }
  }

  #note(left: readonly LeftOut[]): void {
    const { store, clock, log, onNote } = this.#deps
    const standing = store.alarms().find(({ kind }) => kind === ALARM)
    const detail = leftOutDetail(left)
    if (left.length === 0 ? standing === undefined : standing?.detail === detail) return
    if (standing) store.clear([ALARM], clock())
    if (left.length > 0) {
      store.raise({ kind: ALARM, epoch: 0, seq: 0, detail }, clock())
      log.warn({ left }, 'not all of the city could be taken over')
    }
    onNote()
  }
}

const digestOf = (city: CityNews): string => cityDigest(city, nativeHashText)

/** A version of the city in the pieces that a till takes over one by one, each under the checks of its own screen. */

import { ORPCError } from '@orpc/contract'
import type { Reader } from '../../../../db/ledger/reader.ts'
import type { Writer } from '../../../../db/ledger/writer.ts'
import { personById } from '../../../../db/queries/person.ts'
import {
  allTenderTypes,
  bankAccountById,
  catalogItemById,
  settingsNow,
} from '../../../../db/queries/setup.ts'
import {
  type CityNoun,
  LEFT_OUT_CODES,
  type LeftOut,
  type LeftOutCode,
} from '../../../../shared/central/city.ts'
import type { CityNews } from '../../../../shared/central/protocol.ts'
import { canonical } from '../../../../shared/ledger/canonical.ts'
import { type Policies, policiesOf, type Settings, settingValues } from '../../../../shared/settings/index.ts'
import { personToSave } from '../../request/person-checks.ts'
import {
  bankAccountToSave,
  catalogItemToSave,
  settingsToSave,
  tenderToSave,
} from '../../request/setup-checks.ts'

export interface CityPiece {
  noun: CityNoun
  /** As people call it; empty for the policy. */
  name: string
  differs(reader: Reader): boolean
  /** States it where it still differs, or throws the refusal that a screen would give. */
  append(tx: Writer): void
}

/** How one kind of thing is found here, checked, and stated. */
interface Kind<T extends object> {
  noun: CityNoun
  nameOf(given: T): string
  here(reader: Reader, given: T): T | undefined
  checked(reader: Reader, given: T): T
  state(tx: Writer, checked: T): void
}

type One<K extends 'catalog' | 'tenders' | 'bankAccounts' | 'people'> = CityNews[K][number]

const catalogKind: Kind<One<'catalog'>> = {
  noun: 'catalog',
  nameOf: item => item.code,
  here: (reader, { catalogItemId }) => catalogItemById(reader, catalogItemId),
  checked: catalogItemToSave,
  state: (tx, item) => tx.append('catalog.saved', item),
}

const tenderKind: Kind<One<'tenders'>> = {
  noun: 'tenders',
  nameOf: type => type.name,
  here: (reader, { tender }) => allTenderTypes(reader).find(type => type.tender === tender),
  checked: tenderToSave,
  state: (tx, type) => tx.append('tender.saved', type),
}

const bankKind: Kind<One<'bankAccounts'>> = {
  noun: 'bankAccounts',
  nameOf: bank => bank.name,
  here: (reader, { bankAccountId }) => bankAccountById(reader, bankAccountId),
  checked: (reader, bank) => bankAccountToSave(reader, bank, settingsNow(reader)),
  state: (tx, bank) => tx.append('bank-account.saved', bank),
}

/** Of settings those that a version mentions. */
const mentioned = (policies: Partial<Policies>, settings: Settings): Partial<Policies> =>
  Object.fromEntries(Object.entries(policiesOf(settings)).filter(([name]) => name in policies))

const policyKind: Kind<Partial<Policies>> = {
  noun: 'policies',
  nameOf: () => '',
  here: (reader, policies) => mentioned(policies, settingsNow(reader)),
  checked: (reader, policies) =>
    mentioned(policies, settingsToSave(reader, { ...settingsNow(reader), ...policies })),
  state: (tx, policies) => {
    const before = settingsNow(tx)
    tx.append('settings.saved', { values: settingValues({ ...before, ...policies }, before) })
  },
}

const personKind: Kind<One<'people'>> = {
  noun: 'people',
  nameOf: person => person.name,
  here: (reader, { personId }) => {
    const known = personById(reader, personId)
    return known && { personId, name: known.name, role: known.role, active: known.active }
  },
  checked: personToSave,
  state: (tx, person) => tx.append('person.saved', { ...person, approvedBy: null }),
}

const isSame = (one: object, other: object | undefined): boolean =>
  other !== undefined && canonical(one) === canonical(other)

function pieceOf<T extends object>(kind: Kind<T>, given: T): CityPiece {
  return {
    noun: kind.noun,
    name: kind.nameOf(given),
    differs: reader => !isSame(given, kind.here(reader, given)),
    append(tx) {
      const checked = kind.checked(tx, given)
      if (!isSame(checked, kind.here(tx, given))) kind.state(tx, checked)
    },
  }
}

/** Everything that a version mentions. */
export function piecesOf(city: CityNews): CityPiece[] {
  return [
    ...city.bankAccounts.map(bank => pieceOf(bankKind, bank)),
    ...(city.policies === null ? [] : [pieceOf(policyKind, city.policies)]),
    ...city.tenders.map(type => pieceOf(tenderKind, type)),
    ...city.catalog.map(item => pieceOf(catalogKind, item)),
    ...city.people.map(person => pieceOf(personKind, person)),
  ]
}

/**
 * States what may be stated, and gives the rest with its reasons. Tried in rounds, because one piece may make room
 * for another: a bank account is let go once the policy does not name it any more. Each round goes the other way, since where codes
 * move on by one the last makes room for the one before it.
 */
export function appendPieces(tx: Writer, pieces: readonly CityPiece[]): LeftOut[] {
  let waiting = pieces
  for (;;) {
    const refused = waiting.flatMap(piece => {
      const code = refusalOf(tx, piece)
      return code === undefined ? [] : [{ piece, code }]
    })
    if (refused.length === 0 || refused.length === waiting.length) return inOrder(pieces, refused)
    waiting = refused.map(({ piece }) => piece).toReversed()
  }
}

function inOrder(
  pieces: readonly CityPiece[],
  refused: readonly { piece: CityPiece; code: LeftOutCode }[],
): LeftOut[] {
  const codes = new Map(refused.map(({ piece, code }) => [piece, code]))
  return pieces.flatMap(piece => {
    const code = codes.get(piece)
    return code === undefined ? [] : [{ noun: piece.noun, name: piece.name, code }]
  })
}

function refusalOf(tx: Writer, piece: CityPiece): LeftOutCode | undefined {
  try {
    piece.append(tx)
    return undefined
  } catch (error) {
    const code = error instanceof ORPCError && LEFT_OUT_CODES.find(known => known === error.code)
    if (!code) throw error
    return code
  }
}

/**
 * A number has one account, and an item too. Of a row that would give either a second one nothing is taken: nobody at a window
 * could tell whose it is.
 */

import { accountIdOf } from '../../db/accounts/named-id.ts'
import { textList } from '../../db/central/bulk.ts'
import type { CentralTx } from '../../db/central/connection.ts'
import { GIVEN_UP } from '../../db/central/schema.ts'
import { accountNumberKey } from '../../shared/account.ts'
import type { Named } from './named-ids.ts'
import type { AccountRows } from './rows.ts'

export interface LeftOut {
  accountId: string
  why: string
  /** A row of the file that comes later may still change it. */
  mayWait: boolean
}

export interface Settled {
  fit: AccountRows[]
  left: LeftOut[]
  /** Accounts that are not given, and whose number is another's from now on. */
  retired: Retired[]
  /** Accounts that do not bear their number from now on, with that number. */
  losing: Named[]
}

export interface Retired {
  accountId: string
  /** Who goes on as the same customer; null where it is somebody else. */
  heirId: string | null
}

interface Bearer extends Named {
  number_key: string
  status: 'open' | 'closed'
}

export interface FileSoFar {
  /** Accounts of which the file has said everything by now. */
  done: ReadonlySet<string>
  /** No row comes later. */
  isLast: boolean
  /** It is known of whom each row speaks: else nobody who is not named makes room. */
  isRead: boolean
}

/** What of the given accounts may be written: whose row is left out keeps its number, and nobody else gets that. */
export async function settleNumbers(
  tx: CentralTx,
  given: readonly AccountRows[],
  file: FileSoFar,
): Promise<Settled> {
  const rows = await numbersOf(tx, given)
  const known = {
    owners: await ownersOf(tx, given, file.done),
    rows,
    before: await givenBefore(tx, [...given.map(({ account }) => account), ...rows]),
  }
  for (const stay = sureToWait(given, known, file); ; ) {
    const copies = given.map(({ account, items }) => ({ account: { ...account }, items }))
    const settled = settleOnce(copies, known, { ...file, stay })
    const others = settled.left.filter(({ accountId }) => !stay.has(accountId))
    if (others.length === 0) return settled
    for (const { accountId } of others) stay.add(accountId)
  }
}

/**
 * Rows that certainly wait for others, since open accounts that the file has not named yet have their numbers, and with them those
 * that wait for their own: found at once, and not one by one where many follow each other.
 */
function sureToWait(
  given: readonly AccountRows[],
  { rows }: Known,
  { done, isLast }: FileSoFar,
): Set<string> {
  const stay = new Set<string>()
  if (isLast) return stay
  const open = given.flatMap(({ account }) => (account.status === 'open' ? [account] : []))
  const wanting = Map.groupBy(open, account => account.number_key)
  const isGiven = new Set(given.map(({ account }) => account.account_id))
  const bearing = new Map(rows.map(row => [row.account_id, row]))
  const keep = rows.filter(row => !isGiven.has(row.account_id) && !done.has(row.account_id))
  for (let row = keep.pop(); row; row = keep.pop()) {
    if (row.status === 'closed' || isNamedAfterNumber(row)) continue
    for (const { account_id: accountId } of wanting.get(row.number_key) ?? []) {
      if (accountId === row.account_id || stay.has(accountId)) continue
      stay.add(accountId)
      const own = bearing.get(accountId)
      if (own) keep.push(own)
    }
  }
  return stay
}

/** One of those has no row of its own to come. */
const isNamedAfterNumber = ({ account_id: id, number }: Named): boolean => id === accountIdOf(number)

interface Known {
  owners: ReadonlyMap<string, string>
  rows: readonly Bearer[]
  before: ReadonlyMap<string, Before>
}

function settleOnce(
  given: readonly AccountRows[],
  { before, ...known }: Known,
  { stay, ...file }: FileSoFar & { stay: ReadonlySet<string> },
): Settled {
  const owners = new Map(known.owners)
  const bearers = bearersOf(given, known.rows, stay)
  const settled: Settled = { fit: [], left: [], retired: [], losing: [] }
  const fit = new Map<string, AccountRows>()
  // Whoever is a customer today bears the number, wherever the row stands.
  const openFirst = [...given].sort((a, b) => rankOf(a) - rankOf(b))
  for (const one of openFirst) {
    const { account_id: accountId } = one.account
    const left = itemClash(one, owners) ?? numberClash(one, { bearers, before, settled, fit, ...file })
    if (left) {
      settled.left.push({ accountId, ...left })
      continue
    }
    settled.fit.push(one)
    fit.set(accountId, one)
    for (const { item_id: itemId } of one.items) owners.set(itemId, accountId)
  }
  // Also of those that make room for a row that comes after theirs.
  settled.losing.push(...settled.fit.flatMap(one => lostBy(one, before)))
  return settled
}

function lostBy({ account }: AccountRows, before: ReadonlyMap<string, Before>): Named[] {
  const had = before.get(account.account_id)
  return had?.isBearer === true && accountNumberKey(had.number) !== account.number_key ? [had] : []
}

const rankOf = ({ account }: AccountRows): number => (account.status === 'open' ? 0 : 1)

type Clash = Omit<LeftOut, 'accountId'>

function itemClash({ account, items }: AccountRows, owners: ReadonlyMap<string, string>): Clash | undefined {
  const twice = items.find(({ item_id: itemId }) => {
    const owner = owners.get(itemId)
    return owner !== undefined && owner !== account.account_id
  })
  return twice && { why: `Item ${twice.item_id} belongs to another account of this file`, mayWait: false }
}

interface Numbers extends FileSoFar {
  bearers: Map<string, Bearer>
  /** The given accounts, and those that have their numbers, as central has had them before. */
  before: ReadonlyMap<string, Before>
  settled: Settled
  fit: ReadonlyMap<string, AccountRows>
}

/** Who bears the number from now on: of two that are open, the one that had it. */
function numberClash({ account }: AccountRows, numbers: Numbers): Clash | undefined {
  const { bearers, before, settled, fit, done, isLast, isRead } = numbers
  const had = before.get(account.account_id)
  const bearer = bearers.get(account.number_key)
  const isOthers = bearer !== undefined && bearer.account_id !== account.account_id
  // A record of long ago says every night what it said when it made way, whoever that was for.
  if (account.status === 'closed' && had?.isBearer === false && (had.heirId !== null || isOthers)) {
    Object.assign(account, { number_key: GIVEN_UP, heir_id: had.heirId })
    return undefined
  }
  if (!bearer || bearer.account_id === account.account_id) {
    bearers.set(account.number_key, account)
    return undefined
  }
  const isSame = isSameCustomer(bearer, account, before)
  const why = `Account number ${account.number} belongs to another account`
  // An open account of this number may still come, and is the customer of today.
  if (account.status === 'closed' && bearer.status === 'open' && isSame && !isLast)
    return { why, mayWait: true }
  const isNamed = fit.has(bearer.account_id) || done.has(bearer.account_id)
  const isNever = isNamedAfterNumber(bearer)
  const isOver = (isLast && isRead) || isNever
  // It may be named further down, and be a customer by then.
  if (bearer.status === 'closed' && !isNamed && !isLast && !isNever) return { why, mayWait: true }
  if (bearer.status === 'closed' || (isSame && isOver && !isNamed)) {
    const other = fit.get(bearer.account_id)
    const heirId = isSame ? account.account_id : null
    if (other) Object.assign(other.account, { number_key: GIVEN_UP, heir_id: heirId })
    else {
      settled.retired.push({ accountId: bearer.account_id, heirId })
      settled.losing.push(bearer)
    }
    bearers.set(account.number_key, account)
    return undefined
  }
  if (account.status === 'closed') {
    const isHeir = isSameCustomer(account, bearer, before)
    Object.assign(account, { number_key: GIVEN_UP, heir_id: isHeir ? bearer.account_id : null })
    return undefined
  }
  return { why, mayWait: !isNamed }
}

interface Before extends Named {
  heirId: string | null
  /** Whether it has a number of its own, and is no earlier id of somebody. */
  isBearer: boolean
}

/**
 * An account that was named after its number, and one of the same name, are the customer that has the number next. Of two that
 * have been here side by side each is its own, whoever owns them.
 */
function isSameCustomer(one: Named, next: Named, before: ReadonlyMap<string, Before>): boolean {
  if (before.get(one.account_id)?.heirId === next.account_id) return true
  if (one.account_id === accountIdOf(next.number)) return true
  const [name, other] = [one, next].map(customer => customer.name.trim().toLowerCase())
  const isNew = (customer: Named): boolean => before.get(customer.account_id)?.isBearer !== true
  return name !== '' && name === other && (isNew(one) || isNew(next))
}

async function givenBefore(
  tx: CentralTx,
  accounts: readonly Pick<Named, 'account_id'>[],
): Promise<Map<string, Before>> {
  const ids = [...new Set(accounts.map(({ account_id: id }) => id))]
  const rows = await tx.query
    .selectFrom('account')
    .select(['account_id', 'heir_id', 'number_key', 'number', 'name'])
    .where('account_id', 'in', textList(tx, ids))
    .execute()
  return new Map(
    rows.map(({ heir_id: heirId, number_key: key, ...row }) => [
      row.account_id,
      { ...row, heirId, isBearer: key !== GIVEN_UP },
    ]),
  )
}

/** Accounts that have the numbers of the given ones now. */
function numbersOf(tx: CentralTx, given: readonly AccountRows[]): Promise<Bearer[]> {
  const keys = [...new Set(given.map(({ account }) => account.number_key))]
  return tx.query
    .selectFrom('account')
    .select(['account_id', 'number', 'name', 'number_key', 'status'])
    .where('number_key', 'in', textList(tx, keys))
    .execute()
}

/** Who has each number now, but for accounts that are given and get another; those in `stay` get none. */
function bearersOf(
  given: readonly AccountRows[],
  rows: readonly Bearer[],
  stay: ReadonlySet<string>,
): Map<string, Bearer> {
  const next = new Map(given.map(({ account }) => [account.account_id, account]))
  const remain = rows.flatMap((row): Bearer[] => {
    const given = next.get(row.account_id)
    if (!given || stay.has(row.account_id)) return [row]
    return given.number_key === row.number_key ? [{ ...row, status: given.status }] : []
  })
  // Where two bear it since long ago, whoever is not given, and was named after the number, makes room.
  const rank = (row: Bearer): number => (next.has(row.account_id) ? 0 : 2) + (isNamedAfterNumber(row) ? 1 : 0)
  return new Map(remain.sort((a, b) => rank(a) - rank(b)).map(row => [row.number_key, row]))
}

/** Whose each item is by what the file has said before: of accounts that come later, items go over. */
async function ownersOf(
  tx: CentralTx,
  given: readonly AccountRows[],
  done: ReadonlySet<string>,
): Promise<Map<string, string>> {
  const ids = given.flatMap(({ items }) => items.map(item => item.item_id))
  const isGiven = new Set(given.map(({ account }) => account.account_id))
  if (ids.length === 0) return new Map()
  const rows = await tx.query
    .selectFrom('account_item')
    .select(['item_id', 'account_id'])
    .where('item_id', 'in', textList(tx, ids))
    .execute()
  const said = rows.filter(row => done.has(row.account_id) && !isGiven.has(row.account_id))
  return new Map(said.map(row => [row.item_id, row.account_id]))
}

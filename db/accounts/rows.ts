/** Rows of the accounts file, and how they become accounts and hashes. */

import { hash } from 'node:crypto'
import type { Account, AccountItem } from '../../shared/account.ts'
import type { JournalPosition } from '../../shared/ledger/journal-position.ts'
import { type Cents, cents } from '../../shared/money.ts'
import type { BusinessDate } from '../../shared/time.ts'

export interface AccountRow {
  seq: number
  account_id: string
  number: string
  number_key: string
  name: string
  address: string
  phones: string
  status: 'open' | 'closed'
  cash_only: number
  credit_cents: number
  note: string
  as_of_ms: number
  as_of_epoch: number
  as_of_seq: number
  pull_no: number
  row_hash: string
}

export interface ItemRow {
  account_seq: number
  item_no: number
  item_id: string
  service: string
  service_order: number
  is_penalty: number
  due_date: string
  open_cents: number
  gl_account: string
}

/** Phones as stored; refuses (TypeError) text that is not a list of texts. */
export function readPhones(stored: string): string[] {
  const phones: unknown = JSON.parse(stored)
  if (!Array.isArray(phones) || !phones.every(phone => typeof phone === 'string')) {
    throw new TypeError('Phones are not a list of texts')
  }
  return phones
}

export function accountOf(row: AccountRow): Account {
  return {
    accountId: row.account_id,
    number: row.number,
    name: row.name,
    address: row.address,
    phones: readPhones(row.phones),
    status: row.status,
    cashOnly: row.cash_only === 1,
    creditCents: cents(row.credit_cents),
    note: row.note,
    asOfMs: row.as_of_ms,
  }
}

export function itemOf(row: ItemRow, accountId: string): AccountItem {
  return {
    itemId: row.item_id,
    accountId,
    service: row.service,
    serviceOrder: row.service_order,
    isPenalty: row.is_penalty === 1,
    dueDate: row.due_date as BusinessDate,
    openCents: cents(row.open_cents),
    glAccount: row.gl_account,
  }
}

/** What the till itself knows of an account's figures. */
export interface Reading {
  asOfPosition: JournalPosition
  /** The last reading of all of central's accounts that met this one; 0 for one that came by file. */
  pullNo: number
}

export function readingOf(row: Pick<AccountRow, 'as_of_epoch' | 'as_of_seq' | 'pull_no'>): Reading {
  return { asOfPosition: asOfPositionOf(row), pullNo: row.pull_no }
}

export function asOfPositionOf(row: Pick<AccountRow, 'as_of_epoch' | 'as_of_seq'>): JournalPosition {
  return { epoch: row.as_of_epoch, seq: row.as_of_seq }
}

interface HashedItem {
  itemId: string
  service: string
  serviceOrder: number
  isPenalty: boolean
  dueDate: string
  openCents: Cents
  glAccount: string
}

/**
 * SHA-256 (hex) over the RFC 8785 text of an account with its items in order, and with how far this till's journal is
 * in its figures. The members are written in their canonical order here, because sorting them for a million accounts
 * takes longer than hashing.
 */
export function accountHash(account: Account, items: readonly HashedItem[], reading: Reading): string {
  return hash('sha256', canonicalAccount(account, items, reading))
}

export function canonicalAccount(
  account: Account,
  items: readonly HashedItem[],
  { asOfPosition, pullNo }: Reading,
): string {
  return JSON.stringify({
    accountId: account.accountId,
    address: account.address,
    asOfMs: account.asOfMs,
    asOfPosition: { epoch: asOfPosition.epoch, seq: asOfPosition.seq },
    cashOnly: account.cashOnly,
    creditCents: account.creditCents,
    items: items.map(item => ({
      dueDate: item.dueDate,
      glAccount: item.glAccount,
      isPenalty: item.isPenalty,
      itemId: item.itemId,
      openCents: item.openCents,
      service: item.service,
      serviceOrder: item.serviceOrder,
    })),
    name: account.name,
    note: account.note,
    number: account.number,
    phones: account.phones,
    pullNo,
    status: account.status,
  })
}

import { hash } from 'node:crypto'
import { accountNumberKey } from '../../shared/account.ts'

/** Our own name space for ids that are made from names (UUID version 5, RFC 9562 section 5.5). */
const NAMESPACE = Buffer.from('7d0c6c1e3f5b4d53a1f29b8c0a44e6d7', 'hex')

/** The same name always has the same id; `kind` keeps names of different things apart. */
export function namedId(kind: string, name: string): string {
  const digest = hash('sha1', Buffer.concat([NAMESPACE, Buffer.from(`${kind}\u0000${name}`)]), 'buffer')
  digest[6] = ((digest[6] ?? 0) & 0x0f) | 0x50
  digest[8] = ((digest[8] ?? 0) & 0x3f) | 0x80
  const hex = digest.toString('hex', 0, 16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** The id of an account: a number written with other separators is the same account. */
export function accountIdOf(number: string): string {
  return namedId('account', accountNumberKey(number))
}

/** The id of an item: one service of an account with one due date, or with none, its penalty apart. */
export function itemIdOf(item: {
  accountId: string
  service: string
  dueDate: string | null
  isPenalty: boolean
}): string {
  const penalty = item.isPenalty ? 'penalty' : 'charge'
  return namedId('item', `${item.accountId}\u0000${item.service}\u0000${item.dueDate ?? ''}\u0000${penalty}`)
}

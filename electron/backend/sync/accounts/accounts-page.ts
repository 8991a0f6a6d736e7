/** Pages of central's accounts, from bytes to rows; done in a worker thread, since it takes a while. */
import { z } from 'zod'
import { AccountsUnavailable } from '../../../../db/accounts/errors.ts'
import type { StateMark } from '../../../../db/accounts/mark.ts'
import { openAccountsWriter } from '../../../../db/accounts/open.ts'
import {
  countOf,
  indexSome,
  type Page,
  type PageTaken,
  takePage,
  type UnreadAccount,
} from '../../../../db/accounts/pull/pull.ts'
import type { AccountsWriter } from '../../../../db/accounts/writer.ts'
import { type AccountWithItems, accountField, accountWithItemsField } from '../../../../shared/account.ts'
import { accountsPageField, MOST_ACCOUNTS } from '../../../../shared/central/protocol.ts'
import { plainLine } from '../../../../shared/rules/text/plain-line.ts'
import type { PageRead, StepOutcome } from './accounts-feed.ts'

export interface StepInput {
  dataDir: string
  /** UTC milliseconds by this till's clock. */
  atMs: number
  /** Of what is stated, where this step states anything: another one each time, whatever became of the one before. */
  newId: string
}

export interface TakeInput extends StepInput {
  address: string
  from: string
}

/** Takes pages over into one till's accounts file, each in two steps, so that the next can be asked for in between. */
export class AccountsPages {
  #read: Page | undefined

  /** Undefined for bytes that are no page of this protocol. */
  read(bytes: Uint8Array): PageRead | undefined {
    const page = pageOf(bytes)
    this.#read = page
    return page && { accounts: countOf(page), cursor: page.cursor, done: page.done }
  }

  /** Throws `AccountsUnavailable` where the file cannot be used or written, unless an import holds it just now. */
  take({ dataDir, ...order }: TakeInput, state: StateMark): StepOutcome {
    const page = this.#read
    this.#read = undefined
    if (!page) throw new Error('No page was read')
    return writing(dataDir, writer => takePage(writer, { page, ...order }, state))
  }

  index({ dataDir, ...step }: StepInput, state: StateMark): StepOutcome {
    return writing(dataDir, writer => indexSome(writer, step, state))
  }
}

function writing(dataDir: string, step: (writer: AccountsWriter) => PageTaken): StepOutcome {
  const writer = openAccountsWriter(dataDir)
  try {
    return { ok: true, ...step(writer) }
  } catch (error) {
    if (error instanceof AccountsUnavailable && error.problem === 'in-use')
      return { ok: false, why: 'in-use' }
    throw error
  } finally {
    writer.close()
  }
}

const looseField = accountsPageField.extend({ accounts: z.array(z.unknown()).max(MOST_ACCOUNTS) })
/** Characters of a number that is shown although it is none. */
const MOST_SHOWN = 40
const namedField = z.object({
  account: z.object({ accountId: accountField.shape.accountId, number: z.string() }),
})

function ownAccount(given: unknown): AccountWithItems | undefined {
  const { data } = accountWithItemsField.safeParse(given)
  return data?.items.every(item => item.accountId === data.account.accountId) ? data : undefined
}

/** Who it is about, as far as that can be read. */
function nameOf(given: unknown): UnreadAccount {
  const { accountId, number } = namedField.safeParse(given).data?.account ?? { accountId: '', number: '?' }
  return { accountId, number: [...plainLine(number)].slice(0, MOST_SHOWN).join('') || '?' }
}

function pageOf(bytes: Uint8Array): Page | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    const read = looseField.safeParse(JSON.parse(text))
    if (!read.success) return undefined
    // Central adds to accounts what nobody has room for: one of those must not keep the others from being read.
    const accounts: AccountWithItems[] = []
    const unread: UnreadAccount[] = []
    for (const given of read.data.accounts) {
      const account = ownAccount(given)
      if (account) accounts.push(account)
      else unread.push(nameOf(given))
    }
    return { ...read.data, accounts, unread }
  } catch {
    // Not JSON, or not even text: no page.
    return undefined
  }
}

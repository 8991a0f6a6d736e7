/** The billing system's accounts as a file of JSON lines: on each an account with its open items. */
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import type { CentralDb } from '../db/central/open.ts'
import { type AccountWithItems, accountField, accountItemField } from '../shared/account.ts'
import { putAccounts } from './account-changes.ts'

const lineField = z.object({ account: accountField, items: z.array(accountItemField).max(1_000) })
const AT_ONCE = 1_000

export interface FileTaken {
  accounts: number
  /** Lines that are no account, by number, with why. At most a hundred are listed. */
  bad: { line: number; why: string }[]
  badCount: number
}

const MOST_LISTED = 100

/** Takes every account of the file over; a line that cannot be read is left out and listed, and stops nothing. */
export async function takeAccountFile(
  db: CentralDb,
  file: string,
  { importId }: { importId: string },
): Promise<FileTaken> {
  const taken: FileTaken = { accounts: 0, bad: [], badCount: 0 }
  let waiting = new Map<string, AccountWithItems>()
  let line = 0
  let no = 0
  const put = async (): Promise<void> => {
    no += 1
    await putAccounts(db, [...waiting.values()], { importId, no })
    taken.accounts += waiting.size
    waiting = new Map()
  }
  for await (const text of createInterface({
    input: createReadStream(file),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    line += 1
    if (text.trim() === '') continue
    const read = readLine(text)
    if ('why' in read) {
      taken.badCount += 1
      if (taken.bad.length < MOST_LISTED) taken.bad.push({ line, why: read.why })
      continue
    }
    // The same account twice in one statement would be refused by the database: the later line counts.
    if (waiting.has(read.account.accountId)) await put()
    waiting.set(read.account.accountId, read)
    if (waiting.size >= AT_ONCE) await put()
  }
  if (waiting.size > 0) await put()
  return taken
}

function readLine(text: string): AccountWithItems | { why: string } {
  try {
    const read = lineField.safeParse(JSON.parse(text))
    if (!read.success) return { why: read.error.issues[0]?.message ?? 'cannot be read' }
    const stray = read.data.items.some(item => item.accountId !== read.data.account.accountId)
    return stray ? { why: 'an item of another account' } : read.data
  } catch {
    return { why: 'is not JSON' }
  }
}

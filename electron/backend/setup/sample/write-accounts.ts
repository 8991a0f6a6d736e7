import { hash } from 'node:crypto'
import type { Watch } from '../../../../db/account-file/file-types.ts'
import { step } from '../../../../db/account-file/give-way.ts'
import { namingProblemsOf } from '../../../../db/accounts/errors.ts'
import type { ImportMark } from '../../../../db/accounts/mark.ts'
import { accountsFileIn, openAccountsWriter } from '../../../../db/accounts/open.ts'
import { finishUpdate } from '../../../../db/accounts/pull/finish-update.ts'
import { MirrorUpdate } from '../../../../db/accounts/pull/update.ts'
import type { AccountsWriter } from '../../../../db/accounts/writer.ts'
import { BEFORE_ALL } from '../../../../shared/account.ts'
import { makeSampleAccounts, type SampleAccountsInput, sampleAsOf } from './accounts.ts'

const ACCOUNTS_PER_STEP = 1_000

export interface WriteSampleInput extends SampleAccountsInput, Watch {
  dataDir: string
  /** UUIDv7 of this import. */
  importId: string
  /** Now, in UTC milliseconds. */
  atMs: number
}

export interface SampleResult {
  outcome: 'imported' | 'unchanged'
  mark: ImportMark | null
}

/**
 * Writes the sample city's accounts into the accounts file, all or nothing, the same way as an import. In
 * place of a file's hash the mark holds the hash of seed, count and day, which say as much.
 */
export async function writeSampleAccounts(input: WriteSampleInput): Promise<SampleResult> {
  const writer = openAccountsWriter(input.dataDir)
  const before = writer.importMark()
  try {
    return await namingProblemsOf(accountsFileIn(input.dataDir), write(writer, before, input))
  } finally {
    writer.close()
  }
}

async function write(
  writer: AccountsWriter,
  before: ImportMark | null,
  input: WriteSampleInput,
): Promise<SampleResult> {
  const update = new MirrorUpdate(writer)
  try {
    await putAll(update, input)
    if (!update.hasChanges) return { outcome: 'unchanged', mark: before }
    return {
      outcome: 'imported',
      mark: await finishUpdate(update, sourceOf(input), { ...input, state: statedLater }),
    }
  } finally {
    update.abandon()
    writer.tidy()
  }
}

/** A till that is not set up has no journal to state it in: that begins with the same facts. */
const statedLater = (): void => undefined

async function putAll(update: MirrorUpdate, input: WriteSampleInput): Promise<void> {
  let done = 0
  for (const account of makeSampleAccounts(input)) {
    update.put(account)
    done += 1
    if (done % ACCOUNTS_PER_STEP === 0) await step(input, { phase: 'writing', done, total: input.accounts })
  }
}

function sourceOf({ seed, accounts, today, importId, atMs }: WriteSampleInput) {
  return {
    importId,
    source: 'file' as const,
    sourceName: 'sample city',
    fileSha256: hash('sha256', JSON.stringify({ accounts, seed, today })),
    badRowCount: 0,
    atMs,
    asOfMs: sampleAsOf(today),
    paymentsIncluded: false,
    asOfPosition: BEFORE_ALL,
  }
}

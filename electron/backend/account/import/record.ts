/** What the accounts come to after an import or a pull, as a fact of the journal: the journal first, and then the file. */

import type { ImportMark } from '../../../../db/accounts/mark.ts'
import { accountsFileIn } from '../../../../db/accounts/open.ts'
import { LedgerUnavailable } from '../../../../db/file/problem.ts'
import type { Writer } from '../../../../db/ledger/writer.ts'
import { accountImports } from '../../../../db/queries/journal.ts'
import { tillOf } from '../../../../db/queries/till.ts'
import type { Backend } from '../../backend.ts'
import { CENTRAL_ACTOR, TILL_ACTOR } from '../../request/actors.ts'
import { ownCommand } from '../../request/pins.ts'

/**
 * States an import or a pull whose accounts are about to be committed, and that the one before never were, where that is so.
 * `mayStill` throws where whoever began it may not any more.
 */
export function stateImport(
  backend: Pick<Backend, 'ledger' | 'accounts' | 'clock' | 'newId'>,
  mark: ImportMark,
  {
    actorId = mark.source === 'central' ? CENTRAL_ACTOR : TILL_ACTOR,
    mayStill,
  }: { actorId?: string; mayStill?: ((tx: Writer) => void) | undefined } = {},
): void {
  const inForce = backend.accounts.importMark()?.importId
  ownCommand(backend, actorId, `accounts.${mark.source}`, tx => {
    mayStill?.(tx)
    const [last] = accountImports(tx, 1)
    if (last && last.import_id !== inForce) tx.append('account.import-lost', { importId: last.import_id })
    appendImport(tx, mark)
  })
}

export function appendImport(tx: Writer, mark: ImportMark): void {
  const { accountCount, itemCount, asOfMs, asOfPosition, root } = mark
  const stated = { accountCount, itemCount, asOfMs, asOfPosition, root }
  if (mark.source === 'file')
    tx.append('account.imported', {
      ...stated,
      importId: mark.importId,
      fileName: mark.sourceName,
      fileSha256: mark.fileSha256,
      badRowCount: mark.badRowCount,
    })
  else
    tx.append('account.pulled', {
      ...stated,
      pullId: mark.importId,
      address: mark.sourceName,
      changedCount: mark.changedCount,
    })
}

/** Where the billing system is that the accounts are read from; undefined where they come from files. */
export function accountsAtCentral({ accounts }: Pick<Backend, 'accounts'>): string | undefined {
  const pull = accounts.pullState()
  // A billing system that keeps no accounts itself leaves them to files.
  const isRead = accounts.importMark()?.source === 'central' || (pull?.taken ?? 0) > 0
  return isRead ? pull?.address : undefined
}

/**
 * Holds the accounts against the journal, before anybody is asked for what they say. A program that ended between the
 * journal and the file leaves the import before the last in force, which is stated. Refuses (LedgerUnavailable) all others:
 * somebody else put them there.
 */
export function checkAccountsStated(
  backend: Pick<Backend, 'ledger' | 'accounts' | 'dataDir' | 'clock' | 'newId'>,
): void {
  const { ledger, accounts, dataDir } = backend
  const mark = accounts.importMark()
  const [last, before] = accountImports(ledger.reader, 2)
  if (!last) {
    // Of a till that is not set up yet the sample's accounts are there first.
    if (mark && tillOf(ledger.reader)) throw notRead(dataDir)
    return
  }
  const isOf = (stated: typeof last | undefined) =>
    stated !== undefined && mark?.importId === stated.import_id && mark.root === stated.root
  if (isOf(last)) return
  // Whoever moved a file away that could not be used reads the accounts anew.
  const isFirstLost = !mark && !before
  if (mark && !isOf(before)) throw notRead(dataDir)
  if (mark || isFirstLost)
    ownCommand(backend, TILL_ACTOR, 'accounts.lost', tx =>
      tx.append('account.import-lost', { importId: last.import_id }),
    )
}

const notRead = (dataDir: string): LedgerUnavailable =>
  new LedgerUnavailable(
    'accounts',
    `${accountsFileIn(dataDir)} is not what this till has read last. Move it to another folder, start the till, and read the accounts anew`,
  )

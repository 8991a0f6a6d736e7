/** An import or a pull of accounts as a fact of the journal. */
import type { ImportMark } from '../../../../db/accounts/mark.ts'
import { lastAccountImport } from '../../../../db/queries/journal.ts'
import { tillOf } from '../../../../db/queries/setup.ts'
import type { Backend } from '../../backend.ts'
import { CENTRAL_ACTOR, TILL_ACTOR } from '../../request/actors.ts'
import { ownCommand } from '../../request/pins.ts'

/**
 * States an import or a pull in the journal. The accounts file and the ledger are two files, so a program that ended
 * between them is caught up with at the next start: the mark says what the journal does not say yet.
 */
export function recordImport(
  backend: Pick<Backend, 'ledger' | 'clock' | 'newId'>,
  mark: ImportMark,
  actorId: string = mark.source === 'central' ? CENTRAL_ACTOR : TILL_ACTOR,
): void {
  if (lastAccountImport(backend.ledger.reader)?.import_id === mark.importId) return
  const { accountCount, itemCount, asOfMs, asOfPosition, root } = mark
  const stated = { accountCount, itemCount, asOfMs, asOfPosition, root }
  ownCommand(backend, actorId, `accounts.${mark.source}`, tx =>
    mark.source === 'file'
      ? tx.append('account.imported', {
          ...stated,
          importId: mark.importId,
          fileName: mark.sourceName,
          fileSha256: mark.fileSha256,
          badRowCount: mark.badRowCount,
        })
      : tx.append('account.pulled', {
          ...stated,
          pullId: mark.importId,
          address: mark.sourceName,
          changedCount: mark.changedCount,
        }),
  )
}

/** Where the billing system is that the accounts are read from; undefined where they come from files. */
export function accountsAtCentral({ accounts }: Pick<Backend, 'accounts'>): string | undefined {
  const pull = accounts.pullState()
  // A billing system that keeps no accounts itself leaves them to files.
  const isRead = accounts.importMark()?.source === 'central' || (pull?.taken ?? 0) > 0
  return isRead ? pull?.address : undefined
}

/** States at start what an interrupted import or pull left behind. */
export function catchUpImports(backend: Backend): void {
  const mark = backend.accounts.importMark()
  if (mark && tillOf(backend.ledger.reader)) recordImport(backend, mark)
}

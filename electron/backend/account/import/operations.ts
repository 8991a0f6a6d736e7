/** Importing accounts from a file: looking at it first, carrying it out, and the rows that were left out. */
import { readFile } from 'node:fs/promises'
import type { Reader } from '../../../../db/ledger/reader.ts'
import { accountFileAsOf } from '../../../../db/queries/journal.ts'
import { credentialOf, personById } from '../../../../db/queries/person.ts'
import { IMPORT_REFUSALS, type ImportRefusal } from '../../../../shared/rules/account/account-file.ts'
import { signedIn } from '../../request/commands.ts'
import { os } from '../../request/guard.ts'
import { stillHolds } from '../../request/pins.ts'
import { eventsOf } from '../../runtime/events.ts'
import { JobFailed } from '../../runtime/jobs.ts'
import { accountsAtCentral } from './record.ts'
import { runImport as importFile, previewOf } from './run.ts'
import { BAD_ROWS_FILE } from './uploads.ts'

/** Why a file was turned down, where the thread that read it said so. */
function refusalIn(error: unknown): ImportRefusal | undefined {
  return error instanceof JobFailed ? IMPORT_REFUSALS.find(reason => reason === error.reason) : undefined
}

export const previewImport = os.account.previewImport.handler(async ({ input, context, errors, signal }) => {
  const { backend } = context
  const address = accountsAtCentral(backend)
  if (address !== undefined) throw errors.ACCOUNTS_AT_CENTRAL({ data: { address } })
  const uploadId = backend.newId()
  const path = await backend.uploads.add(uploadId, input)
  try {
    // In a thread of its own: what comes from outside must not stand before a receipt.
    const preview = await backend.uploads.turns.take('preview', () =>
      backend.jobs.runLong('preview-import', { file: path }, { signal }),
    )
    const known = accountFileAsOf(backend.ledger.reader, preview.sha256)
    const asOfMs = known ?? (preview.writtenAtMs <= backend.clock() ? preview.writtenAtMs : null)
    return { uploadId, fileName: input.fileName, asOfMs, ...previewOf(preview) }
  } catch (error) {
    const reason = refusalIn(error)
    throw reason === undefined ? error : errors.FILE_NOT_READABLE({ data: { reason } })
  }
})

export const runImport = os.account.runImport.handler(({ input, context, errors, procedure, signal }) => {
  const { backend } = context
  const { personId } = signedIn(context)
  const { roles } = procedure['~orpc'].meta
  const salt = credentialOf(backend.ledger.reader, personId)?.salt ?? ''
  // It goes on while the screen is locked, and not once its person was let go, locked out, or has another PIN: what they began is
  // theirs to answer for.
  const mayStill = (tx: Reader): void => {
    const now = personById(tx, personId)
    if (!now || !stillHolds(tx, personId, { salt })) throw errors.NOT_SIGNED_IN()
    if (!roles.includes(now.role)) throw errors.ROLE_NOT_ALLOWED({ data: { role: now.role } })
  }
  const upload = backend.uploads.get(input.uploadId)
  if (upload === undefined) throw errors.UNKNOWN_UPLOAD()
  const address = accountsAtCentral(backend)
  if (address !== undefined) throw errors.ACCOUNTS_AT_CENTRAL({ data: { address } })
  if (backend.uploads.running) throw errors.IMPORT_RUNNING()
  // What will be taken until then cannot be in any figures.
  if ((input.paymentsThroughMs ?? 0) > backend.clock()) throw errors.PAYMENTS_STILL_TO_COME()
  return eventsOf(onProgress =>
    importFile(backend, { ...upload, personId, mayStill, options: input }, { onProgress, signal }).catch(
      error => {
        const reason = refusalIn(error)
        if (reason === undefined) throw error
        throw /-column$/.test(reason)
          ? errors.COLUMNS_MISSING({ data: { fields: [reason] } })
          : errors.FILE_NOT_READABLE({ data: { reason } })
      },
    ),
  )
})

export const badRows = os.account.badRows.handler(async ({ input, context, errors }) => {
  const upload = context.backend.uploads.get(input.uploadId)
  if (upload === undefined) throw errors.UNKNOWN_UPLOAD()
  const content = await readFile(upload.badRowsFile).catch(() => undefined)
  if (!content) throw errors.UNKNOWN_UPLOAD()
  return new File([Uint8Array.from(content)], BAD_ROWS_FILE, { type: 'text/csv' })
})

/** The journal as a folder: written for others, and checked as others check it. */
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { missingFromJournal, readHighWaterMark } from '../../db/file/high-water-mark.ts'
import { checkJournalFolder, type FolderReport, type FolderRow } from '../../db/journal-folder/check.ts'
import {
  appendCheckpoint,
  checkpointOf,
  finishedNotes,
  hasReadableNotes,
  joinNotes,
  lastCheckpoint,
} from '../../db/journal-folder/checkpoints.ts'
import { type Exported, exportJournal } from '../../db/journal-folder/export.ts'
import { CHECKPOINTS_FILE, JOURNAL_FOLDER } from '../../db/journal-folder/segments.ts'
import { LEDGER_FILE } from '../../db/ledger/folder.ts'
import { openLedgerReadOnly } from '../../db/ledger/till.ts'
import type { CodedFact } from '../../db/verify/verify.ts'
import { hashPrefixOf, verificationCode } from '../../shared/ledger/chain.ts'
import { keyLine, tillKeyName } from '../../shared/ledger/signed-note.ts'
import { fileKeyStore, keptSigner, type Signer } from '../backend/runtime/signing-key.ts'
import { sayCode } from './code.ts'
import { say } from './say.ts'

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true

/** Says whether a journal folder is what was written, by its own bytes and signatures. */
export function verifyFolder(dir: string, code: string | undefined): boolean {
  if (!isFolder(join(dir, JOURNAL_FOLDER))) {
    say(`${dir} is no exported journal: it has no folder “${JOURNAL_FOLDER}”.`)
    return false
  }
  const prefix = code === undefined ? undefined : hashPrefixOf(code)
  let coded: CodedFact | undefined
  const report = checkJournalFolder(dir, row => {
    if (prefix !== undefined && row.hash.startsWith(prefix)) coded = codedFact(row)
  })
  const { epoch, seq, hash } = report.head
  say(`facts           ${report.facts}`)
  say(`words withheld  ${report.withoutTexts}`)
  say(`checkpoints     ${report.checkpoints}`)
  say(`head            ${verificationCode(hash)} at ${epoch}/${seq}`)
  for (const problem of report.problems) say(`DIFFERS  ${problem}`)
  for (const { key, from } of report.tillKeys) say(`key from ${`${from.epoch}/${from.seq}`.padEnd(6)} ${key}`)
  if (report.problems.length > 0 || report.facts === 0) {
    say('Not what was written.')
    return false
  }
  if (report.checkpoints === 0) {
    say('Every line follows the one before it, but no checkpoint is signed: who wrote it is not proved.')
    return false
  }
  const { signedUpTo } = report
  if (signedUpTo.epoch !== epoch || signedUpTo.seq !== seq) {
    say(
      `Every line follows the one before it, but what comes after ${signedUpTo.epoch}/${signedUpTo.seq} is signed by nobody.`,
    )
    return false
  }
  say('Every line follows the one before it, up to a checkpoint at the head that the till’s key signed.')
  say('Compare every key with those that the city has on paper.')
  return code === undefined || sayCode(code, prefix === undefined ? 'not-a-code' : coded)
}

function codedFact({ line: { epoch, seq, kind, at, body } }: FolderRow): CodedFact {
  const { zNumber, number } = JSON.parse(body) as { zNumber?: unknown; number?: unknown }
  return { epoch, seq, kind, at, number: String(zNumber ?? number ?? '') }
}

/** Writes the journal as a folder that anybody can check without this program, with a checkpoint signed now. */
export async function exportFolder(dataDir: string, out: string): Promise<boolean> {
  if (existsSync(out) && !isFolder(out)) {
    say(`${out} is no folder. Name a new one.`)
    return false
  }
  if (existsSync(out) && readdirSync(out).length > 0) {
    say(`${out} has something in it already. Name a new folder.`)
    return false
  }
  if (!hasReadableNotes(dataDir)) {
    say(
      `${join(dataDir, CHECKPOINTS_FILE)} was altered. Keep a copy of it for your auditor, and take it away.`,
    )
    return false
  }
  // A key that must not be used is said before anything is written.
  const signer = await keptSigner(fileKeyStore(dataDir))
  const exported = exportTo(dataDir, out)
  if (!exported) return false
  // With the notes that there are already: what does not agree with them is not signed either.
  const notes = finishedNotes(dataDir)
  if (notes.length > 0) writeFileSync(join(out, CHECKPOINTS_FILE), joinNotes(notes), { mode: 0o600 })
  const written = checkJournalFolder(out)
  if (!isSound(written)) return false
  const signed = signer !== undefined && signFolder(dataDir, { out, written, signer })
  // Read back before anybody relies on it.
  if (!isSound(checkJournalFolder(out))) return false
  say(
    `The whole journal is in ${out}: ${exported.facts} facts in ${exported.segments === 1 ? '1 journal file' : `${exported.segments} journal files`}.`,
  )
  if (!signed) say('No checkpoint is signed: this program does not have the key that the journal names.')
  return true
}

/** Writes what the ledger holds; nothing where it holds nothing yet, or less than was on record, which must not be signed. */
function exportTo(dataDir: string, out: string): Exported | undefined {
  const ledger = openLedgerReadOnly(dataDir)
  try {
    const note = readHighWaterMark(join(dataDir, LEDGER_FILE))
    const missing = note && missingFromJournal(ledger, note)
    if (missing !== undefined) say(`DIFFERS  ${missing}`)
    else if (ledger.prepare('SELECT 1 FROM journal').get() === undefined)
      say('Nothing was written: this till is not set up yet.')
    else return exportJournal(ledger, out)
    return undefined
  } finally {
    ledger.close()
  }
}

function isSound({ problems }: FolderReport): boolean {
  for (const problem of problems) say(`DIFFERS  ${problem}`)
  return problems.length === 0
}

/** Signs what the lines of a folder come to, and nothing that stands elsewhere: only once they were checked. */
function signFolder(
  dataDir: string,
  { out, written, signer }: { out: string; written: FolderReport; signer: Signer },
): boolean {
  const checkpoint = checkpointOf(written, { before: lastCheckpoint(dataDir), at: Date.now(), why: 'export' })
  if (!checkpoint) return false
  const line = keyLine(tillKeyName(checkpoint.till), signer.publicKey)
  const [name = '', id = ''] = line.split('+')
  const isInForce = written.tillKeys.at(-1)?.key === line
  if (isInForce) appendCheckpoint(dataDir, checkpoint, text => ({ name, id, signature: signer.sign(text) }))
  if (isInForce)
    writeFileSync(join(out, CHECKPOINTS_FILE), joinNotes(finishedNotes(dataDir)), { mode: 0o600 })
  return isInForce
}

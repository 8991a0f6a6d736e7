/**
 * A journal of each release, frozen: it opens, verifies, is rebuilt and pushed by every later program, and comes to the
 * same tables. Until the first release the one of today is made anew where a body changes, by
 * `TILLPROOF_FREEZE=1 npx vitest run --project parts tests/db/journal/fixture-journal.test.ts`.
 */
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { takeRange } from '../../../central/posting/receive.ts'
import { openMemory } from '../../../db/central/open.ts'
import { createFile } from '../../../db/file/sqlite-file.ts'
import { checkJournalFolder, type FolderRow } from '../../../db/journal-folder/check.ts'
import { appendCheckpoint, checkpointOf } from '../../../db/journal-folder/checkpoints.ts'
import { exportJournal } from '../../../db/journal-folder/export.ts'
import { LEDGER_FILE } from '../../../db/ledger/folder.ts'
import { journalInsert, rowOf } from '../../../db/ledger/journal.ts'
import { rebuildBeside, takeRebuilt } from '../../../db/ledger/rebuild.ts'
import { APPLICATION_ID } from '../../../db/ledger/schema.ts'
import { ledgerSteps } from '../../../db/ledger/steps.ts'
import { openLedgerReadOnly, openTill } from '../../../db/ledger/till.ts'
import { verifyLedger } from '../../../db/verify/verify.ts'
import { fileKeyStore, keptSigner } from '../../../electron/backend/runtime/signing-key.ts'
import { FACT_KINDS, kindOf, PROJECTED_TABLES } from '../../../shared/ledger/facts.ts'
import { keyLine, tillKeyName } from '../../../shared/ledger/signed-note.ts'
import { addTill, rangesOf } from '../../support/central/till-journal.ts'
import { sampleFolder } from '../../support/template.ts'
import { branchesIn, branchesOf } from '../schema-coverage.ts'
import { everyFactTill } from './fixture-day.ts'

const FIXTURES = join(import.meta.dirname, '../../fixtures/journals')
const TODAY = '0.1.0'
const frozen = (): string[] =>
  existsSync(FIXTURES) ? readdirSync(FIXTURES).filter(name => !name.endsWith('.json')) : []

/** Digest and rows of every table that facts make, by table. */
type Digests = Record<string, { rows: number; sha256: string }>

const upcaster = vi.hoisted(() => ({ dropsReasons: false }))
vi.mock(import('../../../shared/ledger/facts.ts'), async original => {
  const facts = await original()
  const readBody: typeof facts.readBody = (kind, version, text) => {
    const read = facts.readBody(kind, version, text)
    if (!upcaster.dropsReasons || kind !== 'receipt.voided') return read
    return { ...read, body: { ...(read.body as object), reason: '' } }
  }
  return { ...facts, readBody }
})

function digestsOf(ledger: Database.Database): Digests {
  const digests = PROJECTED_TABLES.map(table => {
    const rows = ledger
      .prepare<[], Record<string, unknown>>(`SELECT * FROM "${table}"`)
      .all()
      .map(row => JSON.stringify(Object.entries(row).toSorted()))
      .toSorted()
    return [table, { rows: rows.length, sha256: createHash('sha256').update(rows.join('\n')).digest('hex') }]
  })
  return Object.fromEntries(digests)
}

async function freeze(): Promise<void> {
  const { till } = await everyFactTill()
  const dir = join(FIXTURES, TODAY)
  rmSync(dir, { recursive: true, force: true })
  mkdirSync(dir, { recursive: true })
  const ledger = openLedgerReadOnly(till.dataDir)
  exportJournal(ledger, dir)
  const signer = await keptSigner(fileKeyStore(till.dataDir))
  const order = { before: { epoch: 0, seq: 0 }, at: till.clock.now(), why: 'export' }
  const checkpoint = checkpointOf(checkJournalFolder(dir), order)
  if (!signer || !checkpoint) throw new Error('The till has no key')
  const [name = '', id = ''] = keyLine(tillKeyName(checkpoint.till), signer.publicKey).split('+')
  appendCheckpoint(dir, checkpoint, text => ({ name, id, signature: signer.sign(text) }))
  writeFileSync(`${dir}.json`, `${JSON.stringify(digestsOf(ledger), null, 2)}\n`)
  ledger.close()
}

/** A data folder with the journal of a release, its tables made by this program. */
async function folderOf(version: string): Promise<{ dataDir: string; rows: number }> {
  const dataDir = await sampleFolder()
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }))
  const path = join(dataDir, LEDGER_FILE)
  for (const name of readdirSync(dataDir)) if (name.startsWith(LEDGER_FILE)) rmSync(join(dataDir, name))
  createFile(path, { applicationId: APPLICATION_ID, steps: ledgerSteps() })
  const ledger = new Database(path)
  const insert = journalInsert(ledger)
  let rows = 0
  ledger.transaction(() => {
    checkJournalFolder(join(FIXTURES, version), ({ line, hash, text }) => {
      insert(rowOf(line, { hash, text }))
      rows += 1
    })
  })()
  ledger.close()
  rebuildBeside(path)
  // There are no tables yet that it could come to the same as.
  const rebuilt = new Database(`${path}.rebuild`)
  rebuilt.exec('DROP TABLE rebuild_note')
  rebuilt.close()
  cpSync(`${path}.rebuild`, path)
  rmSync(`${path}.rebuild`)
  return { dataDir, rows }
}

const digestsAt = (dataDir: string): Digests => {
  const ledger = openLedgerReadOnly(dataDir)
  try {
    return digestsOf(ledger)
  } finally {
    ledger.close()
  }
}

const tablesOf = (version: string): Digests =>
  JSON.parse(readFileSync(join(FIXTURES, `${version}.json`), 'utf8'))

describe('the journal of today', () => {
  it.runIf(process.env.TILLPROOF_FREEZE === '1')('is made anew', freeze, 120_000)

  it('is there', () => {
    expect(frozen()).toContain(TODAY)
  })

  it('has every kind of fact, each value of their enums, and each thing that may be missing, missing', () => {
    const seen = new Set<string>()
    checkJournalFolder(join(FIXTURES, TODAY), ({ line }: FolderRow) => {
      const schema = kindOf(line.kind as (typeof FACT_KINDS)[number]).body.schemas[line.version - 1]
      if (!schema) throw new Error(`${line.kind} has no version ${line.version}`)
      seen.add(line.kind)
      for (const branch of branchesIn(schema, JSON.parse(line.body), line.kind)) seen.add(branch)
    })
    const wanted = FACT_KINDS.flatMap(kind => {
      const newest = kindOf(kind).body.schemas.at(-1)
      return [kind, ...(newest ? branchesOf(newest, kind) : [])]
    })
    // A till is the sample city's or a city's own, and this one is the former.
    expect(wanted.filter(branch => !seen.has(branch))).toEqual(['till.set-up.sample false'])
  })
})

describe.each(frozen())('the journal of %s', version => {
  it('proves itself: chain, words, checkpoints', () => {
    expect(checkJournalFolder(join(FIXTURES, version))).toMatchObject({ withoutTexts: 0, problems: [] })
  })

  it('comes to the same tables as when it was written, opens, verifies and is rebuilt', async () => {
    const { dataDir, rows } = await folderOf(version)
    expect(rows).toBeGreaterThan(400)
    expect(digestsAt(dataDir)).toEqual(tablesOf(version))
    const till = openTill(dataDir, { nowMs: 1, newTillId: '' })
    expect(till.ledger.head.epoch).toBe(5)
    till.close()
    // The PINs of that machine were never in its journal.
    const { problems, facts } = await verifyLedger(dataDir, () => undefined)
    expect(problems.filter(({ place }) => !place.startsWith('credential'))).toEqual([])
    expect(facts).toBe(rows)
    rebuildBeside(join(dataDir, LEDGER_FILE))
    expect(takeRebuilt(join(dataDir, LEDGER_FILE))).toBe('taken')
    expect(digestsAt(dataDir)).toEqual(tablesOf(version))
  })

  it('is taken whole by central, without an alarm', async () => {
    const { dataDir } = await folderOf(version)
    const ledger = openLedgerReadOnly(dataDir)
    const ranges = rangesOf(ledger)
    ledger.close()
    const central = await openMemory()
    onTestFinished(() => central.close())
    await addTill(central, ranges[0]?.tillId ?? '')
    for (const range of ranges)
      expect(await takeRange(central, range, { nowMs: 1_800_000_000_000 })).toMatchObject({ ok: true })
    expect(await central.kysely.selectFrom('alarm').selectAll().execute()).toEqual([])
  })

  it('comes to other tables where an upcaster drops one member of a body, and that is seen', async () => {
    upcaster.dropsReasons = true
    onTestFinished(() => {
      upcaster.dropsReasons = false
    })
    const { dataDir } = await folderOf(version)
    expect(digestsAt(dataDir)).not.toEqual(tablesOf(version))
  })
})

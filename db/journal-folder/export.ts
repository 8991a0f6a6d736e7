/** A ledger's journal as a folder: lines, words beside them, and whose keys count. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type Database from 'better-sqlite3'
import { journalLine } from '../../shared/ledger/chain.ts'
import { keyLine, tillKeyName } from '../../shared/ledger/signed-note.ts'
import { makeFolder } from '../file/make-folder.ts'
import { factOf, lineOf } from '../ledger/journal.ts'
import type { JournalTableRow } from '../ledger/schema.ts'
import { isFull, KEYS_FILE, type Segment, writeSegment } from './segments.ts'

const ALL = 'SELECT * FROM journal ORDER BY epoch, seq'
const KEYS =
  "SELECT * FROM journal WHERE kind IN ('till.set-up', 'epoch.begun', 'till.enrolled') ORDER BY epoch, seq"

export interface Exported {
  facts: number
  segments: number
}

/** Writes every row into `dir`, as the journal stands at one moment. Payments go on meanwhile. */
export function exportJournal(connection: Database.Database, dir: string): Exported {
  makeFolder(dir)
  return connection.transaction(() => {
    const counted: Exported = { facts: 0, segments: 0 }
    let segment: Segment | undefined
    let characters = 0
    const end = (): void => {
      if (!segment) return
      writeSegment(dir, segment, isFull(segment, characters))
      counted.segments += 1
      segment = undefined
      characters = 0
    }
    for (const row of connection.prepare<[], JournalTableRow>(ALL).iterate()) {
      if (segment && (segment.epoch !== row.epoch || isFull(segment, characters))) end()
      segment ??= { epoch: row.epoch, seq: row.seq, lines: [], texts: [] }
      const line = journalLine(lineOf(row))
      segment.lines.push(line)
      if (row.text_line !== null) segment.texts.push(row.text_line)
      characters += line.length + (row.text_line?.length ?? 0)
      counted.facts += 1
    }
    end()
    writeFileSync(
      join(dir, KEYS_FILE),
      keysOf(connection)
        .map(key => `${key}\n`)
        .join(''),
    )
    return counted
  })()
}

/** The keys that the journal itself names, the oldest first: those of the till, and those of central. */
export function keysOf(connection: Database.Database): string[] {
  const keys = connection
    .prepare<[], JournalTableRow>(KEYS)
    .all()
    .map(factOf)
    .flatMap(fact => {
      if (fact.kind === 'till.enrolled') return [fact.body.tillKey, fact.body.centralKey]
      if (fact.kind !== 'till.set-up' && fact.kind !== 'epoch.begun') return []
      return keyLine(tillKeyName(fact.tillId), fact.body.publicKey)
    })
  return [...new Set(keys)]
}

/**
 * Cursors that notice when central was restored from a backup. Numbers of a feed are given in steps, and each step
 * has a stamp made of what it was given for. A cursor names its place and the stamp of the step it lies in: after a
 * restore there is no such step, or another, and the feed begins again from its start.
 */
import { insertRows } from '../../db/central/bulk.ts'
import type { CentralTx } from '../../db/central/connection.ts'
import { nativeHashText } from '../../db/ledger/native-hash.ts'

export async function takeFeedStep(
  tx: CentralTx,
  { feed, upTo, made }: { feed: string; upTo: number; made: string },
): Promise<void> {
  await insertRows(tx, 'feed_step', [{ feed, up_to: upTo, stamp: nativeHashText(made).slice(0, 16) }])
}

const START = { no: 0, stamp: '' }

/** A cursor as it is handed to tills. */
export async function cursorAt(tx: CentralTx, feed: string, no: number): Promise<string> {
  return no === 0 ? '' : `${no}.${await stampAt(tx, feed, no)}`
}

/** How far a cursor has read. */
export interface ReadUpTo {
  /** 0 for a cursor of another life of this database, and for none. */
  no: number
  /** Whether it is one of another life: whoever has it heard what is not held here any more. */
  isLost: boolean
}

export async function readCursor(tx: CentralTx, feed: string, cursor: string | undefined): Promise<ReadUpTo> {
  const { no, stamp } = parse(cursor)
  if (no === 0 || stamp === '') return { no: 0, isLost: false }
  const isKnown = (await stampAt(tx, feed, no)) === stamp
  return { no: isKnown ? no : 0, isLost: !isKnown }
}

function parse(cursor: string | undefined): { no: number; stamp: string } {
  const match = /^(\d{1,15})\.([0-9a-f]{16})$/.exec(cursor ?? '')
  if (!match) return START
  return { no: Number.parseInt(match[1] ?? '0', 10), stamp: match[2] ?? '' }
}

async function stampAt(tx: CentralTx, feed: string, no: number): Promise<string | undefined> {
  const step = await tx.query
    .selectFrom('feed_step')
    .select('stamp')
    .where('feed', '=', feed)
    .where('up_to', '>=', no)
    .orderBy('up_to')
    .limit(1)
    .executeTakeFirst()
  return step?.stamp
}

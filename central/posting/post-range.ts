/** Posts the money of a range: receipts to accounts, and everything to the GL journal. */
import type { CentralTx } from '../../db/central/connection.ts'
import type { EnrolledTillRow } from '../../db/central/schema.ts'
import type { Fact, PostedKind } from '../../shared/ledger/facts.ts'
import { ONE_BANK, readCitySettings } from '../city/city-settings.ts'
import { takeFeedStep } from '../journal/feed-step.ts'
import { knownOf } from '../journal/position.ts'
import { isRepeated, type Repeats, repeatedIds } from '../journal/repeats.ts'
import { readBags } from './bag-contents.ts'
import { readBooks, type Wanted, writeBooks } from './books/books.ts'
import type { GlAccounts } from './books/gl-rules.ts'
import { depositPostings } from './deposit.ts'
import { movementPostings } from './movement.ts'
import { Poster } from './poster.ts'
import type { PostingDesk, Postings } from './posting-desk.ts'
import { receiptPostings } from './receipt.ts'
import { safePostings } from './safe.ts'
import { sessionPostings } from './session.ts'
import { GL_SETTINGS, setupPostings, statedGl } from './setup.ts'
import { unfitOf } from './unfit.ts'

interface Work {
  facts: readonly Fact[]
  repeats: Repeats
  nowMs: number
}

/** Numbers given are left in the till's row, which the caller saves. */
export async function postFacts(tx: CentralTx, till: EnrolledTillRow, work: Work): Promise<void> {
  const { facts, repeats, nowMs } = work
  const last = facts.at(-1)
  if (!last) return
  const gl = await readGlAccounts(tx, till.till_id)
  const books = await readBooks(tx, wantedBy(till.till_id, work))
  const postingTill = {
    tillId: till.till_id,
    tillNo: till.till_no,
    epoch: last.epoch,
    nowMs,
    lastReferenceNo: till.last_reference_no,
    known: knownOf(till),
  }
  const poster = new Poster(books, postingTill, gl)
  const bags = await readBags(tx, till.till_id, facts)
  for (const fact of facts) postFact({ poster, gl, bags, repeats }, fact)
  for (const id of repeatedIds(facts, repeats)) books.touched.add(id)
  const { till_id: tillId, last_state_no: lastStateNo } = till
  const source = { source: `${tillId}/${last.epoch}`, sourceNo: last.seq }
  till.last_state_no = await writeBooks(tx, books, { lastStateNo, ...source })
  till.last_reference_no = postingTill.lastReferenceNo
  if (till.last_state_no > lastStateNo)
    await takeFeedStep(tx, { feed: tillId, upTo: till.last_state_no, made: `${nowMs}/${last.hash}` })
}

function wantedBy(tillId: string, { facts, repeats }: Work): Wanted {
  const receiptIds = new Set(repeatedIds(facts, repeats))
  const accountIds = new Set<string>()
  const itemIds = new Set<string>()
  for (const fact of facts) {
    if (fact.kind === 'receipt.voided') receiptIds.add(fact.body.receiptId)
    if (fact.kind !== 'receipt.posted' || isRepeated(fact, repeats)) continue
    for (const line of fact.body.lines) {
      if (line.kind === 'catalog') continue
      accountIds.add(line.accountId)
      for (const { itemId } of line.allocations) if (itemId !== null) itemIds.add(itemId)
    }
  }
  return { tillId, receiptIds: [...receiptIds], accountIds: [...accountIds], itemIds: [...itemIds] }
}

/** What central does with each kind of fact with which it does more than keep it. */
const POSTINGS: Postings<PostedKind> = {
  ...setupPostings,
  ...receiptPostings,
  ...movementPostings,
  ...sessionPostings,
  ...safePostings,
  ...depositPostings,
}

const isPosted = (kind: string): kind is PostedKind => Object.hasOwn(POSTINGS, kind)

function postFact(desk: PostingDesk, fact: Fact): void {
  if (!isPosted(fact.kind)) return
  // Of a receipt the till has to hear what became of it.
  if (fact.kind !== 'receipt.posted' && unfitOf(fact) !== null) return
  const post = POSTINGS[fact.kind] as (desk: PostingDesk, fact: Fact) => void
  post(desk, fact)
}

/** Where this till's money is booked, as its own settings say; to suspense where they do not. */
export async function readGlAccounts(tx: CentralTx, tillId: string): Promise<GlAccounts> {
  const tenders = await tx.query
    .selectFrom('tender_type')
    .select(['tender', 'gl_account'])
    .where('till_id', '=', tillId)
    .execute()
  const settings = await tx.query
    .selectFrom('setting')
    .select(['name', 'value'])
    .where('till_id', '=', tillId)
    .where('name', 'in', Object.keys(GL_SETTINGS))
    .execute()
  const own = await readCitySettings(tx)
  const suspense = own.get('suspenseGlAccount') ?? ''
  const stated = statedGl(settings)
  return {
    tenders: new Map(tenders.map(row => [row.tender, row.gl_account])),
    overShort: stated.overShort ?? suspense,
    suspense,
    bank: own.get('bankGlAccount') ?? suspense,
    banks: new Map(
      [...own].flatMap(([name, gl]) =>
        name.startsWith(ONE_BANK) ? [[name.slice(ONE_BANK.length), gl]] : [],
      ),
    ),
  }
}

/** Posts the money of a range: receipts to accounts, and everything to the GL journal. */
import type { CentralTx } from '../db/central/open.ts'
import type { EnrolledTillRow } from '../db/central/schema.ts'
import type { Fact } from '../shared/ledger/facts.ts'
import { settingsField } from '../shared/settings.ts'
import { type Bags, noteBag, readBags } from './bag-contents.ts'
import { ONE_BANK, readCitySettings } from './city-settings.ts'
import { takeFeedStep } from './feed-step.ts'
import type { GlAccounts } from './gl-rules.ts'
import { Poster } from './posting.ts'
import { readBooks, type Wanted, writeBooks } from './posting-books.ts'
import { isRepeated, type Repeats, repeatedIds } from './repeats.ts'

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

interface Desk {
  poster: Poster
  gl: GlAccounts
  bags: Bags
  repeats: Repeats
}

function postFact({ poster, gl, bags, repeats }: Desk, fact: Fact): void {
  switch (fact.kind) {
    case 'tender.saved':
      gl.tenders.set(fact.body.tender, fact.body.glAccount)
      return
    case 'settings.saved':
      gl.rounding = fact.body.roundingGlAccount
      gl.overShort = fact.body.overShortGlAccount
      return
    case 'receipt.posted':
      if (!isRepeated(fact, repeats)) poster.post(fact, repeats.contents.get(fact.seq) ?? '')
      return
    case 'receipt.voided':
      if (!repeats.otherIds.has(fact.body.receiptId)) poster.void(fact)
      return
    case 'drawer.paid':
      poster.paid(fact)
      return
    case 'drawer.closed':
      poster.closed(fact)
      return
    case 'safe.counted':
      poster.safeCounted(fact)
      return
    default:
      postDeposit(poster, bags, fact)
  }
}

/** What no bag is known of cannot be booked by what is in it; the projection's alarm names the place. */
function postDeposit(poster: Poster, bags: Bags, fact: Fact): void {
  if (fact.kind === 'deposit.made-up' || fact.kind === 'deposit.verified') noteBag(bags, fact)
  const bag = fact.kind === 'deposit.credited' && bags.get(fact.body.depositId)
  if (bag) poster.credited(fact, bag)
}

/** Where this till's money is booked, as its own settings say; to suspense where they do not. */
export async function readGlAccounts(tx: CentralTx, tillId: string): Promise<GlAccounts> {
  const tenders = await tx.query
    .selectFrom('tender_type')
    .select(['tender', 'gl_account'])
    .where('till_id', '=', tillId)
    .execute()
  const city = await tx.query
    .selectFrom('setting')
    .select('value')
    .where('till_id', '=', tillId)
    .where('name', '=', 'city')
    .executeTakeFirst()
  const own = await readCitySettings(tx)
  const suspense = own.get('suspenseGlAccount') ?? ''
  const settings = city && settingsField.safeParse(JSON.parse(city.value))
  const known = settings?.success ? settings.data : undefined
  return {
    tenders: new Map(tenders.map(row => [row.tender, row.gl_account])),
    rounding: known?.roundingGlAccount ?? suspense,
    overShort: known?.overShortGlAccount ?? suspense,
    suspense,
    bank: own.get('bankGlAccount') ?? suspense,
    banks: new Map(
      [...own].flatMap(([name, gl]) =>
        name.startsWith(ONE_BANK) ? [[name.slice(ONE_BANK.length), gl]] : [],
      ),
    ),
  }
}

/** What a fact says, in one line that an auditor can read. */
import { factOf } from '../../db/journal.ts'
import type { Fact, FactKind } from '../../shared/ledger/facts.ts'
import type { JournalTableRow } from '../../shared/ledger/tables.ts'
import { add, type Cents, formatCents } from '../../shared/money.ts'

type Names = (personId: string) => string
type Words = { [K in FactKind]: (fact: Fact<K>, nameOf: Names) => string }

const WORDS: Words = {
  'till.set-up': ({ body }) => `Till ${body.code} set up${body.sample ? ' with the sample city' : ''}`,
  'till.enrolled': ({ body }) =>
    `Enrolled at ${body.utilityName}, ${body.address}, key ${body.keyFingerprint}`,
  'settings.saved': ({ body }) => `Settings of ${body.utilityName} saved`,
  'person.saved': ({ body }) => `${body.name}: ${body.role}${body.active ? '' : ', no longer active'}`,
  'person.pin-set': ({ body }, nameOf) => `PIN of ${nameOf(body.personId)} set`,
  'person.signed-in': ({ body }, nameOf) => `${nameOf(body.personId)} signed in`,
  'person.signed-out': ({ body }, nameOf) => `${nameOf(body.personId)} signed out`,
  'person.pin-failed': ({ body }, nameOf) =>
    `Wrong PIN for ${nameOf(body.personId)}, ${body.failedCount} in a row${body.lockedOut ? ': locked out' : ''}`,
  'person.pin-accepted': ({ body }, nameOf) => `Right PIN for ${nameOf(body.personId)} after wrong ones`,
  'person.released': ({ body }, nameOf) =>
    `${nameOf(body.personId)} released by ${body.releasedBy === null ? 'command line' : nameOf(body.releasedBy)}`,
  'drawer.saved': ({ body }) => `Drawer ${body.name} saved, float ${formatCents(body.floatCents)}`,
  'catalog.saved': ({ body }) => `Catalog item ${body.code} ${body.name} saved`,
  'tender.saved': ({ body }) => `Tender ${body.name} ${body.active ? 'on' : 'off'}`,
  'bank-account.saved': ({ body }) => `Bank account ${body.name} saved`,
  'accounts.imported': ({ body }) => `${body.accountCount} accounts from ${body.fileName}`,
  'accounts.pulled': ({ body }) =>
    `${body.changedCount} of ${body.accountCount} accounts changed at ${body.address}`,
  'drawer.opened': ({ body }, nameOf) =>
    `Session ${body.number} opened by ${nameOf(body.cashierId)}, float ${formatCents(body.floatCents)}`,
  'drawer.counted': ({ body }, nameOf) =>
    `${body.round === 1 ? 'Drawer counted' : 'Drawer counted again'}${
      body.secondCounterId === null ? '' : `, and by ${nameOf(body.secondCounterId)}`
    }`,
  'drawer.surprise-counted': () => 'Surprise count',
  'drawer.turned-in': ({ body }, nameOf) =>
    `Turn-in ${body.number}, ${formatCents(add(body.cashCents, body.itemsCents))} to ${nameOf(body.takerId)}`,
  'drawer.paid': ({ body }) =>
    `${body.direction === 'in' ? 'Paid-in' : 'Paid-out'} ${body.number}, ${formatCents(body.cents)}, ${body.category}: ${body.reason}`,
  'drawer.exchanged': ({ body }, nameOf) =>
    `Change order ${body.number}, ${formatCents(body.cents)} with ${nameOf(body.keeperId)}`,
  'drawer.no-sale': ({ body }) => `Drawer opened without a sale: ${body.reason}`,
  'safe.counted': ({ body }) => `Safe counted, ${formatCents(body.cents)}`,
  'drawer.closed': ({ body }) => `Closed as ${body.zNumber}${body.reason === '' ? '' : `: ${body.reason}`}`,
  'drawer.x-read': () => 'X report read',
  'receipt.posted': ({ body }) => `Receipt ${body.number}, ${formatCents(body.totalCents)}`,
  'receipt.voided': ({ body }, nameOf) =>
    `Receipt ${body.number} voided, approved by ${nameOf(body.approvedBy)}: ${body.reason}`,
  'receipt.printed': ({ body }) =>
    body.copyNo === 1 ? 'Receipt printed' : `Receipt printed again, copy ${body.copyNo}`,
  'deposit.made-up': ({ body }) =>
    `Deposit ${body.number}, ${formatCents(body.totalCents)}, bag ${body.bagNumber}`,
  'deposit.verified': ({ body }, nameOf) =>
    `Deposit verified by ${nameOf(body.verifierId)}${sayDifference(body)}`,
  'deposit.sealed': ({ body }) => `Deposit sealed, bag ${body.bagNumber}, seal ${body.sealNumber}`,
  'deposit.handed-over': ({ body }) => `Deposit handed over to ${body.carrier}, ${body.signatureName}`,
  'deposit.validated': ({ body }) =>
    `Deposit validated by the bank, slip ${body.slipNumber}${sayDifference(body)}`,
  'deposit.credited': ({ body }) => `Deposit credited on ${body.creditDate}${sayDifference(body)}`,
  'deposit.reopened': ({ body }, nameOf) =>
    `Deposit opened again, approved by ${nameOf(body.approvedBy)}: ${body.reason}`,
}

function sayDifference({ differenceCents, reason }: { differenceCents: Cents; reason: string }): string {
  return differenceCents === 0 ? '' : `, ${formatCents(differenceCents)} different: ${reason}`
}

function words<K extends FactKind>(fact: Fact<K>, nameOf: Names): string {
  return WORDS[fact.kind](fact, nameOf)
}

export function summarize(row: JournalTableRow, nameOf: Names): string {
  return words(factOf(row), nameOf)
}

/** Words of the audit screen. */

export const auditText = {
  title: 'Audit',
  journalTitle: 'Journal',
  journalIntro: 'Every fact in the order in which it happened. Nothing here is ever changed.',
  kind: 'Kind of fact',
  allKinds: 'All kinds',
  loading: 'Reading the journal',
  empty: 'No fact of this kind.',
  older: 'Older',
  newer: 'Newer',
  columns: {
    seq: 'No.',
    at: 'When',
    date: 'Business date',
    kind: 'Kind',
    actor: 'By',
    summary: 'What',
    hash: 'Hash',
  },
  verifyTitle: 'Verify the ledger',
  verifyIntro:
    'Replays the whole journal into an empty ledger and compares every column of every table. Takings go on meanwhile.',
  verify: 'Verify now',
  verifying: 'Verifying the ledger',
  cancel: 'Cancel',
  cancelled: 'Verification was cancelled. Nothing was found out.',
  clean: 'Everything agrees',
  notClean: (count: number) => (count === 1 ? '1 place does not agree' : `${count} places do not agree`),
  notCleanAdvice: 'Take no payments on this till. Keep the data folder as it is and call your administrator.',
  place: 'Place',
  problem: 'What is wrong',
  figures: {
    facts: 'Facts',
    receipts: 'Receipts',
    sessions: 'Sessions',
    accounts: 'Accounts',
    rowsCompared: 'Rows compared',
    total: 'Receipts, total',
    head: 'Head of the chain',
  },
  never: 'Not verified since this screen was opened.',
  keys: { kind: 'Kind', older: 'Older', newer: 'Newer', verify: 'Verify', cancel: 'Cancel', back: 'Back' },
}

/** What each kind of fact is called; the journal's own words stand where a kind has none. */
export const FACT_NAMES: Readonly<Record<string, string>> = {
  'till.set-up': 'Till set up',
  'settings.saved': 'Settings saved',
  'person.saved': 'Person saved',
  'person.pin-set': 'PIN set',
  'person.signed-in': 'Signed in',
  'person.signed-out': 'Signed out',
  'person.pin-failed': 'Wrong PIN',
  'person.released': 'Lock-out released',
  'drawer.saved': 'Drawer saved',
  'catalog.saved': 'Catalog item saved',
  'tender.saved': 'Tender saved',
  'bank-account.saved': 'Bank account saved',
  'accounts.imported': 'Accounts imported',
  'drawer.opened': 'Drawer opened',
  'drawer.counted': 'Drawer counted',
  'drawer.closed': 'Drawer closed',
  'drawer.x-read': 'X report read',
  'receipt.posted': 'Receipt posted',
  'receipt.voided': 'Receipt voided',
  'receipt.printed': 'Receipt printed',
  'deposit.made-up': 'Deposit made up',
  'deposit.verified': 'Deposit verified',
}

/** What verification is at. */
export const VERIFY_PHASES: Readonly<Record<string, string>> = {
  journal: 'Replaying the journal',
  accounts: 'Checking the accounts',
  tables: 'Comparing the tables',
}

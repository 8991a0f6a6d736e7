/** Words of the audit screen. */

export const auditText = {
  title: 'Audit',
  journalTitle: 'Journal',
  journalIntro: 'Every event in the order in which it happened. Nothing here is ever changed.',
  kind: 'Event type',
  allKinds: 'All types',
  loading: 'Reading the journal',
  empty: 'No event of this type.',
  older: 'Older',
  newer: 'Newer',
  columns: {
    seq: 'No.',
    at: 'When',
    date: 'Business date',
    kind: 'Type',
    actor: 'By',
    about: 'About',
    summary: 'What',
    hash: 'Hash',
  },
  verifyTitle: 'Verify the ledger',
  verifyIntro:
    'Replays the whole journal into an empty ledger and compares every column of every table. You can keep taking payments.',
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
    total: 'Receipts of closed drawers',
    head: 'Head of the chain',
  },
  never: 'Not verified since this screen was opened.',
  keys: { kind: 'Type', older: 'Older', newer: 'Newer', verify: 'Verify', cancel: 'Cancel', back: 'Back' },
}

/** What verification is at. */
export const VERIFY_PHASES: Readonly<Record<string, string>> = {
  journal: 'Replaying the journal',
  accounts: 'Checking the accounts',
  tables: 'Comparing the tables',
}

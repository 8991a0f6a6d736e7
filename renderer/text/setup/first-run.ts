/** Words of the first run. */

export const setupText = {
  title: 'Welcome to Tillproof',
  intro: 'This till has no ledger yet. Look around in a sample city, or set up your own.',
  sampleTitle: 'Open the sample city',
  sampleIntro:
    'City of Millbrook Utilities: 50,000 accounts, six people, three drawers. Nothing in it is real. Ready in seconds.',
  sampleKey: 'Open the sample city',
  ownTitle: 'Set up your utility',
  ownIntro:
    'Name, receipts, bank account, drawers, money, bills, and the first administrator. Seven short steps.',
  ownKey: 'Set up your utility',
  making: 'Making the sample city',
  cancelled: 'The sample city was not made.',
  cancel: 'Cancel',
  wizardTitle: 'Set up this till',
  step: (number: number, all: number, name: string) => `Step ${number} of ${all}: ${name}`,
  steps: {
    utility: 'Utility',
    receipt: 'Receipt texts',
    bank: 'Bank account',
    drawers: 'Drawers',
    money: 'Money',
    bills: 'Bills',
    administrator: 'Administrator',
  },
  hints: {
    utility: 'It stands at the head of every receipt, report and deposit slip.',
    receipt: 'What the customer reads at the foot of a receipt, in English and Spanish.',
    bank: 'Where deposits go. More accounts can be added later.',
    drawers: 'Each physical till with the change it opens with and the most cash it should hold.',
    money: 'What is counted at opening, close and deposit. US money is set already.',
    bills: 'The line on a bill that a scanner reads. Leave it out to find accounts by number and name only.',
    administrator: 'This person adds everybody else. Cashiers, leads and supervisors come next.',
  },
  code: 'Code of this till',
  codeHint: 'It begins every number this till gives, as in W1-000123. Each till needs its own.',
  codeWrong: 'Up to six capital letters and digits, the last of them a digit, such as W1.',
  bankName: 'Deposits',
  drawerName: (number: number) => `Drawer ${number}`,
  drawerNameTwice: 'Two drawers have this name.',
  billName: 'Utility bill',
  addDrawer: 'Add a drawer',
  removeDrawer: 'Remove',
  removeDrawerOf: (name: string) => `Remove ${name}`,
  name: 'Your name',
  pin: 'PIN',
  pinAgain: 'PIN again',
  pinAgainHint: 'The same digits once more.',
  next: 'Next',
  back: 'Back',
  finish: 'Finish',
  keys: { next: 'Next', back: 'Back', finish: 'Finish', cancel: 'Cancel' },
}

/** What the making of the sample city is at. */
export const SAMPLE_PHASES: Readonly<Record<string, string>> = {
  writing: 'Writing accounts',
  indexing: 'Preparing the search',
}

/** Words of the account import. */
import type { ImportField, ImportReason } from '../../../shared/rules/account/account-file.ts'

export const importText = {
  title: 'Import accounts',
  choose: 'Choose a CSV file',
  chooseIntro: 'The billing system’s export, one line for each open item or each account.',
  drop: 'or drop it here',
  reading: 'Reading the file',
  notCsv: 'Drop one file only.',
  fileFacts: (encoding: string, delimiter: string) => `Text as ${encoding}, columns divided by ${delimiter}.`,
  delimiters: { ',': 'a comma', ';': 'a semicolon', '\t': 'a tab' } as Readonly<Record<string, string>>,
  mappingTitle: 'Which column is what',
  mappingIntro: 'Guessed from the headers. Correct what is wrong.',
  noColumn: 'no column',
  columnsMissing: {
    number: 'Choose the column with the account number.',
    money: 'Choose a column with the amount of an item, or with the balance of the account.',
  },
  previewTitle: 'The first rows',
  noRows: 'The file has a header and no rows.',
  problemsTitle: (count: number) =>
    count === 1 ? '1 problem in the first rows' : `${count} problems in the first rows`,
  notChecked: 'The first rows are not checked yet: a column is missing. The import checks every row.',
  noProblems: 'No problem in the first rows.',
  optionsTitle: 'How to import',
  mode: 'Rows with problems',
  modes: {
    'all-or-nothing': 'Import all rows, or nothing when one is bad',
    'good-rows': 'Import the good rows, list the bad ones',
  },
  missing: 'Accounts that the file does not name',
  missings: { keep: 'Keep them as they are', close: 'Close them' },
  paymentsIncluded: 'The balances contain payments taken here',
  paymentsIncludedHint:
    'Tick this when the billing system had our receipts before it made the file; they are then no longer taken off as pending.',
  paymentsThrough: 'Payments taken here up to',
  paymentsThroughHint:
    'When the billing system made the file. Copying a file can change its date: correct it if it is wrong.',
  paymentsThroughMissing: 'Enter the date and time up to which payments are in the balances.',
  run: 'Import',
  running: 'Importing',
  cancelled: 'The import was cancelled. Nothing was changed.',
  anotherFile: 'Choose another file',
  changeOptions: 'Change the options',
  resultTitles: {
    imported: 'Imported',
    unchanged: 'Nothing to do: the till has these accounts already',
    refused: 'Nothing was imported',
  },
  nothingClosed:
    'No account was closed: the file is one of saved bad rows, or of some row it is not known which account it is of.',
  refusedAdvice: 'Some rows are bad. Correct them in the file, or import the good rows alone.',
  figures: {
    accounts: 'Accounts in the file',
    items: 'Open items',
    changed: 'Accounts changed',
    bad: 'Bad rows',
  },
  badTitle: 'Bad rows',
  badShown: (shown: number, all: number) => `The first ${shown} of ${all}. The saved file has all of them.`,
  columns: { line: 'Line', column: 'Column', reason: 'Reason', value: 'Value', row: 'Row' },
  saveBad: 'Save the bad rows',
  badFileName: (fileName: string) => `${fileName.replace(/\.[^.]*$/, '')} bad rows.csv`,
  keys: {
    choose: 'Choose a file',
    paymentsThrough: 'Payments taken here up to',
    paymentsThroughHint:
      'When the billing system made the file. Copying a file can change its date: correct it if it is wrong.',
    paymentsThroughMissing: 'Enter the date and time up to which payments are in the balances.',
    run: 'Import',
    cancel: 'Cancel',
    save: 'Save bad rows',
    another: 'Another file',
    back: 'Back',
  },
}

export const FIELD_NAMES: Record<ImportField, string> = {
  number: 'Account number',
  name: 'Name',
  address: 'Address',
  phone: 'Phone',
  status: 'Open or closed',
  cashOnly: 'Cash only',
  credit: 'Credit',
  note: 'Note',
  service: 'Service',
  serviceOrder: 'Order of services',
  penalty: 'Penalty',
  dueDate: 'Due date',
  amount: 'Item amount',
  glAccount: 'GL account',
  balance: 'Account balance',
}

export const PHASE_NAMES: Readonly<Record<string, string>> = {
  checking: 'Checking the file',
  reading: 'Reading rows',
  writing: 'Writing accounts',
  indexing: 'Preparing the search',
}

/** Why a row is not imported. */
export const IMPORT_PROBLEMS: Readonly<Record<ImportReason, string>> = {
  'unreadable-row': 'The row cannot be read: look for a quote that is never closed',
  'wrong-column-count': 'More or fewer cells than the header',
  'missing-number': 'No account number',
  'wrong-number': 'Not an account number',
  'spreadsheet-number': 'A spreadsheet has rewritten the number (1.2E+10)',
  'missing-amount': 'No amount',
  'wrong-money': 'Not an amount of money',
  'negative-credit': 'A credit below zero',
  'missing-due-date': 'No due date',
  'wrong-date': 'Not a date',
  'wrong-status': 'Neither open nor closed',
  'wrong-flag': 'Neither yes nor no',
  'wrong-order': 'Not a whole number',
  'wrong-gl-account': 'Not a GL account',
  'too-long': 'Too long',
  'too-many': 'Too many',
  'too-many-items': 'More open items than one account can have',
  'control-characters': 'Characters that cannot be printed',
  'card-number': 'Looks like a card number',
  'duplicate-item': 'The same item twice',
  'conflicting-account-data': 'Says something else of the account than an earlier row',
  'account-has-bad-row': 'Another row of the same account is bad',
}

/** What is mutated, and which tests have to notice: the folders of a subject, and the tests that are about it. */
export interface Area {
  /** Folders or files. */
  sources: readonly string[]
  /** Folders or files of tests. */
  tests: readonly string[]
}

const RULES = [
  'tests/rules/money',
  'tests/rules/count',
  'tests/rules/deposit-deadline.test.ts',
  'tests/rules/aba.test.ts',
]
const ODD_DAY = 'tests/backend/days/odd-day.test.ts'
const DAYS = [ODD_DAY, 'tests/backend/days/random-days.test.ts']

export const AREAS: Readonly<Record<string, Area>> = {
  money: {
    sources: [
      'shared/money.ts',
      'shared/rules/receipt',
      'shared/rules/account/owed.ts',
      'shared/rules/session',
    ],
    tests: [...RULES, 'tests/rules/posting-state.test.ts'],
  },
  pieces: { sources: ['shared/rules/cash', 'shared/rules/deposit'], tests: RULES },
  explainer: { sources: ['shared/rules/explain'], tests: ['tests/rules/explain'] },
  ledger: { sources: ['db/ledger', 'db/verify', 'db/file'], tests: ['tests/db'] },
  facts: {
    sources: ['shared/ledger'],
    tests: ['tests/db', 'tests/backend/receipt', 'tests/backend/session', ...DAYS],
  },
  commands: {
    sources: ['electron/backend/request'],
    tests: ['tests/backend/runtime', 'tests/backend/receipt', 'tests/backend/session'],
  },
  receipt: {
    sources: ['electron/backend/receipt'],
    tests: [
      'tests/backend/receipt',
      'tests/backend/session/blind-search.test.ts',
      'tests/backend/session/noted-pieces.test.ts',
      'tests/backend/session/session.test.ts',
      'tests/backend/movement.test.ts',
      'tests/transports/http-receipt-operations.test.ts',
      ODD_DAY,
    ],
  },
  session: {
    sources: ['electron/backend/session'],
    tests: [
      'tests/backend/session',
      'tests/backend/receipt/composition.test.ts',
      'tests/backend/receipt/further-tenders.test.ts',
      'tests/backend/movement.test.ts',
      'tests/transports/http-session-operations.test.ts',
      ODD_DAY,
    ],
  },
  movement: {
    sources: ['electron/backend/movement'],
    tests: [
      'tests/backend/movement.test.ts',
      'tests/backend/movement-refusals.test.ts',
      'tests/backend/movement-slips.test.ts',
      ...DAYS,
    ],
  },
  deposit: {
    sources: ['electron/backend/deposit'],
    tests: [
      'tests/backend/custody.test.ts',
      'tests/backend/deposit.test.ts',
      'tests/backend/deposit-make-up.test.ts',
      'tests/backend/deposit-record.test.ts',
      'tests/backend/deposit-refusals.test.ts',
      ...DAYS,
    ],
  },
  posting: { sources: ['central/posting'], tests: ['tests/central'] },
}

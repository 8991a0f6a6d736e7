/** What people, drawers, tenders and bank accounts are called in a report. */
import { personNames } from '../../../db/queries/people.ts'
import { allBankAccounts, allDrawers, tenderNames } from '../../../db/queries/setup.ts'
import type { Reader } from '../../../db/reader.ts'
import type { Tender } from '../../../shared/ledger/facts.ts'
import type { ReportSection } from '../../../shared/report-table.ts'
import { LABELS } from './words.ts'

export interface Naming {
  /** Empty for nobody. */
  person: (personId: string | null) => string
  drawer: (drawerId: string) => string
  tender: (tender: Tender) => string
  bank: (bankAccountId: string | null) => string
}

export function namingOf(reader: Reader): Naming {
  const person = personNames(reader)
  const drawers = new Map(allDrawers(reader).map(drawer => [drawer.drawerId, drawer.name]))
  const banks = new Map(allBankAccounts(reader).map(bank => [bank.bankAccountId, bank.name]))
  return {
    person: personId => (personId === null ? '' : person(personId)),
    drawer: drawerId => drawers.get(drawerId) ?? '',
    tender: tenderNames(reader),
    bank: bankAccountId => (bankAccountId === null ? LABELS.anyBank : (banks.get(bankAccountId) ?? '')),
  }
}

/** What a report is made with besides its rows. */
export interface Making {
  naming: Naming
  timeZone: string
  /** The city's account for cash rounding. */
  roundingGlAccount: string
  /** True for a report of one business date. */
  isOneDay: boolean
  /** UTC milliseconds. */
  nowMs: number
}

/** What a report says of itself; title, days and who made it are the same for all. */
export interface ReportParts {
  sections: ReportSection[]
  notes: string[]
}

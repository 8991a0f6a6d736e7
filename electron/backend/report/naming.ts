/** What people, drawers, tenders and bank accounts are called in a report. */

import type { Reader } from '../../../db/ledger/reader.ts'
import { personNames } from '../../../db/queries/person.ts'
import { allBankAccounts, allDrawers, tenderNames } from '../../../db/queries/setup.ts'
import type { ReportSection } from '../../../shared/rules/report/report-table.ts'
import type { Tender } from '../../../shared/tenders.ts'
import { LABELS } from './labels.ts'

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
export interface ReportContext {
  naming: Naming
  timeZone: string
  /** True for a report of one business date. */
  isOneDay: boolean
  /** UTC milliseconds. */
  nowMs: number
}

/** What a report says of itself; title, days and who made it are the same for all. */
export interface ReportContent {
  sections: ReportSection[]
  notes: string[]
}

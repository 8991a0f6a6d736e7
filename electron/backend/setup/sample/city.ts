/** The sample city: City of Millbrook Utilities, its people, drawers and banks. None of it exists. */

import { namedId } from '../../../../db/accounts/named-id.ts'
import type { BankAccount, Drawer } from '../../../../shared/ledger/setup.ts'
import { cents } from '../../../../shared/money.ts'
import type { Role } from '../../../../shared/roles.ts'
import type { ScanTemplate } from '../../../../shared/rules/account/scan-line.ts'

export interface SamplePerson {
  personId: string
  name: string
  role: Role
  /** Told to everybody in the README, so never good for a till that holds money. */
  pin: string
}

const PEOPLE: readonly (readonly [name: string, role: Role, pin: string])[] = [
  ['M. Alvarez', 'cashier', '4719'],
  ['J. Okonkwo', 'cashier', '8263'],
  ['R. Chen', 'lead', '5391'],
  ['D. Whitfield', 'supervisor', '7046'],
  ['P. Natarajan', 'auditor', '62815'],
  ['S. Kowalski', 'administrator', '904713'],
]

export function samplePeople(): SamplePerson[] {
  return PEOPLE.map(([name, role, pin]) => ({ personId: namedId('person', name), name, role, pin }))
}

export interface SampleCity {
  utilityName: string
  addressLines: string[]
  phone: string
  timeZone: string
  tillCode: string
  receiptTexts: { en: string[]; es: string[] }
  bankAccounts: BankAccount[]
  drawers: Drawer[]
  scanTemplates: ScanTemplate[]
}

/** A bill's line: nine digits of account, ten of amount in cents, a check digit over both. */
const BILL: ScanTemplate = {
  name: 'Millbrook utility bill',
  length: 20,
  account: { start: 0, end: 9 },
  amount: { start: 9, end: 19 },
  checkDigit: { start: 0, end: 19, position: 19, method: 'mod10-double-from-left' },
  accountFormat: '####-#####',
}

const BANKS = [
  ['Utility operating', 'Millbrook National Bank', '111000025', '4400172251'],
  ['Permits and fees', 'Prairie State Bank', '123456780', '7730094418'],
] as const

export function sampleCity(): SampleCity {
  return {
    utilityName: 'City of Millbrook Utilities',
    addressLines: ['221 Mill St', 'Millbrook'],
    phone: '(555) 010-4400',
    timeZone: 'America/Chicago',
    tillCode: 'W1',
    receiptTexts: {
      en: ['Thank you.', 'Payments after 4:30 pm post on the next business day.'],
      es: ['Gracias.', 'Los pagos después de las 4:30 pm se registran el siguiente día hábil.'],
    },
    bankAccounts: BANKS.map(([name, bankName, routingNumber, accountNumber]) => ({
      bankAccountId: namedId('bank-account', name),
      name,
      bankName,
      routingNumber,
      accountNumber,
      active: true,
    })),
    drawers: ['Window 1', 'Window 2', 'Window 3'].map(name => ({
      drawerId: namedId('drawer', name),
      name,
      active: true,
      changeFundCents: cents(20_000),
      limitCents: cents(250_000),
    })),
    scanTemplates: [BILL],
  }
}

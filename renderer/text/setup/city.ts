/** Words for what the city keeps at the billing system and this till could not take over. */
import type { CityNoun, LeftOut, LeftOutCode } from '../../../shared/central/city.ts'

const NOUN_LABELS: Record<CityNoun, string> = {
  catalog: 'Catalog item',
  tenders: 'Tender',
  bankAccounts: 'Bank account',
  policies: 'Policies',
  people: 'Person',
}

const WHY_LABELS: Record<LeftOutCode, string> = {
  TEXT_NOT_ALLOWED: 'holds text that may not be kept. Have it corrected at billing.',
  CODE_TAKEN: 'another item of this till has this code. Give that one another code.',
  PRICE_MISSING: 'its price or percentage is missing. Have it corrected at billing.',
  CASH_IS_NEEDED: 'cash cannot be switched off here. Have it corrected at billing.',
  TENDER_BANKED_BY_ITEM:
    'checks and the like go to the bank, and what goes there is counted one by one. Have it corrected at billing.',
  TENDER_NOT_READY: 'credit on account cannot be taken as a payment yet. Have it corrected at billing.',
  TENDER_KIND_FIXED:
    'this till has a tender of this name that is of another kind. Give it another name at billing.',
  TENDER_IN_USE:
    'a drawer is open, or money of this kind is in the safe or waits for the bank. It is changed after that.',
  NAME_TAKEN: 'this till has another one of this name. Give that one another name.',
  ROUTING_NUMBER_WRONG: 'its routing number is wrong. Have it corrected at billing.',
  BANK_ACCOUNT_IN_USE: 'money waits for this account, or the policies send money to it.',
  UNKNOWN_BANK_ACCOUNT: 'they name a bank account that is not in use here.',
  POLICY_NOT_VALID: 'they do not fit the denominations of this till.',
  TIME_ZONE_UNKNOWN: 'this till’s own time zone is not known. Set it on the City tab.',
  LAST_ADMINISTRATOR: 'nobody else here could administer this till. Give another administrator a PIN.',
  SESSION_OPEN: 'a drawer session is still open. It is changed once that is closed.',
}

/** One line for one thing: what it is, and why it was left as it was. */
export function leftOutLabels({ noun, name, code }: LeftOut): string {
  const what = name === '' ? NOUN_LABELS[noun] : `${NOUN_LABELS[noun]} ${name}`
  return `${what}: ${WHY_LABELS[code]}`
}

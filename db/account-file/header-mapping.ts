/** Which column means what, from the words in the header line. */
import { GATHERED_FIELDS, IMPORT_FIELDS, type ImportField } from '../../shared/rules/account/account-file.ts'
import { type ImportMapping, ImportRefused } from './file-types.ts'

/** Positions of the columns of each field. */
export type ColumnMap = Readonly<Record<ImportField, readonly number[]>>

export interface MappedHeader {
  header: readonly string[]
  columns: ColumnMap
  /** Header texts that nothing was mapped to. */
  unused: string[]
}

/** Header words of billing exports that were seen, without spaces, punctuation and case. */
const SYNONYMS: Readonly<Record<ImportField, readonly string[]>> = {
  number: words('account accountnumber accountno accountnum acct acctno acctnum acctnumber accountid number'),
  name: words('name customer customername accountname accountholder billname billtoname owner fullname'),
  address: words(
    'address serviceaddress siteaddress premise premiseaddress location streetaddress street address1 address2 city state zip zipcode',
  ),
  phone: words(
    'phone phones phonenumber telephone tel mobile cell cellphone phone1 phone2 phone3 homephone workphone',
  ),
  status: words('status accountstatus acctstatus active'),
  cashOnly: words('cashonly nochecks checksrefused cashonlyflag'),
  credit: words('credit creditbalance credits creditamount unappliedcredit'),
  note: words('note notes comment comments remark remarks memo'),
  service: words('service servicetype servicename charge chargetype item itemtype utility'),
  serviceOrder: words('serviceorder priority sequence paymentorder serviceno'),
  penalty: words('penalty ispenalty latefee islatefee penaltyflag'),
  dueDate: words('duedate datedue due billduedate paymentdue'),
  amount: words('amount amountdue openamount open itemamount itembalance amountopen outstanding'),
  glAccount: words('gl glaccount glcode glno ledgeraccount generalledger'),
  balance: words('balance accountbalance currentbalance totaldue totalbalance balancedue amountowed'),
}

function words(list: string): string[] {
  return list.split(' ')
}

function plain(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
}

/**
 * Maps a header line as `guessHeader` does and refuses (`ImportRefused`) what cannot be imported by it: a
 * file without a column for the number or for money.
 */
export function mapHeader(cells: readonly string[], override: ImportMapping = {}): MappedHeader {
  const mapped = guessHeader(cells, override)
  const { header, columns } = mapped
  if (columns.number.length === 0) throw new ImportRefused('no-number-column', header.join(', '))
  if (columns.amount.length + columns.balance.length === 0) {
    throw new ImportRefused('no-money-column', header.join(', '))
  }
  return mapped
}

/**
 * Maps a header line, then lets `override` decide for the fields that it names; an empty override takes a
 * field's column away. Columns that nothing was found for stay empty, to be chosen by hand. Refuses
 * (`ImportRefused`) a header with the same text twice and an override that names no column.
 */
export function guessHeader(cells: readonly string[], override: ImportMapping = {}): MappedHeader {
  const header = cells.map(cell => cell.trim())
  const filled = header.filter(text => text !== '')
  const met = new Set<string>()
  const repeated = filled.find(text => met.size === met.add(text).size)
  if (repeated !== undefined) throw new ImportRefused('repeated-header', repeated)
  const claimed = new Set(IMPORT_FIELDS.flatMap(field => named(override[field])))
  const entries = IMPORT_FIELDS.map(field => {
    const given = override[field]
    const columns =
      given === undefined ? guess(header, field, claimed) : named(given).map(text => find(header, text))
    return [field, columns] as const
  })
  const columns = Object.fromEntries(entries) as Record<ImportField, number[]>
  const used = new Set(Object.values(columns).flat())
  return { header, columns, unused: header.filter((text, at) => text !== '' && !used.has(at)) }
}

function named(given: string | readonly string[] | undefined): readonly string[] {
  const list = typeof given === 'string' ? [given] : (given ?? [])
  return list.map(text => text.trim()).filter(text => text !== '')
}

function find(header: readonly string[], text: string): number {
  const at = header.indexOf(text)
  if (at < 0) throw new ImportRefused('unknown-column', text)
  return at
}

/** Columns by their words, the better word first; a column that an override claims is left to it. */
function guess(header: readonly string[], field: ImportField, claimed: ReadonlySet<string>): number[] {
  const free = header.map(text => (claimed.has(text) ? '' : plain(text)))
  const found = SYNONYMS[field].map(word => free.indexOf(word)).filter(at => at >= 0)
  if (GATHERED_FIELDS.has(field)) return found.sort((a, b) => a - b)
  return found.slice(0, 1)
}

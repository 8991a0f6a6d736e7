/** What a city sets at central by command line: names, and what each may be. */
import type { CentralDb, CentralTx } from '../../db/central/connection.ts'
import { inTransaction } from '../../db/central/open.ts'
import type { CitySettingRow } from '../../db/central/schema.ts'
import { glAccountField, nameField } from '../../shared/fields.ts'
import { centralAddress } from '../../shared/rules/sync/central-address.ts'
import { setCitySetting } from './city.ts'

type Name = CitySettingRow['name']

/** Before the id of a bank account that has a GL account of its own. */
export const ONE_BANK = 'bankGlAccount/'

/** Every setting by its name. */
export async function readCitySettings(tx: CentralTx): Promise<Map<Name, string>> {
  const rows = await tx.query.selectFrom('city_setting').select(['name', 'value']).orderBy('name').execute()
  return new Map(rows.map(row => [row.name, row.value]))
}

export const SETTING_WORDS = `utilityName            the name that tills show when they enrol
suspenseGlAccount      where money is booked that has no home yet
bankGlAccount          where money is booked once a bank has credited it
bankGlAccount/ID       the same for one bank account, by its id
address                by which tills reach this central, where what stands before it asks it by another name`

/** Sets one; null where it is set, else why it is not, in words. */
export async function changeCitySetting(db: CentralDb, name: string, value: string): Promise<string | null> {
  if (!isName(name)) return `There is no setting ${name}. There are:\n${SETTING_WORDS}`
  const field = name === 'utilityName' ? nameField : glAccountField
  const isFit = name === 'address' ? centralAddress(value) === value : field.safeParse(value).success
  if (!isFit) return `${name} cannot be '${value}'`
  await setCitySetting(db, name, value)
  return null
}

export function citySettings(db: CentralDb): Promise<Map<Name, string>> {
  return inTransaction(db, readCitySettings, { snapshot: true })
}

const isName = (name: string): name is Name =>
  ['utilityName', 'suspenseGlAccount', 'bankGlAccount', 'address'].includes(name) ||
  (name.startsWith(ONE_BANK) && /^[0-9a-f-]{36}$/.test(name.slice(ONE_BANK.length)))

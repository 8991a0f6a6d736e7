/** What a till has of the things that a city keeps at central for all of its tills. */

import type { City } from '../../shared/central/protocol.ts'
import { policiesOf } from '../../shared/settings/index.ts'
import type { Reader } from '../ledger/reader.ts'
import { allPeople } from './person.ts'
import { allBankAccounts, allCatalogItems, allTenderTypes, settingsOf } from './setup.ts'

/** Undefined before the first run. Nothing of PINs is in it. */
export function cityOf(reader: Reader): Omit<City, 'version'> | undefined {
  const settings = settingsOf(reader)
  return (
    settings && {
      catalog: allCatalogItems(reader),
      tenders: allTenderTypes(reader),
      bankAccounts: allBankAccounts(reader),
      policies: policiesOf(settings),
      people: allPeople(reader).map(({ personId, name, role, active }) => ({ personId, name, role, active })),
    }
  )
}

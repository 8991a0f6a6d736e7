/** What a till has of the things that a city keeps at central for all of its tills. */
import type { City } from '../../shared/central/protocol.ts'
import type { Reader } from '../reader.ts'
import { allPeople } from './people.ts'
import { allBankAccounts, allCatalogItems, allTenderTypes, settingsOf } from './setup.ts'

/** Undefined before the first run. Nothing of PINs is in it. */
export function cityOf(reader: Reader): Omit<City, 'version'> | undefined {
  const settings = settingsOf(reader)
  return (
    settings && {
      catalog: allCatalogItems(reader),
      tenders: allTenderTypes(reader),
      bankAccounts: allBankAccounts(reader),
      drawerControl: settings.drawerControl,
      people: allPeople(reader).map(({ personId, name, role, active }) => ({ personId, name, role, active })),
    }
  )
}

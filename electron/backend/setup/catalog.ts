import { allCatalogItems } from '../../../db/queries/setup.ts'
import { write } from '../request/commands.ts'
import { os } from '../request/guard.ts'
import { refuseStale } from '../request/saving.ts'
import { catalogItemToSave } from '../request/setup-checks.ts'

export const catalog = os.setup.catalog.handler(({ context }) =>
  allCatalogItems(context.backend.ledger.reader),
)

export const saveCatalogItem = os.setup.saveCatalogItem.handler(
  write({
    decide({ tx, input: { before, item }, errors, backend }) {
      const { catalogItemId } = item
      if (backend.keptAtCentral('catalog', catalogItemId)) throw errors.KEPT_AT_CENTRAL()
      refuseStale(
        before,
        allCatalogItems(tx).find(one => one.catalogItemId === catalogItemId),
      )
      tx.append('catalog.saved', catalogItemToSave(tx, item))
    },
    answer: () => ({}),
  }),
)

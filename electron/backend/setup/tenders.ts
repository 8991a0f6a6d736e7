import { allTenderTypes } from '../../../db/queries/setup.ts'
import { tenderKeyFor } from '../../../shared/rules/setup/tender-key.ts'
import { standardTenders, type TenderType } from '../../../shared/tenders.ts'
import type { Backend } from '../backend.ts'
import { TILL_ACTOR } from '../request/actors.ts'
import { looksAlike } from '../request/alike.ts'
import { write } from '../request/commands.ts'
import { os } from '../request/guard.ts'
import { ownCommand } from '../request/pins.ts'
import { refuseStale } from '../request/saving.ts'
import { tenderToSave } from '../request/setup-checks.ts'

export const tenders = os.setup.tenders.handler(({ context }) =>
  allTenderTypes(context.backend.ledger.reader),
)

export const saveTender = os.setup.saveTender.handler(
  write({
    decide({ tx, input: { before, tender }, errors, backend }) {
      if (backend.keptAtCentral('tenders', tender.tender)) throw errors.KEPT_AT_CENTRAL()
      const now = allTenderTypes(tx).find(type => type.tender === tender.tender)
      // Its key is made of its name: whoever adds one under a key that is there has named two payments alike.
      if (before === null && now) throw errors.NAME_TAKEN()
      refuseStale(before, now)
      tx.append('tender.saved', tenderToSave(tx, tender))
    },
    answer: () => ({}),
  }),
)

/** The same under a key and a name that the city has not given to something else. */
export function withFreeName(type: TenderType, known: readonly TenderType[]): TenderType {
  const isTaken = (name: string) => known.some(other => looksAlike(other.name, name))
  const names = [
    type.name,
    ...known.map((_, at) => `${type.name} (${type.kind}${at === 0 ? '' : ` ${at + 1}`})`),
  ]
  // There are as many names to try as there are types to have taken one, and one more.
  const name =
    [...names, `${type.name} (${type.kind} ${known.length + 1})`].find(one => !isTaken(one)) ?? type.name
  const isKeyTaken = known.some(({ tender }) => tender === type.tender)
  return { ...type, name, tender: isKeyTaken ? tenderKeyFor(name, known) : type.tender }
}

/** States at start a type of each kind that this program knows and the city has none of, switched off: an administrator may want it. */
export function catchUpTenders(backend: Backend): void {
  const { reader } = backend.ledger
  const kinds = new Set(allTenderTypes(reader).map(type => type.kind))
  const missing = standardTenders().filter(type => !kinds.has(type.kind))
  if (kinds.size === 0 || missing.length === 0) return
  ownCommand(backend, TILL_ACTOR, 'setup.catchUpTenders', tx => {
    for (const type of missing)
      tx.append(
        'tender.saved',
        tenderToSave(tx, { ...withFreeName(type, allTenderTypes(tx)), active: false }),
      )
  })
}

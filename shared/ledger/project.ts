/** What a fact does to the tables: a pure function of the fact alone, run at the till, in `verify` and at central. */
import type { RowChange } from './change.ts'
import type { Fact, FactKind } from './facts.ts'
import { projectDeposit } from './project-deposit.ts'
import { projectDrawer } from './project-drawer.ts'
import { projectMovement } from './project-movement.ts'
import { projectReceipt } from './project-receipt.ts'
import { projectSetup } from './project-setup.ts'

type Projections = { [K in FactKind]: (fact: Fact<K>) => RowChange[] }

const PROJECTIONS: Projections = {
  ...projectSetup,
  ...projectDrawer,
  ...projectMovement,
  ...projectReceipt,
  ...projectDeposit,
}

/** The row changes that one fact makes, in the order in which they must be applied. */
export function project<K extends FactKind>(fact: Fact<K>): RowChange[] {
  return PROJECTIONS[fact.kind](fact)
}

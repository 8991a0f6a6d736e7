import type { Contract } from '../../../shared/contract/index.ts'
import type { NounScenarios } from '../scenario.ts'
import { account } from './account.ts'
import { basket } from './basket.ts'
import { deposit } from './deposit.ts'
import { movement } from './movement.ts'
import { person } from './person.ts'
import { receipt } from './receipt.ts'
import { report } from './report.ts'
import { safe } from './safe.ts'
import { session } from './session/session.ts'
import { setup } from './setup.ts'
import { sync } from './sync.ts'
import { till } from './till.ts'

/** Every operation of the contract. */
export const scenarios: { [N in keyof Contract]: NounScenarios<N> } = {
  account,
  basket,
  deposit,
  movement,
  person,
  receipt,
  report,
  safe,
  session,
  setup,
  sync,
  till,
}

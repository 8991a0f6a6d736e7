/** Everything that a screen may ask of the till. One contract, two doors. */
import type { ContractRouterClient } from '@orpc/contract'
import { account } from './account.ts'
import { basket } from './basket.ts'
import { deposit } from './deposit.ts'
import { drawer } from './drawer.ts'
import { movement } from './movement.ts'
import { person } from './person.ts'
import { receipt } from './receipt.ts'
import { report } from './report.ts'
import { safe } from './safe.ts'
import { session } from './session.ts'
import { setup } from './setup.ts'
import { sync } from './sync.ts'
import { till } from './till.ts'

export const contract = {
  account,
  basket,
  deposit,
  drawer,
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
export type Contract = typeof contract
export type TillClient = ContractRouterClient<Contract>

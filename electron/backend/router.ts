/** The contract, implemented. Both transports serve this and nothing else. */
import { account } from './account/index.ts'
import { basket } from './basket/index.ts'
import { deposit } from './deposit/index.ts'
import { movement } from './movement/index.ts'
import { person } from './person/index.ts'
import { receipt } from './receipt/index.ts'
import { report } from './report/index.ts'
import { base } from './request/guard.ts'
import { safe } from './safe/index.ts'
import { session } from './session/index.ts'
import { setup } from './setup/index.ts'
import { sync } from './sync/index.ts'
import { till } from './till/index.ts'

export const router = base.router({
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
})
export type Router = typeof router

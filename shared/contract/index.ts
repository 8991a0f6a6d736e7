/** Everything that a screen may ask of the till. One contract, two transports. */
import type { ContractRouterClient } from '@orpc/contract'
import type { Noun } from '../nouns.ts'
import { account } from './account.ts'
import { basket } from './basket.ts'
import { deposit } from './deposit.ts'
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

/** Compiles only while the nouns that the ledger speaks of are those of the contract, each and no other. */
const NOUNS_OF_CONTRACT: Record<Noun, unknown> & Record<keyof Contract, unknown> = contract
export type NounOfContract = keyof typeof NOUNS_OF_CONTRACT & Noun
export type TillClient = ContractRouterClient<Contract>

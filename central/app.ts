/** Central's HTTP API without a socket. */
import type { Logger } from 'pino'
import type { CentralDb } from '../db/central/open.ts'

export interface AppLimits {
  packedBytes: number
  bodyBytes: number
}

export interface AppParts {
  db: CentralDb
  /** UTC milliseconds. */
  clock: () => number
  log: Logger
  limits?: AppLimits
}

export interface CentralApp {
  fetch(request: Request): Promise<Response>
}

export function makeApp(_parts: AppParts): CentralApp {
  throw new Error('In work')
}

import { readSteps } from '../file/steps.ts'

/** The ledger's schema, step by step. */
export const ledgerSteps = (): string[] => readSteps(new URL('./ledger-steps/', import.meta.url))

/** What a start of central is told: by options of the command line, else by the environment. */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { CentralDb } from '../db/central/connection.ts'
import { openDemonstration, openPostgres } from '../db/central/open.ts'
import { LedgerUnavailable, ledgerProblemOf } from '../db/file/problem.ts'
import { isTimeZone } from '../shared/time.ts'
import { isClockTime, type WatchedAccounts } from './accounts/watched-accounts.ts'
import { type CarrierOptions, USUAL_PAYMENT_TIME } from './carrier/carrier-settings.ts'
import { USUAL_ACK_TEMPLATE, USUAL_TEMPLATE } from './carrier/template/template-file.ts'

export interface CentralSettings {
  host: string
  port: number
  tls: { certificate: string; key: string } | undefined
  databaseUrl: string | undefined
  /** Folder of the demonstration's database. */
  dataDir: string
  /** The file of central's own key; all programs of one database share it. */
  signingKey: string
  /** Where the billing system puts its files of accounts; nothing is watched without it. */
  accounts: Omit<WatchedAccounts, 'db' | 'clock' | 'log'> | undefined
  carrier: CarrierOptions
}

export const USUAL_PORT = 8_480
/** One place, from wherever the program is called: a key that is made anew would be another central's to every till. */
const USUAL_DATA = fileURLToPath(new URL('../central-data', import.meta.url))

/** Refuses (Error) options that are not known, a port that is none, and half a certificate. */
export function centralSettings(args: readonly string[], env: NodeJS.ProcessEnv): CentralSettings {
  const { values } = parseArgs({
    args: [...args],
    options: {
      host: { type: 'string', default: env.TILLPROOF_CENTRAL_HOST ?? '127.0.0.1' },
      port: { type: 'string', default: env.TILLPROOF_CENTRAL_PORT ?? `${USUAL_PORT}` },
      'tls-certificate': { type: 'string', default: env.TILLPROOF_CENTRAL_CERTIFICATE ?? '' },
      'tls-key': { type: 'string', default: env.TILLPROOF_CENTRAL_KEY ?? '' },
      database: { type: 'string', default: env.DATABASE_URL ?? '' },
      data: { type: 'string', default: env.TILLPROOF_CENTRAL_DATA ?? USUAL_DATA },
      'signing-key': { type: 'string', default: env.TILLPROOF_CENTRAL_SIGNING_KEY ?? '' },
      'accounts-in': { type: 'string', default: env.TILLPROOF_CENTRAL_ACCOUNTS_IN ?? '' },
      'accounts-missing': { type: 'string', default: env.TILLPROOF_CENTRAL_ACCOUNTS_MISSING ?? 'keep' },
      'accounts-payments-through': {
        type: 'string',
        default: env.TILLPROOF_CENTRAL_ACCOUNTS_PAYMENTS_THROUGH ?? '',
      },
      'accounts-gl-account': { type: 'string', default: env.TILLPROOF_CENTRAL_ACCOUNTS_GL_ACCOUNT ?? '' },
      'time-zone': { type: 'string', default: env.TILLPROOF_CENTRAL_TIME_ZONE ?? '' },
      'payment-out': { type: 'string', default: env.TILLPROOF_CENTRAL_PAYMENT_OUT ?? '' },
      'payment-at': { type: 'string', default: env.TILLPROOF_CENTRAL_PAYMENT_AT ?? USUAL_PAYMENT_TIME },
      'payment-template': {
        type: 'string',
        default: env.TILLPROOF_CENTRAL_PAYMENT_TEMPLATE ?? USUAL_TEMPLATE,
      },
      'ack-in': { type: 'string', default: env.TILLPROOF_CENTRAL_ACK_IN ?? '' },
      'ack-template': { type: 'string', default: env.TILLPROOF_CENTRAL_ACK_TEMPLATE ?? USUAL_ACK_TEMPLATE },
    },
  })
  if (!/^\d{1,5}$/.test(values.port)) throw new Error(`${values.port} is not a port`)
  const certificate = values['tls-certificate']
  const key = values['tls-key']
  if ((certificate === '') !== (key === '')) throw new Error('TLS needs both a certificate and its key')
  return {
    host: values.host,
    port: Number.parseInt(values.port, 10),
    tls: certificate === '' ? undefined : { certificate, key },
    databaseUrl: values.database === '' ? undefined : values.database,
    dataDir: values.data,
    signingKey: values['signing-key'] || join(values.data, 'signing.key'),
    accounts: watchedAccounts(values),
    carrier: {
      paymentOut: values['payment-out'],
      paymentAt: values['payment-at'],
      paymentTemplate: values['payment-template'],
      ackIn: values['ack-in'],
      ackTemplate: values['ack-template'],
    },
  }
}

interface AccountsOptions {
  'accounts-in': string
  'accounts-missing': string
  'accounts-payments-through': string
  'accounts-gl-account': string
  'time-zone': string
}

function watchedAccounts(values: AccountsOptions): CentralSettings['accounts'] {
  const { 'accounts-missing': missing, 'accounts-payments-through': time, 'time-zone': timeZone } = values
  if (missing !== 'keep' && missing !== 'close') throw new Error('--accounts-missing is keep or close')
  if (time !== '' && !isClockTime(time)) throw new Error(`${time} is no time of day, like 18:00`)
  if (timeZone !== '' && !isTimeZone(timeZone)) throw new Error(`${timeZone} is no place's time zone`)
  if (values['accounts-in'] === '') return undefined
  return {
    dir: values['accounts-in'],
    missing,
    paymentsThrough: time || undefined,
    defaultGlAccount: values['accounts-gl-account'] || undefined,
    timeZone: timeZone || undefined,
  }
}

/**
 * PostgreSQL where an address is given, else the demonstration's own. Refuses (Error) a demonstration that another
 * program has open.
 */
export async function openCentral(
  { databaseUrl, dataDir }: Pick<CentralSettings, 'databaseUrl' | 'dataDir'>,
  { nowMs, onLost }: { nowMs: number; onLost: (error: Error) => void },
): Promise<CentralDb> {
  if (databaseUrl !== undefined) return openPostgres(databaseUrl, { onLost })
  try {
    return await openDemonstration(dataDir, nowMs)
  } catch (error) {
    const problem = ledgerProblemOf(error)
    if (problem === undefined) throw error
    if (error instanceof LedgerUnavailable && problem === 'in-use')
      throw new Error(inUseLabels(dataDir, error), { cause: error })
    const why = error instanceof LedgerUnavailable ? error.detail : String(error)
    throw new Error(`The folder ${dataDir} cannot be used (${problem}): ${why}`, { cause: error })
  }
}

function inUseLabels(dataDir: string, { holder }: LedgerUnavailable): string {
  const who = holder ? `process ${holder.processId}` : 'another program'
  return `The demonstration in ${dataDir} is open in ${who}, and takes one program at a time.
Stop that one first (Ctrl+C), do this, and start it again. With PostgreSQL (DATABASE_URL) both run at once.`
}

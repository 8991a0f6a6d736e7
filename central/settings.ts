/** What a start of central is told: by options of the command line, else by the environment. */
import { parseArgs } from 'node:util'
import { type CentralDb, openDemonstration, openPostgres } from '../db/central/open.ts'

export interface CentralSettings {
  host: string
  port: number
  tls: { certificate: string; key: string } | undefined
  databaseUrl: string | undefined
  /** Folder of the demonstration's database. */
  dataDir: string
}

export const USUAL_PORT = 8_480

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
      data: { type: 'string', default: env.TILLPROOF_CENTRAL_DATA ?? './central-data' },
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
  }
}

/** PostgreSQL where an address is given, else the demonstration's own. */
export function openCentral(
  { databaseUrl, dataDir }: Pick<CentralSettings, 'databaseUrl' | 'dataDir'>,
  { nowMs, onLost }: { nowMs: number; onLost: (error: Error) => void },
): Promise<CentralDb> {
  return databaseUrl === undefined ? openDemonstration(dataDir, nowMs) : openPostgres(databaseUrl, { onLost })
}

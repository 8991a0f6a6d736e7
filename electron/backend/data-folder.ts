import { homedir } from 'node:os'
import { join } from 'node:path'

/** Where a till keeps its data when nobody says otherwise: the platform's own place for it. */
export function defaultDataDir(env: NodeJS.ProcessEnv = process.env, platform = process.platform): string {
  if (platform === 'win32') return join(env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'Tillproof')
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Tillproof')
  return join(env.XDG_DATA_HOME ?? join(homedir(), '.local', 'share'), 'tillproof')
}

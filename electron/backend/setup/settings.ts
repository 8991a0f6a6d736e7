import { settingsNow } from '../../../db/queries/setup.ts'
import { type Settings, settingValues } from '../../../shared/settings/index.ts'
import { write } from '../request/commands.ts'
import { os } from '../request/guard.ts'
import { refused } from '../request/saving.ts'
import { settingsToSave } from '../request/setup-checks.ts'

export const settings = os.setup.settings.handler(({ context }) => settingsNow(context.backend.ledger.reader))

/**
 * The settings in force with what somebody changed from `before`, and with nothing else of what they had before them.
 * Refuses CHANGED_MEANWHILE where one of these was changed by somebody else.
 */
function changedFrom(
  now: Settings,
  { before, settings }: { before: Settings; settings: Settings },
): Settings {
  const changed = new Set(settingValues(settings, before).map(({ name }) => name))
  if (settingValues(now, before).some(({ name }) => changed.has(name))) throw refused('CHANGED_MEANWHILE')
  const own = Object.entries(settings).filter(([name]) => changed.has(name))
  return { ...now, ...Object.fromEntries(own) }
}

export const saveSettings = os.setup.saveSettings.handler(
  write({
    decide({ tx, input, errors, settings: now, backend }) {
      const checked = settingsToSave(tx, changedFrom(now, input))
      const values = settingValues(checked, now)
      if (values.some(({ name }) => backend.keptAtCentral('policies', name))) throw errors.KEPT_AT_CENTRAL()
      if (values.length > 0) tx.append('settings.saved', { values })
    },
    answer: () => ({}),
  }),
)

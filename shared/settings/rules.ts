/** How payments are taken, where the differences go, and how long a screen and a session stay open. */
import { choiceSetting, countSetting, glSetting } from './setting.ts'

export const ruleSettings = {
  overpay: choiceSetting('credit', {
    label: 'Paying more than is owed',
    choices: { credit: 'becomes a credit', refuse: 'is refused' },
  }),
  rounding: choiceSetting('off', {
    label: 'Cash rounding',
    choices: {
      off: 'off',
      'nearest-five': 'to the nearest five cents',
      down: 'down to five cents',
      up: 'up to five cents',
    },
  }),
  creditGlAccount: glSetting('creditGlAccount', '500-2110', 'GL account of credits'),
  overShortGlAccount: glSetting('overShortGlAccount', '100-4990', 'GL account of over and short'),
  roundingGlAccount: glSetting('roundingGlAccount', '100-4991', 'GL account of rounding'),
  idleLockMinutes: countSetting(
    10,
    { least: 1, most: 240 },
    { label: 'Lock after idle minutes', problem: 'Enter 1 to 240 minutes.' },
  ),
  maxSessionHours: countSetting(
    24,
    { least: 1, most: 72 },
    { label: 'Longest session, hours', problem: 'Enter 1 to 72 hours.' },
  ),
}

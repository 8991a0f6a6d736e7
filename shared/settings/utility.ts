/** Whose receipts they are, and whose days. */
import { z } from 'zod'
import { nameField, shortTextField } from '../fields.ts'
import { nameSetting, setting, type Tidy } from './setting.ts'

/** Lines of text without the empty ones, each of up to 80 characters. */
export const tidyLines = (name: string, lines: readonly string[], tidy: Tidy): string[] =>
  lines.map(line => tidy(name, line, { maxLength: 80 })).filter(line => line !== '')

export const utilitySettings = {
  utilityName: nameSetting('utilityName', {
    field: nameField,
    label: 'Name of the utility',
    problem: 'Enter the name of the utility.',
  }),
  addressLines: setting({
    said: { label: 'Address', say: (lines: readonly string[]) => lines.join(', ') },
    field: z.array(shortTextField).max(4),
    standard: [],
    tidy: (lines, tidy) => tidyLines('addressLines', lines, tidy),
  }),
  phone: setting({
    field: shortTextField,
    standard: '',
    ask: {
      label: 'Phone',
      input: 'text',
      maxLength: 80,
      write: value => value,
      read: text => text.trim(),
      problem: '',
    },
    tidy: (phone, tidy) => tidy('phone', phone, { maxLength: 80 }),
  }),
  timeZone: setting({
    field: z.string().min(1).max(60),
    standard: 'America/New_York',
    said: { label: 'Time zone', say: zone => zone },
  }),
}

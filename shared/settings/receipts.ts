/** What a receipt says at its foot, and where printed pages go. */
import { z } from 'zod'
import { shortTextField } from '../fields.ts'
import { choiceSetting, setting } from './setting.ts'
import { tidyLines } from './utility.ts'

export const PRINTER_MODES = ['folder', 'queue'] as const

const quoted = (lines: readonly string[]): string => lines.map(line => `“${line}”`).join(' ') || 'none'

export const receiptSettings = {
  /** Lines at the foot of a receipt; both languages are printed when both are given. */
  receiptTexts: setting({
    said: {
      label: 'Receipt text',
      say: ({ en, es }) => [`English ${quoted(en)}`, `Spanish ${quoted(es)}`].join(', '),
    },
    field: z.strictObject({
      en: z.array(shortTextField).max(6),
      es: z.array(shortTextField).max(6),
    }),
    standard: { en: ['Thank you.'], es: ['Gracias.'] },
    tidy: ({ en, es }, tidy) => ({
      en: tidyLines('receiptTexts', en, tidy),
      es: tidyLines('receiptTexts', es, tidy),
    }),
  }),
  receiptPaper: choiceSetting('80mm', {
    label: 'Receipt paper',
    choices: { '80mm': '80 mm roll', letter: 'US letter' },
  }),
  /** Where printed pages go: a folder of PDF files, or the system's print queue of this name. */
  printer: setting({
    said: {
      label: 'Printed papers go to',
      say: ({ mode, queue }) => (mode === 'folder' ? 'a folder of PDF files' : `the print queue ${queue}`),
    },
    field: z.strictObject({ mode: z.enum(PRINTER_MODES), queue: shortTextField }),
    standard: { mode: 'folder', queue: '' },
    tidy: (printer, tidy) => ({ ...printer, queue: tidy('queue', printer.queue, { maxLength: 80 }) }),
  }),
}

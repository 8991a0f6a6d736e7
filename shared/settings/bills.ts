/** The lines that a scanner reads off a bill. */
import { z } from 'zod'
import { nameField } from '../fields.ts'
import { type ScanTemplate, templateFault } from '../rules/account/scan-line.ts'
import { setting } from './setting.ts'

const digitRange = z.strictObject({ start: z.int().min(0).max(200), end: z.int().min(0).max(200) })

const templateParts = z.strictObject({
  name: nameField,
  length: z.int().min(4).max(200),
  account: digitRange,
  amount: digitRange.exactOptional(),
  checkDigit: z.strictObject({
    position: z.int().min(0).max(200),
    start: z.int().min(0).max(200),
    end: z.int().min(0).max(200),
    method: z.enum(['mod10-double-from-left', 'mod10-weights', 'weighted-remainder']),
    weights: z.array(z.int().min(-99).max(99)).max(100).exactOptional(),
    modulus: z.int().min(2).exactOptional(),
  }),
  accountFormat: z.string().max(40).exactOptional(),
})

/** Only what can read a line: a template that fails at every bill would take the find box with it. */
export const scanTemplateField = templateParts.refine(
  template => templateFault(template) === null,
  'Not a layout that can read a line',
)

const places = ({ start, end }: { start: number; end: number }): string => `${start + 1} to ${end}`

function sayTemplate({ name, length, account, amount, checkDigit, accountFormat }: ScanTemplate): string {
  const { position, method, weights = [], modulus } = checkDigit
  return [
    `${name} of ${length} digits`,
    `account ${places(account)}${accountFormat === undefined ? '' : ` as ${accountFormat}`}`,
    amount === undefined ? 'no amount' : `amount ${places(amount)}`,
    `check digit ${position + 1} over ${places(checkDigit)} by ${method}`,
    ...(weights.length === 0 ? [] : [`weights ${weights.join(' ')}`]),
    ...(modulus === undefined ? [] : [`divided by ${modulus}`]),
  ].join(', ')
}

export const billSettings = {
  scanTemplates: setting<ScanTemplate[]>({
    said: { label: 'Bills that can be scanned', say: templates => templates.map(sayTemplate).join('; ') },
    field: z.array(scanTemplateField).max(20),
    standard: [],
    tidy: (templates, tidy) =>
      templates.map(({ name, accountFormat, ...template }) => ({
        ...template,
        name: tidy('name', name, { maxLength: 80, required: true }),
        ...(accountFormat === undefined
          ? {}
          : { accountFormat: tidy('accountFormat', accountFormat, { maxLength: 40 }) }),
      })),
  }),
}

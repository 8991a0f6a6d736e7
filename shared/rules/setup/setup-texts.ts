/** The texts of what a city sets up, with their limits. */
import type { TextLimits } from '../text/free-text.ts'

const NAME: TextLimits = { maxLength: 80, required: true }
const GL_ACCOUNT: TextLimits = { maxLength: 40, required: true }

/** Texts by the field that they stand in, with their limits. */
export const CATALOG_TEXTS = {
  code: { maxLength: 20, required: true },
  name: NAME,
  unitLabel: { maxLength: 80 },
  glAccount: GL_ACCOUNT,
  referenceLabel: NAME,
} as const
export const TENDER_TEXTS = { name: NAME, nameEs: { maxLength: 80 }, glAccount: GL_ACCOUNT } as const
export const BANK_TEXTS = { name: NAME, bankName: NAME } as const
export const PERSON_TEXTS = { name: NAME } as const
export const CATEGORY_TEXTS = { name: NAME, glAccount: GL_ACCOUNT } as const
export const RULE_TEXTS = { glPrefix: GL_ACCOUNT } as const

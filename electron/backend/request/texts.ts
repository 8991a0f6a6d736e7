import { ORPCError } from '@orpc/contract'
import { checkText } from '../../../shared/rules/text/free-text.ts'

/**
 * Text as it may be kept: trimmed and composed. Refuses control characters, card numbers, and what is too long
 * or missing, naming the field.
 */
export function normalizedText(
  field: string,
  text: string,
  limits: { maxLength: number; required?: boolean },
): string {
  const checked = checkText(text, limits)
  if (checked.ok) return checked.text
  throw new ORPCError('TEXT_NOT_ALLOWED', {
    status: 422,
    data: { field, reason: checked.reason },
    defined: true,
  })
}

/** A template by its name, if it is one that comes with central, else by the file that the city wrote. */
import { readFileSync } from 'node:fs'
import { own } from '../../../shared/own.ts'
import { type AckTemplate, BUILT_IN_ACK, parseAckTemplate } from '../acknowledgement.ts'
import { CarrierRefusal } from '../refusal.ts'
import { BUILT_IN_TEMPLATES } from './built-in-templates.ts'
import { parseTemplate } from './parse-template.ts'
import type { ParsedTemplate, PaymentTemplate } from './template.ts'

export const USUAL_TEMPLATE = 'fixed'
export const USUAL_ACK_TEMPLATE = 'csv'

/** Refuses (CarrierRefusal) a template that cannot be used, with everything that is wrong with it. */
export function paymentTemplate(name: string): PaymentTemplate {
  return own(BUILT_IN_TEMPLATES, name) ?? fromFile(name, parseTemplate)
}

/** Refuses (CarrierRefusal) as the other. */
export function ackTemplate(name: string): AckTemplate {
  return name === USUAL_ACK_TEMPLATE ? BUILT_IN_ACK : fromFile(name, parseAckTemplate)
}

function fromFile<T>(file: string, read: (json: string) => ParsedTemplate<T>): T {
  const parsed = read(textOf(file))
  if (parsed.ok) return parsed.template
  throw new CarrierRefusal([`The template ${file} cannot be used:`, ...parsed.problems].join('\n'))
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const why = error instanceof Error ? error.message : ''
    throw new CarrierRefusal(
      `There is no template ${file}: give a file, or ${Object.keys(BUILT_IN_TEMPLATES).join(' or ')}. ${why}`,
    )
  }
}

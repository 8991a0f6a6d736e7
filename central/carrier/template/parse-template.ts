import { type ParsedTemplate, type PaymentTemplate, readJson, templateField } from './template.ts'
import { templateFaults } from './template-faults.ts'

/** Reads a template; refuses one that could not be read by anybody, or not be checked, with every reason in words. */
export function parseTemplate(json: string): ParsedTemplate<PaymentTemplate> {
  const read = readJson(json, templateField)
  if (!read.ok) return read
  const problems = templateFaults(read.template)
  return problems.length > 0 ? { ok: false, problems } : read
}

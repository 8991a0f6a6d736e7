/** The wizard as it is kept over a reload: everything that was typed but the PIN. */
import { type SetupForm, STEPS } from './setup-form.ts'

export interface KeptSetup {
  form: SetupForm
  /** The step that is shown; null before the wizard was begun. */
  at: number | null
}

/** The text to keep. A PIN is never written down, so it is asked again after a reload. */
export function writeKept({ form, at }: KeptSetup): string {
  const administrator = { ...form.administrator, pin: '', pinAgain: '' }
  return JSON.stringify({ at, form: { ...form, administrator } })
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Whether every part of `wanted` is there and of the same kind; each entry of a list is like its first. */
function isLike(value: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted))
    return Array.isArray(value) && value.length > 0 && value.every(entry => isLike(entry, wanted[0]))
  if (!isRecord(wanted)) return typeof value === typeof wanted
  return isRecord(value) && Object.entries(wanted).every(([name, part]) => isLike(value[name], part))
}

function isForm(value: unknown, begun: SetupForm): value is SetupForm {
  return isLike(value, begun)
}

/**
 * What was kept, or null where nothing was, or where another version of the program kept something else.
 * `begun` is the wizard as this version begins it.
 */
export function readKept(text: string | null, begun: SetupForm): KeptSetup | null {
  const kept = parsed(text)
  if (!isRecord(kept)) return null
  const { form, at } = kept
  if (!isForm(form, begun)) return null
  const isStep = typeof at === 'number' && STEPS[at] !== undefined
  return { form, at: isStep ? at : null }
}

function parsed(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

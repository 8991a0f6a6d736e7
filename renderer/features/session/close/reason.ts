/** The reason of a close when one of the explanations is taken for it. */
import { MOST_REASON } from '../../../text/session/explain.ts'

interface Typed {
  /** What stands in the field. */
  typed: string
  /** What was put there before by the same key; it makes way for another one. */
  taken: string | null
}

/** The explanation as a reason; what the cashier wrote stays before it, as much as there is room for. */
export function withExplanation({ typed, taken }: Typed, explanation: string): string {
  const own = typed.trim()
  if (own === '' || own === taken) return explanation
  const both = Array.from(`${own}${/[.;!?]$/.test(own) ? '' : ';'} ${explanation}`)
  return both.length <= MOST_REASON ? both.join('') : `${both.slice(0, MOST_REASON - 1).join('')}…`
}

import type { CodedFact } from '../../db/verify/verify.ts'
import { isFactKind, kindOf } from '../../shared/ledger/facts.ts'
import { say } from './say.ts'

/**
 * Says what a code on paper stands for, and gives whether it stands for anything. A journal that was cut or rewritten as a
 * whole is found by nothing else.
 */
export function sayCode(code: string, fact: CodedFact | 'not-a-code' | undefined): boolean {
  if (fact === 'not-a-code') {
    say(`${code} is not a verification code: twelve letters and digits, as on a receipt or Z report.`)
    return false
  }
  if (!fact) {
    say(`NOT FOUND  ${code}: no row of this journal has it. Check it for a typing error first.`)
    say('If it is on a paper of this till, the journal was cut or rewritten after that paper was printed.')
    return false
  }
  const { epoch, seq, kind, number, at } = fact
  const label = isFactKind(kind) ? kindOf(kind).label : kind
  say(`code            ${code} is ${label} ${number} at ${epoch}/${seq}, ${new Date(at).toISOString()}`)
  return true
}

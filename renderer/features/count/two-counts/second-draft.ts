/** How far two people have come who count the same money: kept for this tab, through a reload. No PIN is in it. */
import { type CountSheet, countInputField } from '../../../../shared/contract/session-fields.ts'
import { idField, shortTextField } from '../../../../shared/fields.ts'
import type { PieceCount } from '../../../../shared/rules/cash/denominations.ts'
import type { CountPurpose } from '../count-draft.ts'

const STAGES = ['first', 'pass', 'second', 'sign'] as const
export type CountingStage = (typeof STAGES)[number]

export interface SecondDraft {
  secondId: string
  stage: CountingStage
  reason: string
  /** What the second person has counted so far. */
  pieces: PieceCount[]
}

const draftField = countInputField
  .pick({ pieces: true })
  .extend({ secondId: idField, stage: shortTextField, reason: shortTextField })

/** Where it is kept: for each session, and apart for each purpose. */
export function secondKey({ sessionId }: Pick<CountSheet, 'sessionId'>, purpose: CountPurpose): string {
  return `${purpose}-second:${sessionId}`
}

/** Reads what was kept; null for nothing, and for text that is no draft. */
export function readSecond(text: string | null): SecondDraft | null {
  if (text === null) return null
  try {
    const read = draftField.safeParse(JSON.parse(text))
    const stage = STAGES.find(known => known === read.data?.stage)
    return read.data === undefined || stage === undefined ? null : { ...read.data, stage }
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

/** For the recount: the same two people, each from an empty sheet. */
export function beginAgain(draft: SecondDraft): SecondDraft {
  return { ...draft, stage: 'first', pieces: [] }
}

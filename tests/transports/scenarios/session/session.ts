import type { NounScenarios } from '../../scenario.ts'
import { changeAdvice } from '../change-advice.ts'
import { explain } from './session-explain.ts'
import { limit } from './session-limit.ts'
import { opening } from './session-opening.ts'
import { oversight } from './session-oversight.ts'
import { work } from './session-work.ts'

export const session: NounScenarios<'session'> = {
  ...limit,
  ...opening,
  ...work,
  ...oversight,
  changeAdvice,
  explain,
}

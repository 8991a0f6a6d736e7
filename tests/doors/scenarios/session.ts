import type { NounScenarios } from '../scenario.ts'
import { changeAdvice } from './change-advice.ts'
import { explain } from './session-explain.ts'
import { oversight } from './session-oversight.ts'

export const session: NounScenarios<'session'> = { ...oversight, changeAdvice, explain }

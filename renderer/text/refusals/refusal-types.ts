/** Every refusal that the contract declares, by code, with what it tells; derived, so that a new one must get words. */
import type { InferClientErrorUnion } from '@orpc/client'
import type { TillClient } from '../../../shared/contract/index.ts'

/** A refusal that tells nothing more is declared without data, which arrives as undefined. */
type Told<D> = unknown extends D ? undefined : D
type Declared<E> = E extends { code: infer C extends string; data: infer D }
  ? { code: C; data: Told<D> }
  : never

export type Refusal = Declared<InferClientErrorUnion<TillClient>>
export type RefusalCode = Refusal['code']
export type RefusalData<C extends RefusalCode> = Extract<Refusal, { code: C }>['data']

/** The words of a refusal: what happened and what to do next. */
export type RefusalTexts = { [C in RefusalCode]: (data: RefusalData<C>) => string }

/** What the schema of a body may be made of, so that what was hashed and what is read are the same. */

import type { z } from 'zod'
import { safeParse } from 'zod/v4/core'

/** Of these a body is made; whatever else the schemas' library has, or comes to have, may change what was written. */
const ALLOWED = new Set([
  ...['object', 'array', 'record', 'union', 'nullable'],
  ...['string', 'number', 'boolean', 'enum', 'literal', 'null', 'custom'],
])
/** Forms of texts and numbers that are looked at and left as they are. */
const FORMATS = new Set(['uuid', 'regex', 'safeint'])
/** Checks that only look. */
const CHECKS = new Set([
  ...['greater_than', 'less_than', 'number_format', 'min_length', 'max_length', 'string_format', 'custom'],
])

interface Check {
  check?: string
  format?: string
  fn?: unknown
}
type Def = z.core.$ZodTypeDef &
  Check & {
    coerce?: boolean
    shape?: Readonly<Record<string, z.core.$ZodType>>
    catchall?: z.core.$ZodType
    element?: z.core.$ZodType
    options?: readonly z.core.$ZodType[]
    innerType?: z.core.$ZodType
    keyType?: z.core.$ZodType
    valueType?: z.core.$ZodType
    partial?: boolean
    mode?: string
    checks?: readonly { _zod: { def: Check } }[]
  }

const isStrict = ({ catchall }: Def): boolean => catchall?._zod.def.type === 'never'

function checkFaults({ check = '', format, fn }: Check): string[] {
  return [
    ...(CHECKS.has(check) ? [] : [check]),
    ...(format === undefined || FORMATS.has(format) ? [] : [`the form ${format}`]),
    // A refinement has a function that is handed the value; a check of one's own is handed where it stands.
    ...(check === 'custom' && fn === undefined ? ['a check that may write'] : []),
  ]
}

function ownFaults(def: Def, accepts: (value: unknown) => boolean): string[] {
  const { type, format, coerce, checks = [] } = def
  return [
    ...(ALLOWED.has(type) ? [] : [type]),
    ...(coerce ? ['coerce'] : []),
    ...(format === undefined || FORMATS.has(format) ? [] : [`the form ${format}`]),
    ...(type === 'object' && !isStrict(def) ? ['an object that is not strict'] : []),
    ...(type === 'custom' && accepts(undefined) ? ['whatever comes'] : []),
    ...(def.keyType && def.keyType._zod.def.type !== 'string' ? ['a record whose names are no texts'] : []),
    ...(def.partial || def.mode !== undefined ? ['a record that may lack members, or have others'] : []),
    ...checks.flatMap(({ _zod }) => checkFaults(_zod.def)),
  ]
}

/** Everything in a schema that a body may not have, each with its place. */
export function bodyFaults(schema: z.core.$ZodType, place = 'body'): string[] {
  const def = schema._zod.def as Def
  const parts: [string, z.core.$ZodType | undefined][] = [
    ...Object.entries(def.shape ?? {}).map(([name, part]): [string, z.core.$ZodType] => [
      `${place}.${name}`,
      part,
    ]),
    ...(def.options ?? []).map((part): [string, z.core.$ZodType] => [place, part]),
    [`${place}[]`, def.element],
    [place, def.innerType],
    [`${place}{}`, def.keyType],
    [`${place}{}`, def.valueType],
  ]
  return [
    ...ownFaults(def, value => safeParse(schema, value).success).map(fault => `${place}: ${fault}`),
    ...parts.flatMap(([name, part]) => (part ? bodyFaults(part, name) : [])),
  ]
}

/** What the schema of a body may be made of, so that what was hashed and what is read are the same. */
import type { z } from 'zod'

/** Each changes what was written, or lets two texts mean one body. */
const REFUSED = new Set([
  ...['default', 'prefault', 'optional', 'nonoptional', 'catch', 'transform', 'pipe', 'preprocess'],
  ...['any', 'unknown', 'lazy', 'promise', 'date', 'map', 'set', 'file'],
])

type Def = z.core.$ZodTypeDef & {
  coerce?: boolean
  shape?: Readonly<Record<string, z.core.$ZodType>>
  catchall?: z.core.$ZodType
  element?: z.core.$ZodType
  items?: readonly z.core.$ZodType[]
  options?: readonly z.core.$ZodType[]
  innerType?: z.core.$ZodType
  keyType?: z.core.$ZodType
  valueType?: z.core.$ZodType
  checks?: readonly { _zod: { def: { check: string } } }[]
}

const isStrict = ({ catchall }: Def): boolean => catchall?._zod.def.type === 'never'

/** Everything in a schema that a body may not have, each with its place. */
export function bodyFaults(schema: z.core.$ZodType, place = 'body'): string[] {
  const def = schema._zod.def as Def
  const faults: string[] = []
  if (REFUSED.has(def.type)) faults.push(`${place}: ${def.type}`)
  if (def.coerce) faults.push(`${place}: coerce`)
  if (def.checks?.some(({ _zod }) => _zod.def.check === 'overwrite')) faults.push(`${place}: overwrite`)
  if (def.type === 'object' && !isStrict(def)) faults.push(`${place}: an object that is not strict`)
  const parts: [string, z.core.$ZodType | undefined][] = [
    ...Object.entries(def.shape ?? {}).map(([name, part]): [string, z.core.$ZodType] => [
      `${place}.${name}`,
      part,
    ]),
    ...(def.options ?? []).map((part): [string, z.core.$ZodType] => [place, part]),
    ...(def.items ?? []).map((part): [string, z.core.$ZodType] => [`${place}[]`, part]),
    [`${place}[]`, def.element],
    [place, def.innerType],
    [`${place}{}`, def.keyType],
    [`${place}{}`, def.valueType],
  ]
  for (const [name, part] of parts) if (part) faults.push(...bodyFaults(part, name))
  return faults
}

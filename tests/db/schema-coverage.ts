/** Which branches of a schema some values have been through: every value of an enum, null and not null, every option. */
import type { z } from 'zod'

type Schema = z.core.$ZodType

type Def = z.core.$ZodTypeDef & {
  shape?: Readonly<Record<string, Schema>>
  element?: Schema
  options?: readonly Schema[]
  innerType?: Schema
  entries?: Readonly<Record<string, string>>
  values?: readonly unknown[]
}

const defOf = (schema: Schema): Def => schema._zod.def as Def

const accepts = (schema: Schema, value: unknown): boolean => (schema as z.ZodType).safeParse(value).success

/** Every branch that a schema has, by a name of its own. */
export function branchesOf(schema: Schema, place: string): string[] {
  const def = defOf(schema)
  switch (def.type) {
    case 'object':
      return Object.entries(def.shape ?? {}).flatMap(([name, part]) => branchesOf(part, `${place}.${name}`))
    case 'array':
      return def.element ? branchesOf(def.element, `${place}[]`) : []
    case 'nullable':
      return [
        `${place} null`,
        `${place} not null`,
        ...(def.innerType ? branchesOf(def.innerType, place) : []),
      ]
    case 'enum':
      return Object.values(def.entries ?? {}).map(value => `${place} ${value}`)
    case 'boolean':
      return [`${place} true`, `${place} false`]
    case 'union':
      return (def.options ?? []).flatMap((option, at) => [
        `${place} option ${at}`,
        ...branchesOf(option, `${place}<${at}>`),
      ])
    default:
      return []
  }
}

/** The branches that one value has been through. */
export function branchesIn(schema: Schema, value: unknown, place: string): string[] {
  const def = defOf(schema)
  switch (def.type) {
    case 'object':
      return Object.entries(def.shape ?? {}).flatMap(([name, part]) =>
        branchesIn(part, (value as Record<string, unknown>)[name], `${place}.${name}`),
      )
    case 'array':
      return (value as unknown[]).flatMap(item =>
        def.element ? branchesIn(def.element, item, `${place}[]`) : [],
      )
    case 'nullable':
      if (value === null) return [`${place} null`]
      return [`${place} not null`, ...(def.innerType ? branchesIn(def.innerType, value, place) : [])]
    case 'enum':
    case 'boolean':
      return [`${place} ${String(value)}`]
    case 'union': {
      const at = (def.options ?? []).findIndex(option => accepts(option, value))
      const option = def.options?.[at]
      return option ? [`${place} option ${at}`, ...branchesIn(option, value, `${place}<${at}>`)] : []
    }
    default:
      return []
  }
}

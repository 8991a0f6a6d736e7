/** Every screen that there is: whatever file declares one is found. */
import type { Role } from '../shared/roles.ts'
import type { ScreenSpec } from './screen-spec.ts'

const found = import.meta.glob<{ screen?: ScreenSpec }>('./{features,screens}/**/*-screen.tsx', {
  eager: true,
})

export const routes: readonly ScreenSpec[] = Object.values(found)
  .flatMap(({ screen }) => screen ?? [])
  .toSorted((a, b) => a.place - b.place)

/** The screens that belong to a role's work. */
export function routesFor(role: Role): ScreenSpec[] {
  return routes.filter(route => route.roles.includes(role))
}

/** The address of a screen without its optional parts. */
export function pathOf({ path }: ScreenSpec): string {
  return path.replace(/\/:.*$/, '')
}

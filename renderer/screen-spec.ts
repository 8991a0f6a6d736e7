import type { ComponentType } from 'react'
import type { Role } from '../shared/roles.ts'

/** A screen, as its own file declares it: under the name `screen`, in a file whose name ends in `-screen.tsx`. */
export interface ScreenSpec {
  path: string
  title: string
  /** Opens it from the menu. */
  key: string
  /** Its place in the menu; the lowest comes first. */
  place: number
  /** Whose work it is. */
  roles: readonly Role[]
  component: ComponentType
}

/** What is asked of people. */
import { changePin } from './change-pin.ts'
import { approvers, list, names } from './list.ts'
import { release } from './release.ts'
import { save } from './save.ts'
import { active, lock, signIn, signOut, unlock } from './sign-in.ts'

export const person = {
  active,
  changePin,
  approvers,
  list,
  names,
  release,
  save,
  lock,
  signIn,
  signOut,
  unlock,
}

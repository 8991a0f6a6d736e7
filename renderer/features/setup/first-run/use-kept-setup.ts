import { useEffect, useState } from 'react'
import { newId } from '../../../../shared/id.ts'
import { type KeptSetup, readKept, writeKept } from './kept-setup.ts'
import { newSetup } from './setup-form.ts'

const KEY = 'first-run'

function begin(): KeptSetup {
  const ids = { bankAccountId: newId(), drawerId: newId(), personId: newId() }
  const form = newSetup(ids, Intl.DateTimeFormat().resolvedOptions().timeZone)
  return readKept(sessionStorage.getItem(KEY), form) ?? { form, at: null }
}

/** The wizard's answers and step, kept in this window so that a reload loses nothing but the PIN. */
export function useKeptSetup() {
  const [kept, setKept] = useState(begin)
  const [done, setDone] = useState(false)
  useEffect(() => {
    // Once the till is set up, nothing of it stays in the window.
    if (done) sessionStorage.removeItem(KEY)
    else sessionStorage.setItem(KEY, writeKept(kept))
  }, [kept, done])
  return {
    kept,
    change: (patch: Partial<KeptSetup>) => setKept(before => ({ ...before, ...patch })),
    forget: () => setDone(true),
  }
}

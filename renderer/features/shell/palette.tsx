import { useEffect, useRef } from 'react'
import { useLocation } from 'wouter'
import type { Found } from '../../../shared/contract/account.ts'
import { CASHIERS } from '../../../shared/roles.ts'
import { SHELL } from '../../text/shell.ts'
import { usePerson } from '../../till.ts'
import { Dialog } from '../../ui/dialogs.tsx'
import { FindBox } from './find-box.tsx'
import { useFind } from './use-find.ts'

function addressOf(found: Found, mayTakeMoney: boolean): string {
  if (found.kind === 'account') return `/accounts/${found.accountId}`
  if (found.kind === 'receipt') return `/receipts/${found.receiptId}`
  return mayTakeMoney ? `/?catalog=${found.catalogItemId}` : '/'
}

/** Find anything from anywhere; what is taken opens on its own screen. */
export function Palette({ onClose }: { onClose: () => void }) {
  const [, go] = useLocation()
  const { role } = usePerson()
  const box = useRef<HTMLInputElement>(null)
  const find = useFind({
    onTake: found => {
      onClose()
      go(addressOf(found, CASHIERS.includes(role)))
    },
  })
  useEffect(() => box.current?.focus(), [])
  return (
    <Dialog title={SHELL.find} onClose={onClose} size={720}>
      <FindBox find={find} label={SHELL.findHint} ref={box} />
    </Dialog>
  )
}

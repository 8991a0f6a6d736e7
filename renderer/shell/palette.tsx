import { useEffect, useRef } from 'react'
import { useLocation } from 'wouter'
import type { Found } from '../../shared/contract/account.ts'
import { FindBox } from '../features/find/find-box.tsx'
import { handOver } from '../features/find/to-window.ts'
import { useFind } from '../features/find/use-find.ts'
import { SHELL } from '../text/shell.ts'
import { Dialog } from '../ui/dialog/dialogs.tsx'

/** A catalog item has no screen of its own: it is sold at the Window. */
function addressOf(found: Found): string {
  if (found.kind === 'account') return `/accounts/${found.accountId}`
  return found.kind === 'receipt' ? `/receipts/${found.receiptId}` : '/'
}

/** Find anything from anywhere; what is taken opens on its own screen. */
export function Palette({ onClose }: { onClose: () => void }) {
  const [, go] = useLocation()
  const box = useRef<HTMLInputElement>(null)
  const find = useFind({
    onTake: found => {
      onClose()
      if (found.kind === 'catalog') handOver(found)
      go(addressOf(found))
    },
  })
  useEffect(() => box.current?.focus(), [])
  return (
    <Dialog title={SHELL.find} onClose={onClose} size={720}>
      <FindBox find={find} label={SHELL.findHint} ref={box} />
    </Dialog>
  )
}

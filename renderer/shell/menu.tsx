import { useMantineColorScheme } from '@mantine/core'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { ChangePinDialog } from '../features/person/change-pin-dialog.tsx'
import { pathOf, routesFor } from '../routes.ts'
import { changePinText } from '../text/setup/change-pin.ts'
import { SHELL } from '../text/shell.ts'
import { usePerson } from '../till.ts'
import { Dialog } from '../ui/dialog/dialogs.tsx'
import { useFocusBack } from '../ui/keys/focus-back.ts'
import { Kbd } from '../ui/keys/kbd.tsx'
import type { KeyDeclaration } from '../ui/keys/keys.ts'

const LOOKS = { auto: SHELL.lookAuto, light: SHELL.lookLight, dark: SHELL.lookDark } as const
const NEXT_LOOK = { auto: 'light', light: 'dark', dark: 'auto' } as const

interface MenuProps {
  onClose: () => void
  onLock: () => void
  onSignOut: () => void
}

/** All screens of the person's role with the key that opens each, the colours, one's own PIN, lock and sign-out. */
export function Menu({ onClose, onLock, onSignOut }: MenuProps) {
  const { role } = usePerson()
  const [, go] = useLocation()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const [changing, setChanging] = useState(false)
  // The PIN's dialog takes the menu's place; the focus goes back to where it was before both.
  useFocusBack()
  const close = (then: () => void) => () => {
    onClose()
    then()
  }
  const screens: KeyDeclaration[] = routesFor(role).map(route => ({
    key: route.key,
    label: route.title,
    run: close(() => go(pathOf(route))),
  }))
  const others: KeyDeclaration[] = [
    {
      key: 'K',
      label: `${SHELL.look}: ${LOOKS[colorScheme]}`,
      run: () => setColorScheme(NEXT_LOOK[colorScheme]),
    },
    { key: 'P', label: changePinText.menu, run: () => setChanging(true) },
    { key: 'L', label: SHELL.lock, run: close(onLock) },
    { key: 'Q', label: SHELL.signOut, run: close(onSignOut) },
  ]
  if (changing) return <ChangePinDialog onClose={onClose} />
  return (
    <Dialog title={SHELL.menuOf} onClose={onClose} size={440} keys={[...screens, ...others]}>
      <div className="menu-list">
        {screens.map((k, i) => (
          <MenuKey key={k.key} declared={k} first={i === 0} />
        ))}
        <hr />
        {others.map(k => (
          <MenuKey key={k.key} declared={k} first={false} />
        ))}
      </div>
    </Dialog>
  )
}

function MenuKey({ declared, first }: { declared: KeyDeclaration; first: boolean }) {
  return (
    <button type="button" onClick={declared.run} data-autofocus={first || undefined}>
      <Kbd>{declared.key}</Kbd>
      {declared.label}
    </button>
  )
}

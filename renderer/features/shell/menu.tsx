import { useMantineColorScheme } from '@mantine/core'
import { useLocation } from 'wouter'
import { pathOf, routesFor } from '../../routes.tsx'
import { SHELL } from '../../text/shell.ts'
import { usePerson } from '../../till.ts'
import { Dialog } from '../../ui/dialogs.tsx'
import { Kbd } from '../../ui/kbd.tsx'
import type { KeyDeclaration } from '../../ui/keys.ts'

const LOOKS = { auto: SHELL.lookAuto, light: SHELL.lookLight, dark: SHELL.lookDark } as const
const NEXT_LOOK = { auto: 'light', light: 'dark', dark: 'auto' } as const

interface MenuProps {
  onClose: () => void
  onLock: () => void
  onSignOut: () => void
}

/** All screens of the person's role with the key that opens each, the colours, lock and sign-out. */
export function Menu({ onClose, onLock, onSignOut }: MenuProps) {
  const { role } = usePerson()
  const [, go] = useLocation()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
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
    { key: 'L', label: SHELL.lock, run: close(onLock) },
    { key: 'Q', label: SHELL.signOut, run: close(onSignOut) },
  ]
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

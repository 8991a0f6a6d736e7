import { useState } from 'react'
import { OVERSEERS } from '../../../shared/roles.ts'
import type { ScreenSpec } from '../../screen-spec.ts'
import { useSettings } from '../../till.ts'
import { CountSafe } from './count-safe.tsx'
import { SafeHome } from './safe-home.tsx'
import './safe.css'

/** The safe: its content, its book, and counting it. */
function SafeScreen() {
  const [counting, setCounting] = useState(false)
  const settings = useSettings()
  const [said, setSaid] = useState('')
  if (!counting || settings === null) return <SafeHome said={said} onCount={() => setCounting(true)} />
  return (
    <CountSafe
      denominations={settings.denominations}
      onBack={() => setCounting(false)}
      onCounted={message => {
        setSaid(message)
        setCounting(false)
      }}
    />
  )
}

export const screen: ScreenSpec = {
  path: '/safe',
  title: 'Safe',
  key: 'S',
  place: 90,
  roles: OVERSEERS,
  component: SafeScreen,
}

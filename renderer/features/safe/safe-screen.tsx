import { useState } from 'react'
import { useSettings } from '../../till.ts'
import { CountSafe } from './count-safe.tsx'
import { SafeHome } from './safe-home.tsx'
import './safe.css'

/** The safe: its content, its book, and counting it. */
export default function SafeScreen() {
  const [counting, setCounting] = useState(false)
  const settings = useSettings()
  const [said, setSaid] = useState('')
  if (!counting || settings === null) return <SafeHome said={said} onCount={() => setCounting(true)} />
  return (
    <CountSafe
      denominations={settings.denominations}
      onBack={() => setCounting(false)}
      onCounted={words => {
        setSaid(words)
        setCounting(false)
      }}
    />
  )
}

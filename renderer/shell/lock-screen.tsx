import { Button, PasswordInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { client } from '../client.ts'
import { sayError } from '../text/refusals/refusals.ts'
import { SHELL } from '../text/shell.ts'
import { UI } from '../text/ui.ts'
import { usePerson } from '../till.ts'
import { useFocusBack } from '../ui/keys/focus-back.ts'
import { useKeys } from '../ui/keys/keys.ts'
import { ErrorNote } from '../ui/parts.tsx'

interface LockScreenProps {
  onUnlocked: () => void
  onSignOut: () => void
}

/** Covers everything until the person's PIN is entered; what was typed below stays there. */
export function LockScreen({ onUnlocked, onSignOut }: LockScreenProps) {
  const person = usePerson()
  const [pin, setPin] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  useFocusBack()
  useKeys([], 'dialog')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (busy || pin === '') return
    setBusy(true)
    client.person
      .unlock({ pin })
      .then(onUnlocked, error => setProblem(sayError(error)))
      .finally(() => {
        setBusy(false)
        setPin('')
      })
  }
  return (
    <div className="locked" role="dialog" aria-modal="true" aria-labelledby="lock-title">
      <form className="panel padded stack centre" onSubmit={submit}>
        <h2 id="lock-title">{SHELL.lockTitle}</h2>
        <p>{SHELL.lockedFor(person.name)}</p>
        <PasswordInput
          label={UI.pin}
          value={pin}
          onChange={event => setPin(event.currentTarget.value)}
          inputMode="numeric"
          maxLength={20}
          ref={element => element?.focus()}
        />
        <ErrorNote>{problem}</ErrorNote>
        <div className="row">
          <Button type="submit" loading={busy} disabled={pin === ''}>
            {SHELL.unlock}
          </Button>
          <Button variant="default" onClick={onSignOut}>
            {SHELL.otherPerson}
          </Button>
        </div>
      </form>
    </div>
  )
}

import { Button, PasswordInput } from '@mantine/core'
import { type FormEvent, useRef, useState } from 'react'
import { changePinText } from '../../text/setup/change-pin.ts'
import { SIGN_IN } from '../../text/sign-in.ts'
import { UI } from '../../text/ui.ts'
import { ErrorNote, Panel } from '../../ui/parts.tsx'
import { NO_PINS, pinChangeProblem } from './change-pin.ts'

const FIELDS = ['newPin', 'newPinAgain'] as const

interface ChoosePinProps {
  /** The one that somebody else set. */
  pin: string
  pending: boolean
  /** What the till refused, in words. */
  problem: string | null
  onChoose: (newPin: string) => void
  onBack: () => void
}

/** In the place of a PIN that somebody else set, its owner chooses one at the first sign-in. */
export function ChoosePin({ pin, pending, problem, onChoose, onBack }: ChoosePinProps) {
  const place = useRef<HTMLFormElement>(null)
  const [typed, setTyped] = useState(NO_PINS)
  const [wrong, setWrong] = useState<ReturnType<typeof pinChangeProblem>>(null)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (pending) return
    const found = pinChangeProblem({ ...typed, pin })
    setWrong(found)
    if (found === null) onChoose(typed.newPin)
    else place.current?.querySelector<HTMLElement>(`input[name="${found.field}"]`)?.focus()
  }
  return (
    <form className="sign-in" ref={place} onSubmit={submit}>
      <Panel title={SIGN_IN.chooseTitle} hint={SIGN_IN.chooseHint} className="stack">
        {FIELDS.map((field, at) => (
          <PasswordInput
            key={field}
            name={field}
            label={changePinText[field]}
            {...(at === 0 ? { description: changePinText.newPinHint, autoFocus: true } : {})}
            value={typed[field]}
            onChange={event => {
              setWrong(null)
              setTyped({ ...typed, [field]: event.currentTarget.value })
            }}
            error={wrong?.field === field ? wrong.message : null}
            inputMode="numeric"
            maxLength={20}
            autoComplete="off"
          />
        ))}
        <ErrorNote>{problem}</ErrorNote>
        <Button type="submit" loading={pending} size="lg">
          {SIGN_IN.choose}
        </Button>
        <Button variant="default" onClick={onBack}>
          {UI.back}
        </Button>
      </Panel>
    </form>
  )
}

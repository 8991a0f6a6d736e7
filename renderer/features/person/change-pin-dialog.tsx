import { Button, PasswordInput } from '@mantine/core'
import { type FormEvent, useRef, useState } from 'react'
import { client } from '../../client.ts'
import { useSending } from '../../command.ts'
import { changePinText } from '../../text/setup/change-pin.ts'
import { UI } from '../../text/ui.ts'
import { DialogButtons } from '../../ui/dialog/dialog-buttons.tsx'
import { Dialog } from '../../ui/dialog/dialogs.tsx'
import { ErrorNote } from '../../ui/parts.tsx'
import { NO_PINS, type PinChange, pinChangeProblem } from './change-pin.ts'

const FIELDS = ['pin', 'newPin', 'newPinAgain'] as const

/** Whoever is signed in gives themselves another PIN. */
export function ChangePinDialog({ onClose }: { onClose: () => void }) {
  const [done, setDone] = useState(false)
  return (
    <Dialog title={changePinText.title} onClose={onClose} size={440}>
      {done ? (
        <Changed onClose={onClose} />
      ) : (
        <ChangePinForm onDone={() => setDone(true)} onClose={onClose} />
      )}
    </Dialog>
  )
}

function Changed({ onClose }: { onClose: () => void }) {
  return (
    <div className="stack">
      <p role="status">{changePinText.done}</p>
      <div>
        <Button onClick={onClose} autoFocus>
          {UI.close}
        </Button>
      </div>
    </div>
  )
}

/** What is typed and whether it can go; after a refusal every PIN is typed anew. */
function useChangePin(onDone: () => void) {
  const [typed, setTyped] = useState(NO_PINS)
  const [problem, setProblem] = useState<ReturnType<typeof pinChangeProblem>>(null)
  const sending = useSending<PinChange, unknown>({
    send: async ({ pin, newPin }) => {
      setTyped(NO_PINS)
      return client.person.changePin({ pin, newPin })
    },
    done: onDone,
  })
  const change = (field: keyof PinChange, value: string) => {
    setProblem(null)
    sending.clear()
    setTyped({ ...typed, [field]: value })
  }
  /** Sends it; gives the field where typing goes on. */
  const submit = (): keyof PinChange => {
    const found = pinChangeProblem(typed)
    setProblem(found)
    if (found === null) sending.run(typed)
    return found?.field ?? 'pin'
  }
  return { typed, problem, sending, change, submit }
}

function ChangePinForm({ onDone, onClose }: { onDone: () => void; onClose: () => void }) {
  const place = useRef<HTMLFormElement>(null)
  const { typed, problem, sending, change, submit } = useChangePin(onDone)
  const send = (event: FormEvent) => {
    event.preventDefault()
    const field = submit()
    place.current?.querySelector<HTMLElement>(`input[name="${field}"]`)?.focus()
  }
  return (
    <form className="stack" ref={place} onSubmit={send}>
      {FIELDS.map(field => (
        <PasswordInput
          key={field}
          name={field}
          label={changePinText[field]}
          {...(field === 'newPin' ? { description: changePinText.newPinHint } : {})}
          value={typed[field]}
          onChange={event => change(field, event.currentTarget.value)}
          error={problem?.field === field ? problem.message : null}
          inputMode="numeric"
          maxLength={20}
          autoComplete="off"
          data-autofocus={field === 'pin' || undefined}
        />
      ))}
      <ErrorNote>{sending.problem}</ErrorNote>
      <DialogButtons action={changePinText.change} pending={sending.pending} onCancel={onClose} />
    </form>
  )
}

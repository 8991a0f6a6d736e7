/** Two people sign at one screen: whoever is signed in with their own PIN, and somebody else with theirs. */
import { Button, PasswordInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, type KeyboardEvent, type ReactNode, useRef, useState } from 'react'
import type { Role } from '../../shared/roles.ts'
import { orpc } from '../client.ts'
import { UI } from '../text/ui.ts'
import { usePerson } from '../till.ts'
import { Choices } from './choices.tsx'
import { type Approval, Dialog } from './dialogs.tsx'
import { ErrorNote } from './parts.tsx'

export interface Signatures {
  ownPin: string
  approval: Approval
}

interface SigningDialogProps {
  title: string
  /** What is signed for, in words. */
  children?: ReactNode
  /** What the other person does: "Taken by". */
  otherLabel: string
  /** Who may be the other person; whoever may approve if nothing is said. */
  people?: readonly { personId: string; name: string; role: Role }[]
  pending: boolean
  problem: string | null
  onSign: (signatures: Signatures) => void
  onCancel: () => void
}

/** The PINs of both; neither is kept, and after a refusal both are typed again. */
export function SigningDialog(props: SigningDialogProps) {
  const { title, children, otherLabel, pending, problem, onSign, onCancel } = props
  const person = usePerson()
  const approvers = useQuery(orpc.person.approvers.queryOptions({ enabled: props.people === undefined }))
  const people = props.people ?? approvers.data ?? []
  const [personId, setPersonId] = useState<string | null>(null)
  const [pins, setPins] = useState({ own: '', other: '' })
  const ownField = useRef<HTMLInputElement>(null)
  const who = useRef<HTMLDivElement>(null)
  const otherField = useRef<HTMLInputElement>(null)
  const chosen = personId ?? people[0]?.personId ?? null
  const ready = chosen !== null && pins.own !== '' && pins.other !== ''
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!ready || pending) return
    onSign({ ownPin: pins.own, approval: { personId: chosen, pin: pins.other } })
    setPins({ own: '', other: '' })
    ownField.current?.focus()
  }
  const toWho = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return
    event.preventDefault()
    who.current?.focus()
  }
  return (
    <Dialog title={title} onClose={onCancel}>
      <form className="stack" onSubmit={submit}>
        {children}
        <p className="muted small">{people.length === 0 ? UI.noTaker : UI.signHint}</p>
        <PasswordInput
          ref={ownField}
          label={UI.ownPin(person.name)}
          value={pins.own}
          onChange={event => setPins({ ...pins, own: event.currentTarget.value })}
          onKeyDown={toWho}
          inputMode="numeric"
          maxLength={20}
          required
          data-autofocus
        />
        <div>
          <span className="figure-label" aria-hidden="true">
            {otherLabel}
          </span>
          <Choices
            label={otherLabel}
            choices={people.map(one => ({ id: one.personId, label: `${one.name} · ${one.role}` }))}
            value={chosen}
            onChange={setPersonId}
            onEnter={() => otherField.current?.focus()}
            ref={who}
          />
        </div>
        <PasswordInput
          ref={otherField}
          label={UI.ownPin(people.find(one => one.personId === chosen)?.name ?? otherLabel)}
          value={pins.other}
          onChange={event => setPins({ ...pins, other: event.currentTarget.value })}
          inputMode="numeric"
          maxLength={20}
          required
        />
        <ErrorNote>{problem}</ErrorNote>
        <div className="row">
          <Button type="submit" loading={pending} disabled={!ready}>
            {UI.sign}
          </Button>
          <Button variant="default" onClick={onCancel}>
            {UI.cancel}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

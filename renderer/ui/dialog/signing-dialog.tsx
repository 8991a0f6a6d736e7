/** Two people sign at one screen: whoever is signed in with their own PIN, and somebody else with theirs. */
import { PasswordInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, type KeyboardEvent, type ReactNode, type Ref, useRef, useState } from 'react'
import type { Role } from '../../../shared/roles.ts'
import { orpc } from '../../client.ts'
import { UI } from '../../text/ui.ts'
import { usePerson } from '../../till.ts'
import { Choices } from '../choices.tsx'
import { ErrorNote } from '../parts.tsx'
import { DialogButtons } from './dialog-buttons.tsx'
import { type Approval, Dialog } from './dialogs.tsx'

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

interface PinFieldProps {
  name: string
  pin: string
  onPin: (pin: string) => void
  onEnter?: (event: KeyboardEvent) => void
  first?: boolean
  ref: Ref<HTMLInputElement>
}

function PinField({ name, pin, onPin, onEnter, first = false, ref }: PinFieldProps) {
  return (
    <PasswordInput
      ref={ref}
      label={UI.ownPin(name)}
      value={pin}
      onChange={event => onPin(event.currentTarget.value)}
      onKeyDown={onEnter}
      inputMode="numeric"
      maxLength={20}
      required
      data-autofocus={first || undefined}
    />
  )
}

/** The people who may be the other one, who of them is chosen, and both PINs until they are sent. */
function useSigning({ people: given, pending, onSign }: SigningDialogProps) {
  const approvers = useQuery(orpc.person.approvers.queryOptions({ enabled: given === undefined }))
  const people = given ?? approvers.data ?? []
  const [personId, setPersonId] = useState<string | null>(null)
  const [pins, setPins] = useState({ own: '', other: '' })
  const ownField = useRef<HTMLInputElement>(null)
  const chosen = people.find(one => one.personId === personId) ?? people[0]
  const ready = chosen !== undefined && pins.own !== '' && pins.other !== ''
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!ready || pending) return
    onSign({ ownPin: pins.own, approval: { personId: chosen.personId, pin: pins.other } })
    setPins({ own: '', other: '' })
    ownField.current?.focus()
  }
  return { people, chosen, setPersonId, pins, setPins, ownField, ready, submit }
}

/** The PINs of both; neither is kept, and after a refusal both are typed again. */
export function SigningDialog(props: SigningDialogProps) {
  const { title, children, otherLabel, pending, problem, onCancel } = props
  const person = usePerson()
  const { people, chosen, setPersonId, pins, setPins, ownField, ready, submit } = useSigning(props)
  const who = useRef<HTMLDivElement>(null)
  const otherField = useRef<HTMLInputElement>(null)
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
        <PinField
          ref={ownField}
          name={person.name}
          pin={pins.own}
          onPin={own => setPins({ ...pins, own })}
          onEnter={toWho}
          first
        />
        <div>
          <span className="figure-label" aria-hidden="true">
            {otherLabel}
          </span>
          <Choices
            label={otherLabel}
            choices={people.map(one => ({ id: one.personId, label: `${one.name} · ${one.role}` }))}
            value={chosen?.personId ?? null}
            onChange={setPersonId}
            onEnter={() => otherField.current?.focus()}
            ref={who}
          />
        </div>
        <PinField
          ref={otherField}
          name={chosen?.name ?? otherLabel}
          pin={pins.other}
          onPin={other => setPins({ ...pins, other })}
        />
        <ErrorNote>{problem}</ErrorNote>
        <DialogButtons action={UI.sign} pending={pending} disabled={!ready} onCancel={onCancel} />
      </form>
    </Dialog>
  )
}

/** Dialogs: a question, an approval by another person, and a document. */
import { Button, Modal, PasswordInput, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, type ReactNode, useLayoutEffect, useRef, useState } from 'react'
import { orpc } from '../../client.ts'
import { UI } from '../../text/ui.ts'
import { Choices } from '../choices.tsx'
import { useDialogDraft } from '../drafts/drafts.ts'
import { focusIn } from '../keys/first-focus.ts'
import { useFocusBack } from '../keys/focus-back.ts'
import { DialogGroup, type KeyDeclaration, useKeys } from '../keys/keys.ts'
import { ErrorNote } from '../parts.tsx'
import { DialogButtons } from './dialog-buttons.tsx'

interface DialogProps {
  title: string
  onClose: () => void
  size?: number | string
  /** Keys of the dialog, besides Esc. */
  keys?: readonly KeyDeclaration[]
  children: ReactNode
}

const NO_KEYS: readonly KeyDeclaration[] = []

/** A dialog that holds the focus, hides the keys below, and goes one step back on Esc. */
export function Dialog({ title, onClose, size, keys = NO_KEYS, children }: DialogProps) {
  const [group] = useState(() => Symbol(title))
  useFocusBack()
  useKeys([{ key: 'Escape', label: UI.back, run: onClose }, ...keys], 'dialog', group)
  return (
    <Modal
      opened
      onClose={onClose}
      closeOnEscape={false}
      returnFocus={false}
      // Mantine's own takes the cursor once more a moment later, when somebody quick is typing further on.
      trapFocus={false}
      title={title}
      {...(size === undefined ? {} : { size })}
      closeButtonProps={{ 'aria-label': UI.close }}
    >
      <DialogGroup value={group}>{children}</DialogGroup>
      <Beginning />
    </Modal>
  )
}

/** The cursor goes where the dialog begins, together with what is seen. */
function Beginning() {
  const mark = useRef<HTMLSpanElement>(null)
  useLayoutEffect(() => focusIn(mark.current?.closest('[aria-modal="true"]') ?? null), [])
  return <span ref={mark} hidden />
}

interface ConfirmDialogProps {
  title: string
  children: ReactNode
  confirmLabel?: string
  cancelLabel?: string
  onConfirm: () => void
  onCancel: () => void
}

/** A question with two answers; the answer that loses nothing has the focus. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, children, confirmLabel = UI.confirm, cancelLabel = UI.cancel, onConfirm, onCancel } = props
  return (
    <Dialog title={title} onClose={onCancel}>
      <div className="stack">
        <div>{children}</div>
        <div className="row">
          <Button data-autofocus onClick={onCancel} variant="default">
            {cancelLabel}
          </Button>
          <Button onClick={onConfirm}>{confirmLabel}</Button>
        </div>
      </div>
    </Dialog>
  )
}

export interface Approval {
  personId: string
  pin: string
}

interface ApprovalDialogProps {
  title: string
  /** What is approved, in words. */
  children?: ReactNode
  /** Asks for a reason too, under this label. */
  reasonLabel?: string
  /** Whose PIN or role is approved. */
  ofPersonId?: string | undefined
  pending: boolean
  problem: string | null
  onApprove: (approval: Approval, reason: string) => void
  onCancel: () => void
}

function useApprovers(ofPersonId: string | undefined) {
  const input = ofPersonId === undefined ? undefined : { ofPersonId }
  return useQuery(orpc.person.approvers.queryOptions({ input })).data ?? []
}

/** Another person approves with their PIN at this screen. Names come from the till, without the person signed in. */
export function ApprovalDialog(props: ApprovalDialogProps) {
  const { title, children, reasonLabel, ofPersonId, pending, problem, onApprove, onCancel } = props
  const approvers = useApprovers(ofPersonId)
  const [personId, setPersonId] = useState<string | null>(null)
  const [pin, setPin] = useState('')
  const reason = useDialogDraft(`${title} reason`)
  const who = useRef<HTMLDivElement>(null)
  const pinField = useRef<HTMLInputElement>(null)
  const chosen = personId ?? approvers[0]?.personId ?? null
  const name = approvers.find(approver => approver.personId === chosen)?.name
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (chosen !== null && !pending) onApprove({ personId: chosen, pin }, reason.text)
    setPin('')
    // After a wrong PIN, and after any other refusal, the PIN is what must be typed again.
    pinField.current?.focus()
  }
  return (
    <Dialog title={title} onClose={onCancel}>
      <form className="stack" onSubmit={submit}>
        {children}
        {reasonLabel !== undefined && (
          <Textarea
            label={reasonLabel}
            value={reason.text}
            onChange={event => reason.setText(event.currentTarget.value)}
            onKeyDown={event => {
              if (event.key !== 'Enter') return
              event.preventDefault()
              who.current?.focus()
            }}
            maxLength={200}
            autosize
            minRows={2}
            required
            data-autofocus
          />
        )}
        <p className="muted small">{approvers.length === 0 ? UI.noApprover : UI.approvalHint}</p>
        <Choices
          label={UI.approver}
          choices={approvers.map(a => ({ id: a.personId, label: `${a.name} · ${a.role}` }))}
          value={chosen}
          onChange={setPersonId}
          onEnter={() => pinField.current?.focus()}
          // Whose PIN it is comes before the PIN: a wrong one counts against whoever is chosen.
          autoFocus={reasonLabel === undefined}
          ref={who}
        />
        <PasswordInput
          ref={pinField}
          label={name === undefined ? UI.pin : UI.ownPin(name)}
          value={pin}
          onChange={event => setPin(event.currentTarget.value)}
          inputMode="numeric"
          maxLength={20}
          required
        />
        <ErrorNote>{problem}</ErrorNote>
        <DialogButtons
          action={UI.approve}
          pending={pending}
          disabled={chosen === null || pin === ''}
          onCancel={onCancel}
        />
      </form>
    </Dialog>
  )
}

import { TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { client } from '../../client.ts'
import { useCommand } from '../../command.ts'
import { noSaleText } from '../../text/custody/movement.ts'
import { DialogButtons } from '../../ui/dialog/dialog-buttons.tsx'
import { Dialog } from '../../ui/dialog/dialogs.tsx'
import { useDialogDraft } from '../../ui/drafts/drafts.ts'
import { ErrorNote } from '../../ui/parts.tsx'

interface NoSaleDialogProps {
  /** Told what came of it, in words. */
  onDone: (message: string) => void
  onClose: () => void
}

/** The reason first; then the drawer. */
export function NoSaleDialog({ onDone, onClose }: NoSaleDialogProps) {
  const reason = useDialogDraft('no sale reason')
  const [missing, setMissing] = useState(false)
  const opening = useCommand({
    send: (commandId, text: string) => client.movement.noSale({ commandId, reason: text }),
    done: ({ kicked }) => {
      reason.forget()
      onDone(kicked ? noSaleText.opened : noSaleText.byKey)
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const text = reason.text.trim()
    setMissing(text === '')
    if (text !== '') opening.run(text)
  }
  return (
    <Dialog title={noSaleText.title} onClose={onClose}>
      <form className="stack" onSubmit={submit}>
        <p className="muted small">{noSaleText.message}</p>
        <TextInput
          label={noSaleText.reason}
          value={reason.text}
          onChange={event => reason.setText(event.currentTarget.value)}
          maxLength={200}
          data-autofocus
        />
        <ErrorNote>{missing ? noSaleText.reasonMissing : opening.problem}</ErrorNote>
        <DialogButtons action={noSaleText.record} pending={opening.pending} onCancel={onClose} />
      </form>
    </Dialog>
  )
}

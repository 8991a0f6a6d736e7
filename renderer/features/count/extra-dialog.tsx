import { NativeSelect, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { closeText } from '../../text/session/close.ts'
import { DialogButtons } from '../../ui/dialog/dialog-buttons.tsx'
import { Dialog } from '../../ui/dialog/dialogs.tsx'
import { useDialogDraft } from '../../ui/drafts/drafts.ts'
import { readAmount } from '../../ui/money/amount.ts'
import { AmountField } from '../../ui/money/amount-field.tsx'
import { ErrorNote } from '../../ui/parts.tsx'
import { type ExtraItem, isEntered, type SheetTender } from './count-draft.ts'

interface ExtraDialogProps {
  tenders: readonly SheetTender[]
  /** Those entered before. */
  entered: readonly ExtraItem[]
  onAdd: (extra: ExtraItem) => void
  onClose: () => void
}

/** An instrument that lies in the drawer and is on no list, entered from the instrument itself. */
export function ExtraDialog({ tenders, entered, onAdd, onClose }: ExtraDialogProps) {
  const [tender, setTender] = useState(tenders[0]?.tender)
  const reference = useDialogDraft('extra reference')
  const amount = useDialogDraft('extra amount')
  const [problem, setProblem] = useState<string | null>(null)
  const add = () => {
    if (tender === undefined) return
    const { cents } = readAmount(amount.text)
    if (reference.text.trim() === '' || cents === null || cents === 0) {
      setProblem(closeText.extraIncomplete)
      return
    }
    const extra = { tender, reference: reference.text.trim(), cents }
    if (isEntered(entered, extra)) return setProblem(closeText.extraTwice)
    reference.forget()
    amount.forget()
    onAdd(extra)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    add()
  }
  return (
    <Dialog title={closeText.extraTitle} onClose={onClose}>
      <form className="stack" onSubmit={submit}>
        <p className="muted small">{closeText.extraIntro}</p>
        {tenders.length > 1 && (
          <NativeSelect
            label={closeText.extraTender}
            value={tender}
            data={tenders.map(t => ({ value: t.tender, label: t.name }))}
            onChange={event => setTender(tenders.find(t => t.tender === event.currentTarget.value)?.tender)}
          />
        )}
        <TextInput
          label={closeText.extraReference}
          value={reference.text}
          onChange={event => reference.setText(event.currentTarget.value)}
          maxLength={40}
          data-autofocus
        />
        <AmountField
          label={closeText.extraAmount}
          value={amount.text}
          onChange={amount.setText}
          onEnter={add}
        />
        <ErrorNote>{problem}</ErrorNote>
        <DialogButtons action={closeText.extraSave} onCancel={onClose} />
      </form>
    </Dialog>
  )
}

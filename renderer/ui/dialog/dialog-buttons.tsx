import { Button } from '@mantine/core'
import { UI } from '../../text/ui.ts'

interface DialogButtonsProps {
  /** What the dialog is for, in a word. */
  action: string
  /** Where it is not the dialog's form that is sent. */
  onAction?: () => void
  /** The key that does the same. */
  actionKey?: string
  pending?: boolean
  disabled?: boolean
  onCancel: () => void
}

/** The two ways out of a dialog: doing what it is for, and going back. */
export function DialogButtons({
  action,
  onAction,
  actionKey,
  pending = false,
  disabled = false,
  onCancel,
}: DialogButtonsProps) {
  return (
    <div className="row">
      <Button
        type={onAction === undefined ? 'submit' : 'button'}
        onClick={onAction}
        loading={pending}
        disabled={disabled}
        rightSection={actionKey === undefined ? null : <kbd>{actionKey}</kbd>}
      >
        {action}
      </Button>
      <Button variant="default" onClick={onCancel}>
        {UI.cancel}
      </Button>
    </div>
  )
}

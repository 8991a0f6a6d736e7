import { CloseButton } from '@mantine/core'
import { WINDOW } from '../../../text/receipt/window.ts'

/** Takes a line out again; by keyboard it is Ctrl+Delete in the line. */
export function RemoveButton({
  name,
  field,
  onRemove,
}: {
  name: string
  field?: string
  onRemove: () => void
}) {
  return (
    <CloseButton
      className="remove"
      aria-label={WINDOW.removeLine(name)}
      data-field={field}
      onClick={onRemove}
    />
  )
}

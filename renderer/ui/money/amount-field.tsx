import { TextInput } from '@mantine/core'
import type { ChangeEvent, KeyboardEvent, Ref } from 'react'
import { editAmount, readAmount, shownAmount } from './amount.ts'

interface AmountFieldProps {
  label: string
  /** What was typed, as `useAmount` keeps it; not what is shown. */
  value: string
  onChange: (typed: string) => void
  /** `+` and Enter. The field keeps the focus until the screen moves it. */
  onEnter?: () => void
  description?: string
  error?: string | null
  size?: 'md' | 'xl'
  hideLabel?: boolean
  disabled?: boolean
  /** Leaves the caret at the end when it gets the focus, so that typing goes on where it was interrupted. */
  goOn?: boolean
  /** Without a border until it has the focus: for amounts that stand in a list. */
  quiet?: boolean
  autoFocus?: boolean
  /** The name by which the screen finds the field again. */
  field?: string
  ref?: Ref<HTMLInputElement>
}

function insertedBy(event: ChangeEvent<HTMLInputElement>): { inserted: string | null; deleted: boolean } {
  const native = event.nativeEvent
  if (!(native instanceof InputEvent)) return { inserted: null, deleted: false }
  return {
    inserted: native.inputType === 'insertText' ? native.data : null,
    deleted: native.inputType.startsWith('delete'),
  }
}

/** An amount by adding-machine entry: `10000` shows 100.00 while it is typed, a typed point wins. */
export function AmountField(props: AmountFieldProps) {
  const { label, value, onChange, onEnter, description, error, size = 'md', hideLabel = false } = props
  const change = (event: ChangeEvent<HTMLInputElement>) =>
    onChange(editAmount({ typed: value, shown: event.currentTarget.value, ...insertedBy(event) }))
  const keyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'ArrowLeft' || event.key === 'Home') event.preventDefault()
    if (event.key !== '+' && event.key !== 'Enter') return
    event.preventDefault()
    if (!event.repeat) onEnter?.()
  }
  return (
    <TextInput
      ref={props.ref}
      {...(hideLabel ? { 'aria-label': label } : { label })}
      description={description}
      error={error ?? readAmount(value).problem}
      value={shownAmount(value)}
      onChange={change}
      onKeyDown={keyDown}
      onFocus={event => {
        const { length } = event.currentTarget.value
        if (props.goOn === true) event.currentTarget.setSelectionRange(length, length)
        else event.currentTarget.select()
      }}
      inputMode="decimal"
      maxLength={24}
      size={size}
      disabled={props.disabled === true}
      data-autofocus={props.autoFocus || undefined}
      data-field={props.field}
      autoFocus={props.autoFocus === true}
      classNames={{ input: props.quiet === true ? 'amount-input quiet' : 'amount-input' }}
    />
  )
}

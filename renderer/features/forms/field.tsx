import { Switch, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { AmountField } from '../../ui/money/amount-field.tsx'

/** A place by the name of its field, so that a form can lead the cursor there. */
export function Field({ name, children }: { name: string; children: ReactNode }) {
  return <div data-field={name}>{children}</div>
}

interface TextFieldProps {
  name: string
  label: string
  value: string
  onChange: (value: string) => void
  error: string | null
  hint?: string
  maxLength?: number
  start?: boolean
  digits?: boolean
}

/** One line of text. */
export function TextField({
  name,
  label,
  value,
  onChange,
  error,
  hint,
  start,
  digits,
  maxLength = 80,
}: TextFieldProps) {
  return (
    <Field name={name}>
      <TextInput
        label={label}
        value={value}
        onChange={event => onChange(event.currentTarget.value)}
        error={error}
        maxLength={maxLength}
        {...(hint === undefined ? {} : { description: hint })}
        {...(digits ? { inputMode: 'numeric' as const } : {})}
        data-autofocus={start || undefined}
      />
    </Field>
  )
}

interface MoneyFieldProps {
  name: string
  label: string
  value: string
  onChange: (typed: string) => void
  onEnter: () => void
  error: string | null
  hint?: string
}

/** One amount of money; Enter goes to the next field of the form. */
export function MoneyField({ name, hint, ...rest }: MoneyFieldProps) {
  return (
    <Field name={name}>
      <AmountField {...rest} {...(hint === undefined ? {} : { description: hint })} />
    </Field>
  )
}

interface SwitchFieldProps {
  label: string
  checked: boolean
  onChange: (checked: boolean) => void
}

/** On or off. */
export function SwitchField({ label, checked, onChange }: SwitchFieldProps) {
  return (
    <Switch
      label={label}
      checked={checked}
      onChange={event => onChange(event.currentTarget.checked)}
      classNames={{ track: 'switch-track' }}
    />
  )
}

/** Goes from the field with the focus to the next one of its form, as Tab would. */
export function toNextField(): void {
  const focused = document.activeElement
  const form = focused?.closest('form')
  if (!(focused instanceof HTMLElement) || form === null || form === undefined) return
  const stops = [...form.querySelectorAll<HTMLElement>('input, select, textarea, button')]
  stops[stops.indexOf(focused) + 1]?.focus()
}

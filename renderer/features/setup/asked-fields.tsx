import { NativeSelect } from '@mantine/core'
import { type AskedSetting, askedSettings, type SettingFamily } from '../../../shared/settings/index.ts'
import { Field, MoneyField, TextField, toNextField } from '../forms/field.tsx'
import { type AskedTexts, askedText } from './asked.ts'

interface AskedFieldsProps {
  family: SettingFamily
  /** Left out of them: what the section asks for in a form of its own. */
  without?: string
  texts: AskedTexts
  onTexts: (texts: AskedTexts) => void
  errorAt: (field: string) => string | null
  /** The cursor begins in the first of them. */
  start?: boolean
}

/** Every setting of a family that is asked for as one field. */
export function AskedFields({ family, without, texts, onTexts, errorAt, start = false }: AskedFieldsProps) {
  return askedSettings(family)
    .filter(({ name }) => name !== without)
    .map((setting, at) => (
      <AskedField
        key={setting.name}
        setting={setting}
        value={askedText(texts, setting.name)}
        onChange={text => onTexts({ ...texts, [setting.name]: text })}
        error={errorAt(setting.name)}
        start={start && at === 0}
      />
    ))
}

interface AskedFieldProps {
  setting: AskedSetting
  value: string
  onChange: (text: string) => void
  error: string | null
  start: boolean
}

function AskedField({ setting, value, onChange, error, start }: AskedFieldProps) {
  const { name, label, hint, input, maxLength } = setting
  const shared = { name, label, value, onChange, error, ...(hint === undefined ? {} : { hint }) }
  if (input === 'amount') return <MoneyField {...shared} onEnter={toNextField} />
  if (typeof input === 'object')
    return (
      <Field name={name}>
        <NativeSelect
          label={label}
          value={value}
          data={Object.entries(input.choices).map(([choice, labels]) => ({ value: choice, label: labels }))}
          onChange={event => onChange(event.currentTarget.value)}
          error={error}
        />
      </Field>
    )
  return (
    <TextField
      {...shared}
      {...(maxLength === undefined ? {} : { maxLength })}
      digits={input === 'digits'}
      start={start}
    />
  )
}

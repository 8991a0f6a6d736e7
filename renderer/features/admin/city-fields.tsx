import { Autocomplete, NativeSelect, Textarea } from '@mantine/core'
import { cityText } from '../../text/admin.ts'
import { Panel } from '../../ui/parts.tsx'
import type { CityDraft } from './city-draft.ts'
import { DenominationRows } from './denomination-rows.tsx'
import { Field, TextField } from './field.tsx'
import type { FieldsProps } from './record-form.tsx'

type Props = FieldsProps<CityDraft>

interface LinesFieldProps {
  name: string
  label: string
  hint: string
  value: string
  rows: number
  error: string | null
  onChange: (value: string) => void
  start?: boolean
}

/** Some lines of text. */
export function LinesField({ name, label, hint, value, rows, error, onChange, start }: LinesFieldProps) {
  return (
    <Field name={name}>
      <Textarea
        label={label}
        description={hint}
        value={value}
        onChange={event => onChange(event.currentTarget.value)}
        error={error}
        minRows={rows}
        maxRows={rows}
        autosize
        maxLength={500}
        data-autofocus={start || undefined}
      />
    </Field>
  )
}

/** A place's time zone, with the names that this machine knows as suggestions. */
export function TimeZoneField({
  value,
  error,
  onChange,
}: {
  value: string
  error: string | null
  onChange: (value: string) => void
}) {
  return (
    <Field name="timeZone">
      <Autocomplete
        label={cityText.timeZone}
        description={cityText.timeZoneHint}
        value={value}
        onChange={onChange}
        data={TIME_ZONES}
        limit={30}
        error={error}
        size="md"
      />
    </Field>
  )
}

const TIME_ZONES = Intl.supportedValuesOf('timeZone').filter(zone => /^(America|Pacific)\//.test(zone))

interface ChoiceFieldProps<V extends string> {
  label: string
  value: V
  words: Readonly<Record<V, string>>
  values: readonly V[]
  onChange: (value: V) => void
}

/** One of a few values. */
function ChoiceField<V extends string>({ label, value, words, values, onChange }: ChoiceFieldProps<V>) {
  return (
    <NativeSelect
      label={label}
      value={value}
      data={values.map(candidate => ({ value: candidate, label: words[candidate] }))}
      onChange={event => {
        const chosen = values.find(candidate => candidate === event.currentTarget.value)
        if (chosen !== undefined) onChange(chosen)
      }}
    />
  )
}

interface PartProps<D> {
  draft: D
  put: (part: Partial<D>) => void
  errorAt: Props['errorAt']
}

/** Whose receipts they are, as it stands at the head of each. */
export function NameAndAddress({
  draft,
  put,
  errorAt,
  rows,
}: PartProps<Pick<CityDraft, 'utilityName' | 'addressLines'>> & { rows: number }) {
  return (
    <>
      <TextField
        name="utilityName"
        label={cityText.utilityName}
        value={draft.utilityName}
        onChange={utilityName => put({ utilityName })}
        error={errorAt('utilityName')}
        start
      />
      <LinesField
        name="addressLines"
        label={cityText.addressLines}
        hint={cityText.addressHint}
        value={draft.addressLines}
        rows={rows}
        onChange={addressLines => put({ addressLines })}
        error={errorAt('addressLines')}
      />
    </>
  )
}

/** What the customer reads at the foot of a receipt, in both languages. */
export function ReceiptTexts({
  draft,
  put,
  errorAt,
  start = false,
}: PartProps<Pick<CityDraft, 'textEn' | 'textEs'>> & { start?: boolean }) {
  return (
    <>
      <LinesField
        name="textEn"
        label={cityText.textEn}
        hint={cityText.textHint}
        value={draft.textEn}
        rows={3}
        onChange={textEn => put({ textEn })}
        error={errorAt('textEn')}
        start={start}
      />
      <LinesField
        name="textEs"
        label={cityText.textEs}
        hint={cityText.textHint}
        value={draft.textEs}
        rows={3}
        onChange={textEs => put({ textEs })}
        error={errorAt('textEs')}
      />
    </>
  )
}

export function UtilitySection({ draft, change, errorAt }: Props) {
  return (
    <Panel title={cityText.sections.utility} className="stack">
      <NameAndAddress draft={draft} put={part => change({ ...draft, ...part })} errorAt={errorAt} rows={3} />
      <TextField
        name="phone"
        label={cityText.phone}
        value={draft.phone}
        onChange={phone => change({ ...draft, phone })}
        error={null}
      />
      <TimeZoneField
        value={draft.timeZone}
        onChange={timeZone => change({ ...draft, timeZone })}
        error={errorAt('timeZone')}
      />
    </Panel>
  )
}

export function ReceiptSection({ draft, change, errorAt }: Props) {
  return (
    <Panel title={cityText.sections.receipt} className="stack">
      <ReceiptTexts draft={draft} put={part => change({ ...draft, ...part })} errorAt={errorAt} />
      <ChoiceField
        label={cityText.paper}
        value={draft.receiptPaper}
        words={cityText.papers}
        values={['80mm', 'letter']}
        onChange={receiptPaper => change({ ...draft, receiptPaper })}
      />
      <ChoiceField
        label={cityText.printerMode}
        value={draft.printerMode}
        words={cityText.printerModes}
        values={['folder', 'queue']}
        onChange={printerMode => change({ ...draft, printerMode })}
      />
      {draft.printerMode === 'queue' && (
        <TextField
          name="queue"
          label={cityText.queue}
          value={draft.queue}
          onChange={queue => change({ ...draft, queue })}
          error={errorAt('queue')}
        />
      )}
    </Panel>
  )
}

export function RulesSection({ draft, change, errorAt }: Props) {
  const gl = [
    ['creditGlAccount', cityText.gl.credit],
    ['overShortGlAccount', cityText.gl.overShort],
    ['roundingGlAccount', cityText.gl.rounding],
  ] as const
  return (
    <Panel title={cityText.sections.rules} className="stack">
      <ChoiceField
        label={cityText.overpay}
        value={draft.overpay}
        words={cityText.overpays}
        values={['credit', 'refuse']}
        onChange={overpay => change({ ...draft, overpay })}
      />
      <ChoiceField
        label={cityText.rounding}
        value={draft.rounding}
        words={cityText.roundings}
        values={['off', 'nearest-five', 'down', 'up']}
        onChange={rounding => change({ ...draft, rounding })}
      />
      {gl.map(([name, label]) => (
        <TextField
          key={name}
          name={name}
          label={label}
          value={draft[name]}
          onChange={value => change({ ...draft, [name]: value })}
          error={errorAt(name)}
          maxLength={40}
        />
      ))}
      <TextField
        name="idle"
        label={cityText.idle}
        value={draft.idle}
        onChange={idle => change({ ...draft, idle })}
        error={errorAt('idle')}
        maxLength={3}
        digits
      />
      <TextField
        name="hours"
        label={cityText.hours}
        value={draft.hours}
        onChange={hours => change({ ...draft, hours })}
        error={errorAt('hours')}
        maxLength={2}
        digits
      />
    </Panel>
  )
}

export function MoneySection({ draft, change }: Props) {
  return (
    <Panel title={cityText.denominations} hint={cityText.denominationsHint} className="stack">
      <DenominationRows
        rows={draft.denominations}
        onChange={denominations => change({ ...draft, denominations })}
      />
    </Panel>
  )
}

import { Autocomplete, NativeSelect, Textarea } from '@mantine/core'
import type { SettingFamily } from '../../../../shared/settings/index.ts'
import { PRINTER_MODES } from '../../../../shared/settings/receipts.ts'
import { cityText } from '../../../text/setup/admin.ts'
import { Panel } from '../../../ui/parts.tsx'
import { Field, TextField } from '../../forms/field.tsx'
import type { FieldsProps } from '../../forms/record-form.tsx'
import { askedText } from '../asked.ts'
import { AskedFields } from '../asked-fields.tsx'
import { DenominationRows } from '../denomination-rows.tsx'
import type { CityDraft } from './city-draft.ts'

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
}: PartProps<{ utilityName: string; addressLines: string }> & { rows: number }) {
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

/** The fields of a section that are settings of one field each. */
function Asked({ draft, change, errorAt, ...which }: Props & { family: SettingFamily; without?: string }) {
  return (
    <AskedFields
      {...which}
      texts={draft.asked}
      onTexts={asked => change({ ...draft, asked })}
      errorAt={errorAt}
    />
  )
}

export function UtilitySection(props: Props) {
  const { draft, change, errorAt } = props
  const { asked, addressLines } = draft
  return (
    <Panel title={cityText.sections.utility} className="stack">
      <NameAndAddress
        draft={{ utilityName: askedText(asked, 'utilityName'), addressLines }}
        put={({ utilityName, ...part }) =>
          change({
            ...draft,
            ...part,
            asked: utilityName === undefined ? asked : { ...asked, utilityName },
          })
        }
        errorAt={errorAt}
        rows={3}
      />
      <Asked {...props} family="utility" without="utilityName" />
      <TimeZoneField
        value={draft.timeZone}
        onChange={timeZone => change({ ...draft, timeZone })}
        error={errorAt('timeZone')}
      />
    </Panel>
  )
}

export function ReceiptSection(props: Props) {
  const { draft, change, errorAt } = props
  return (
    <Panel title={cityText.sections.receipt} className="stack">
      <ReceiptTexts draft={draft} put={part => change({ ...draft, ...part })} errorAt={errorAt} />
      <Asked {...props} family="receipts" />
      <NativeSelect
        label={cityText.printerMode}
        value={draft.printerMode}
        data={Object.entries(cityText.printerModes).map(([value, label]) => ({ value, label }))}
        onChange={event => {
          const printerMode = PRINTER_MODES.find(mode => mode === event.currentTarget.value)
          if (printerMode !== undefined) change({ ...draft, printerMode })
        }}
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

export function RulesSection(props: Props) {
  return (
    <Panel title={cityText.sections.rules} className="stack">
      <Asked {...props} family="rules" />
    </Panel>
  )
}

export function MoneySection(props: Props) {
  const { draft, change } = props
  return (
    <Panel title={cityText.denominations} hint={cityText.denominationsHint} className="stack">
      <Asked {...props} family="money" />
      <DenominationRows
        rows={draft.denominations}
        onChange={denominations => change({ ...draft, denominations })}
      />
    </Panel>
  )
}

import { Button, NativeSelect, TextInput } from '@mantine/core'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { TenderInput } from '../../../../shared/contract/receipt.ts'
import { isNeverKept, type TenderType, tenderKind } from '../../../../shared/tenders.ts'
import { client } from '../../../client.ts'
import { useSending } from '../../../command.ts'
import { TENDER_FORM } from '../../../text/receipt/window.ts'
import { AmountField } from '../../../ui/money/amount-field.tsx'
import { ErrorNote } from '../../../ui/parts.tsx'
import { PAYMENT_FIELD } from '../window/gaps.ts'
import {
  type FormProblem,
  fieldsOf,
  formProblem,
  type TenderField,
  type TenderForm,
  tenderFrom,
  textOf,
  withValue,
} from './tender-form.ts'

interface FieldProps {
  form: TenderForm
  field: TenderField
  problem: FormProblem | null
  onChange: (value: string) => void
  onKeyDown: (event: KeyboardEvent) => void
}

function Field({ form, field, problem, onChange, onKeyDown }: FieldProps) {
  const { name, label, input, maxLength } = field
  const error = problem?.field === name ? problem.message : null
  const value = textOf(form, name)
  if (typeof input === 'object') {
    return (
      <NativeSelect
        label={label}
        value={value}
        onChange={event => onChange(event.currentTarget.value)}
        data={[{ value: '', label: TENDER_FORM.choose }, ...input.choices]}
        error={error}
        onKeyDown={onKeyDown}
      />
    )
  }
  return (
    <TextInput
      {...(isNeverKept(name) ? { className: 'account-field' } : {})}
      label={label}
      value={value}
      onChange={event => onChange(event.currentTarget.value)}
      error={error}
      inputMode={input === 'digits' ? 'numeric' : 'text'}
      maxLength={maxLength}
      onKeyDown={onKeyDown}
    />
  )
}

/** A check's account number is made unreadable by the till before the check is put into the basket. */
async function identifiedCheck(form: TenderForm): Promise<TenderInput> {
  const [routingNumber, accountNumber] = [textOf(form, 'routingNumber'), textOf(form, 'accountNumber')]
  return tenderFrom(form, await client.receipt.identifyCheck({ routingNumber, accountNumber }))
}

interface TenderEntryProps {
  form: TenderForm
  type: TenderType
  onForm: (form: TenderForm) => void
  onAdd: (tender: TenderInput) => void
}

/** One payment being entered; Enter goes from field to field, and after the last one adds it. */
export function TenderEntry({ form, type, onForm, onAdd }: TenderEntryProps) {
  const place = useRef<HTMLDivElement>(null)
  const [problem, setProblem] = useState<FormProblem | null>(null)
  const adding = useSending({ send: identifiedCheck, done: onAdd })
  const fields = fieldsOf(type)
  const focus = (index: number) =>
    place.current?.querySelectorAll<HTMLElement>('input, select')[index]?.focus()
  useEffect(() => {
    place.current?.querySelector<HTMLElement>('input')?.focus()
  }, [])

  /** The first field up to this one that cannot be taken gets the focus; otherwise the next, or the payment is added. */
  const advance = (upTo: number) => {
    const found = formProblem(form, type)
    const blocked = found === null ? -1 : fields.findIndex(({ name }) => name === found.field)
    const here = found !== null && blocked <= upTo
    setProblem(here ? found : null)
    if (here) focus(blocked)
    else if (upTo < fields.length - 1) focus(upTo + 1)
    else if (tenderKind(type).identified !== null) adding.run(form)
    else onAdd(tenderFrom(form))
  }
  const keyDown = (index: number) => (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.defaultPrevented) return
    event.preventDefault()
    if (!event.repeat) advance(index)
  }
  return (
    <div className="tender-entry" ref={place}>
      {fields.map((field, index) =>
        field.input === 'amount' ? (
          <div className="cash-field" key={field.name}>
            <AmountField
              label={field.label}
              value={textOf(form, field.name)}
              onChange={value => onForm(withValue(form, field.name, value))}
              onEnter={() => advance(index)}
              error={problem?.field === field.name ? problem.message : null}
              field={PAYMENT_FIELD}
              goOn={form.touched}
              size="xl"
            />
          </div>
        ) : (
          <Field
            key={field.name}
            form={form}
            field={field}
            problem={problem}
            onChange={value => onForm(withValue(form, field.name, value))}
            onKeyDown={keyDown(index)}
          />
        ),
      )}
      <ErrorNote>{adding.problem}</ErrorNote>
      <Button variant="default" onClick={() => advance(fields.length - 1)} loading={adding.pending}>
        {TENDER_FORM.add}
      </Button>
    </div>
  )
}

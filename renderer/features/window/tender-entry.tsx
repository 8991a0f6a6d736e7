import { Button, NativeSelect, TextInput } from '@mantine/core'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { TenderInput } from '../../../shared/contract/receipt.ts'
import type { TenderType } from '../../../shared/ledger/facts.ts'
import { client } from '../../client.ts'
import { useSending } from '../../command.ts'
import { TENDER_FORM } from '../../text/window.ts'
import { AmountField } from '../../ui/amount-field.tsx'
import { ErrorNote } from '../../ui/parts.tsx'
import { PAYMENT_FIELD } from './gaps.ts'
import {
  type FormProblem,
  fieldsOf,
  formProblem,
  type TenderFieldName,
  type TenderForm,
  tenderFrom,
  withValue,
} from './tender-form.ts'

interface FieldProps {
  form: TenderForm
  field: TenderFieldName
  problem: FormProblem | null
  onChange: (value: string) => void
  onKeyDown: (event: KeyboardEvent) => void
}

const WIDTHS: Partial<Record<TenderFieldName, number>> = {
  reference: 40,
  routingNumber: 9,
  accountNumber: 40,
  cardLast4: 4,
  approvalCode: 12,
}

function labelOf(form: TenderForm, field: TenderFieldName): string {
  if (field !== 'reference') return TENDER_FORM[field]
  if (form.tender === 'check') return TENDER_FORM.checkNumber
  return form.tender === 'money-order' ? TENDER_FORM.orderNumber : TENDER_FORM.reference
}

function Field({ form, field, problem, onChange, onKeyDown }: FieldProps) {
  const error = problem?.field === field ? problem.words : null
  const label = labelOf(form, field)
  if (field === 'cardBrand') {
    return (
      <NativeSelect
        label={label}
        value={form.values.cardBrand}
        onChange={event => onChange(event.currentTarget.value)}
        data={[{ value: '', label: TENDER_FORM.choose }, ...TENDER_FORM.brands]}
        error={error}
        onKeyDown={onKeyDown}
      />
    )
  }
  return (
    <TextInput
      {...(field === 'accountNumber' ? { className: 'account-field' } : {})}
      label={label}
      value={form.values[field]}
      onChange={event => onChange(event.currentTarget.value)}
      error={error}
      inputMode={field === 'reference' || field === 'approvalCode' ? 'text' : 'numeric'}
      maxLength={WIDTHS[field] ?? 40}
      onKeyDown={onKeyDown}
    />
  )
}

/** A check's account number is made unreadable by the till before the check is put into the basket. */
async function identifiedCheck(form: TenderForm): Promise<TenderInput> {
  const { routingNumber, accountNumber } = form.values
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
  const fields = fieldsOf(form.tender)
  const focus = (index: number) =>
    place.current?.querySelectorAll<HTMLElement>('input, select')[index]?.focus()
  useEffect(() => {
    place.current?.querySelector<HTMLElement>('input')?.focus()
  }, [])

  /** The first field up to this one that can not be taken gets the focus; otherwise the next, or the payment is added. */
  const advance = (upTo: number) => {
    const found = formProblem(form, type)
    const blocked = found === null ? -1 : fields.indexOf(found.field)
    const here = found !== null && blocked <= upTo
    setProblem(here ? found : null)
    if (here) focus(blocked)
    else if (upTo < fields.length - 1) focus(upTo + 1)
    else if (form.tender === 'check') adding.run(form)
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
        field === 'amount' ? (
          <div className="cash-field" key={field}>
            <AmountField
              label={type.name}
              value={form.values.amount}
              onChange={value => onForm(withValue(form, 'amount', value))}
              onEnter={() => advance(index)}
              error={problem?.field === 'amount' ? problem.words : null}
              field={PAYMENT_FIELD}
              goOn={form.touched}
              size="xl"
            />
          </div>
        ) : (
          <Field
            key={field}
            form={form}
            field={field}
            problem={problem}
            onChange={value => onForm(withValue(form, field, value))}
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

import { NativeSelect, TextInput } from '@mantine/core'
import { useId, useState } from 'react'
import { billsText } from '../../../text/account/bills.ts'
import { Field, TextField } from '../../forms/field.tsx'
import type { FieldsProps } from '../../forms/record-form.tsx'
import { type BillDraft, METHODS, trialOf, usesModulus, usesWeights } from './bill-draft.ts'
import './bill-fields.css'

type Props = FieldsProps<BillDraft>
type TypedField = Exclude<keyof BillDraft, 'was' | 'method'>

/** Where account, amount and check digit stand on a bill's line, and a field to try it. */
export function BillFields({ hint, ...props }: Props & { hint: string }) {
  const { draft } = props
  return (
    <>
      <p className="muted small">{hint}</p>
      <Typed {...props} name="name" hint={billsText.nameHint} maxLength={80} start />
      <Typed {...props} name="length" maxLength={3} />
      <div className="bill-pair">
        <Typed {...props} name="accountFrom" maxLength={3} />
        <Typed {...props} name="accountTo" maxLength={3} />
      </div>
      <Typed {...props} name="format" hint={billsText.formatHint} maxLength={40} />
      <div className="bill-pair">
        <Typed {...props} name="amountFrom" maxLength={3} />
        <Typed {...props} name="amountTo" maxLength={3} />
      </div>
      <p className="muted small">{billsText.amountHint}</p>
      <Typed {...props} name="position" maxLength={3} />
      <div className="bill-pair">
        <Typed {...props} name="from" maxLength={3} />
        <Typed {...props} name="to" maxLength={3} />
      </div>
      <MethodField {...props} />
      {usesWeights(draft) && <Typed {...props} name="weights" hint={billsText.weightsHint} maxLength={200} />}
      {usesModulus(draft) && <Typed {...props} name="modulus" hint={billsText.modulusHint} maxLength={2} />}
      <TryLine draft={draft} />
    </>
  )
}

interface TypedProps extends Props {
  name: TypedField
  maxLength: number
  hint?: string
  start?: boolean
}

const TEXTS: ReadonlySet<TypedField> = new Set<TypedField>(['name', 'format', 'weights'])

function Typed({ name, draft, change, errorAt, maxLength, hint, start = false }: TypedProps) {
  return (
    <TextField
      name={name}
      label={billsText[name]}
      value={draft[name]}
      onChange={value => change({ ...draft, [name]: value })}
      error={errorAt(name)}
      maxLength={maxLength}
      digits={!TEXTS.has(name)}
      start={start}
      {...(hint === undefined ? {} : { hint })}
    />
  )
}

function MethodField({ draft, change }: Props) {
  return (
    <Field name="method">
      <NativeSelect
        label={billsText.method}
        description={billsText.methodHints[draft.method]}
        value={draft.method}
        data={METHODS.map(value => ({ value, label: billsText.methods[value] }))}
        onChange={event => {
          const method = METHODS.find(candidate => candidate === event.currentTarget.value)
          if (method !== undefined) change({ ...draft, method })
        }}
      />
    </Field>
  )
}

/** Reads a line by the layout as it is typed now. What is scanned here is kept nowhere. */
function TryLine({ draft }: { draft: BillDraft }) {
  const [line, setLine] = useState('')
  const result = useId()
  const trial = trialOf(draft, line)
  return (
    <div className="bill-try">
      <TextInput
        label={billsText.try}
        description={billsText.tryHint}
        value={line}
        onChange={event => setLine(event.currentTarget.value)}
        onKeyDown={event => {
          // A scanner ends with Enter, which must not save the form.
          if (event.key === 'Enter') event.preventDefault()
        }}
        onFocus={event => event.currentTarget.select()}
        aria-describedby={result}
        maxLength={220}
        spellCheck={false}
        autoComplete="off"
        classNames={{ input: 'bill-line' }}
      />
      <div id={result} role="status" className={trial?.read ? 'bill-read' : 'bill-not-read'}>
        {trial?.message}
      </div>
    </div>
  )
}

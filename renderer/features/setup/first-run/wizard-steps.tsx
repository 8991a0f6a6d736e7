import { Button, PasswordInput, Switch } from '@mantine/core'
import type { ReactNode } from 'react'
import { newId } from '../../../../shared/id.ts'
import { billsText } from '../../../text/account/bills.ts'
import { cityText, drawersText, peopleText } from '../../../text/setup/admin.ts'
import { setupText } from '../../../text/setup/first-run.ts'
import { Field, MoneyField, TextField, toNextField } from '../../forms/field.tsx'
import type { FieldsProps } from '../../forms/record-form.tsx'
import { BillFields } from '../bills/bill-fields.tsx'
import { BankFields } from '../city/bank-fields.tsx'
import { NameAndAddress, ReceiptTexts, TimeZoneField } from '../city/city-fields.tsx'
import { DenominationRows } from '../denomination-rows.tsx'
import { drawerField, MOST_DRAWERS, newDrawer, type SetupForm, type Step } from './setup-form.ts'

type Props = FieldsProps<SetupForm>

/** The fields of one step. */
export function StepFields({ step, ...props }: Props & { step: Step }): ReactNode {
  switch (step) {
    case 'utility':
      return <UtilityFields {...props} />
    case 'receipt':
      return <ReceiptFields {...props} />
    case 'bank':
      return (
        <BankFields
          draft={props.draft.bank}
          change={bank => props.change({ ...props.draft, bank })}
          errorAt={props.errorAt}
        />
      )
    case 'drawers':
      return <DrawersFields {...props} />
    case 'money':
      return (
        <DenominationRows
          rows={props.draft.denominations}
          onChange={denominations => props.change({ ...props.draft, denominations })}
        />
      )
    case 'bills':
      return <BillStep {...props} />
    case 'administrator':
      return <AdministratorFields {...props} />
  }
}

function UtilityFields({ draft, change, errorAt }: Props) {
  return (
    <>
      <NameAndAddress draft={draft} put={part => change({ ...draft, ...part })} errorAt={errorAt} rows={2} />
      <div className="wizard-pair">
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
      </div>
      <TextField
        name="code"
        label={setupText.code}
        hint={setupText.codeHint}
        value={draft.code}
        onChange={code => change({ ...draft, code: code.toUpperCase() })}
        error={errorAt('code')}
        maxLength={6}
      />
    </>
  )
}

function ReceiptFields({ draft, change, errorAt }: Props) {
  return <ReceiptTexts draft={draft} put={part => change({ ...draft, ...part })} errorAt={errorAt} start />
}

function DrawersFields({ draft, change, errorAt }: Props) {
  const { drawers } = draft
  const put = (at: number, patch: Partial<SetupForm['drawers'][number]>) =>
    change({ ...draft, drawers: drawers.map((drawer, i) => (i === at ? { ...drawer, ...patch } : drawer)) })
  const add = () => change({ ...draft, drawers: [...drawers, newDrawer(newId(), drawers.length + 1)] })
  const remove = (drawerId: string) =>
    change({ ...draft, drawers: drawers.filter(drawer => drawer.drawerId !== drawerId) })
  return (
    <>
      {drawers.map((drawer, at) => (
        <fieldset key={drawer.drawerId} className="wizard-drawer">
          <legend className="hidden-words">{drawer.name}</legend>
          <TextField
            name={drawerField(at, 'name')}
            label={drawersText.name}
            value={drawer.name}
            onChange={name => put(at, { name })}
            error={errorAt(drawerField(at, 'name'))}
            start={at === 0}
          />
          <MoneyField
            name={drawerField(at, 'changeFund')}
            label={drawersText.changeFund}
            value={drawer.changeFund}
            onChange={changeFund => put(at, { changeFund })}
            onEnter={toNextField}
            error={errorAt(drawerField(at, 'changeFund'))}
          />
          <MoneyField
            name={drawerField(at, 'limit')}
            label={drawersText.limit}
            value={drawer.limit}
            onChange={limit => put(at, { limit })}
            onEnter={toNextField}
            error={errorAt(drawerField(at, 'limit'))}
          />
          <Button
            variant="default"
            disabled={drawers.length === 1}
            aria-label={setupText.removeDrawerOf(drawer.name)}
            onClick={() => remove(drawer.drawerId)}
          >
            {setupText.removeDrawer}
          </Button>
        </fieldset>
      ))}
      <div>
        <Button variant="default" onClick={add} disabled={drawers.length >= MOST_DRAWERS}>
          {setupText.addDrawer}
        </Button>
      </div>
    </>
  )
}

/** May be left out: without it every account is found by its number. */
function BillStep({ draft, change, errorAt }: Props) {
  const { wizard, exampleHint, countHint } = billsText
  return (
    <>
      <Switch
        label={wizard.has}
        description={wizard.later}
        checked={draft.scansBills}
        onChange={event => change({ ...draft, scansBills: event.currentTarget.checked })}
        classNames={{ track: 'switch-track' }}
        data-autofocus
      />
      {draft.scansBills && (
        <BillFields
          draft={draft.bill}
          change={bill => change({ ...draft, bill })}
          errorAt={errorAt}
          hint={`${exampleHint} ${countHint}`}
        />
      )}
    </>
  )
}

function AdministratorFields({ draft, change, errorAt }: Props) {
  const { administrator } = draft
  const put = (patch: Partial<SetupForm['administrator']>) =>
    change({ ...draft, administrator: { ...administrator, ...patch } })
  return (
    <>
      <TextField
        name="name"
        label={setupText.name}
        value={administrator.name}
        onChange={name => put({ name })}
        error={errorAt('name')}
        start
      />
      <div className="wizard-pair">
        <Field name="pin">
          <PasswordInput
            label={setupText.pin}
            description={peopleText.pinHint}
            value={administrator.pin}
            onChange={event => put({ pin: event.currentTarget.value })}
            error={errorAt('pin')}
            inputMode="numeric"
            maxLength={20}
          />
        </Field>
        <Field name="pinAgain">
          <PasswordInput
            label={setupText.pinAgain}
            description={setupText.pinAgainHint}
            value={administrator.pinAgain}
            onChange={event => put({ pinAgain: event.currentTarget.value })}
            error={errorAt('pinAgain')}
            inputMode="numeric"
            maxLength={20}
          />
        </Field>
      </div>
    </>
  )
}

import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { orpc } from '../../../client.ts'
import { policyText } from '../../../text/setup/policies.ts'
import { ErrorNote, Panel } from '../../../ui/parts.tsx'
import { Field, MoneyField, TextField, toNextField } from '../../forms/field.tsx'
import { type FieldsProps, focusField } from '../../forms/record-form.tsx'
import { AskedFields } from '../asked-fields.tsx'
import { LinesField } from '../city/city-fields.tsx'
import { type CategoryRow, freeKey, type PolicyDraft, type RuleRow, rowField } from './policy-draft.ts'

type Props = FieldsProps<PolicyDraft>

export function DrawerSection({ draft, change, errorAt }: Props) {
  return (
    <Panel title={policyText.sections.drawer} className="stack">
      <AskedFields
        family="drawers"
        texts={draft.asked}
        onTexts={asked => change({ ...draft, asked })}
        errorAt={errorAt}
        start
      />
    </Panel>
  )
}

export function DeadlineSection({ draft, change, errorAt }: Props) {
  return (
    <Panel title={policyText.sections.deadline} className="stack">
      <AskedFields
        family="deposits"
        texts={draft.asked}
        onTexts={asked => change({ ...draft, asked })}
        errorAt={errorAt}
      />
      <TextField
        name="businessDays"
        label={policyText.businessDays}
        hint={policyText.businessDaysHint}
        value={draft.businessDays}
        onChange={businessDays => change({ ...draft, businessDays })}
        error={errorAt('businessDays')}
        maxLength={2}
        digits
      />
      <MoneyField
        name="sameDay"
        label={policyText.sameDay}
        hint={policyText.sameDayHint}
        value={draft.sameDay}
        onChange={sameDay => change({ ...draft, sameDay })}
        onEnter={toNextField}
        error={errorAt('sameDay')}
      />
      <TextField
        name="cutOff"
        label={policyText.cutOff}
        hint={policyText.cutOffHint}
        value={draft.cutOff}
        onChange={cutOff => change({ ...draft, cutOff })}
        error={errorAt('cutOff')}
        maxLength={5}
      />
      <Weekdays draft={draft} change={change} errorAt={errorAt} />
      <LinesField
        name="holidays"
        label={policyText.holidays}
        hint={policyText.holidaysHint}
        value={draft.holidays}
        rows={4}
        onChange={holidays => change({ ...draft, holidays })}
        error={errorAt('holidays')}
      />
    </Panel>
  )
}

function Weekdays({ draft, change, errorAt }: Props) {
  const put = (day: number, on: boolean) => {
    const others = draft.weekdays.filter(other => other !== day)
    change({ ...draft, weekdays: (on ? [...others, day] : others).toSorted((a, b) => a - b) })
  }
  return (
    <Field name="weekdays">
      <Checkbox.Group label={policyText.weekdays} value={draft.weekdays.map(String)}>
        <div className="policy-days">
          {policyText.weekdayNames.map((name, day) => (
            <Checkbox
              key={name}
              label={name}
              value={String(day)}
              onChange={event => put(day, event.currentTarget.checked)}
            />
          ))}
        </div>
      </Checkbox.Group>
      <ErrorNote>{errorAt('weekdays')}</ErrorNote>
    </Field>
  )
}

/** Leads the cursor into a row that was just added, and to the adding button after one went. */
function useRowFocus(rows: readonly { key: string }[], list: 'categories' | 'rules', first: string) {
  const place = useRef<HTMLDivElement>(null)
  const before = useRef(rows.length)
  const last = rows.at(-1)?.key
  useEffect(() => {
    if (rows.length > before.current && last !== undefined)
      focusField(place.current, rowField(list, last, first))
    if (rows.length < before.current) place.current?.querySelector<HTMLElement>('[data-add]')?.focus()
    before.current = rows.length
  }, [rows.length, last, list, first])
  return place
}

const MOST_CATEGORIES = 40

export function CategoriesSection({ draft, change, errorAt }: Props) {
  const rows = draft.categories
  const place = useRowFocus(rows, 'categories', 'name')
  const put = (row: CategoryRow) =>
    change({ ...draft, categories: rows.map(other => (other.key === row.key ? row : other)) })
  const add = () => {
    const row: CategoryRow = { key: freeKey(rows), name: '', direction: 'out', glAccount: '' }
    change({ ...draft, categories: [...rows, row] })
  }
  const remove = (key: string) => change({ ...draft, categories: rows.filter(row => row.key !== key) })
  return (
    <Panel title={policyText.sections.categories} hint={policyText.categoriesHint} className="stack">
      <div ref={place} className="stack">
        {rows.length > 0 && (
          <table className="policy-rows">
            <thead>
              <tr>
                <th scope="col">{policyText.category}</th>
                <th scope="col" className="narrow">
                  {policyText.direction}
                </th>
                <th scope="col" className="gl">
                  {policyText.glAccount}
                </th>
                <th scope="col" className="narrow" aria-label={policyText.remove} />
              </tr>
            </thead>
            <tbody>
              {rows.map((row, at) => (
                <CategoryFields
                  key={row.key}
                  row={row}
                  no={at + 1}
                  put={put}
                  remove={remove}
                  errorAt={errorAt}
                />
              ))}
            </tbody>
          </table>
        )}
        <div>
          <Button variant="default" data-add onClick={add} disabled={rows.length >= MOST_CATEGORIES}>
            {policyText.addCategory}
          </Button>
        </div>
      </div>
    </Panel>
  )
}

interface RowProps<R> {
  row: R
  no: number
  put: (row: R) => void
  remove: (key: string) => void
  errorAt: (field: string) => string | null
}

function CategoryFields({ row, no, put, remove, errorAt }: RowProps<CategoryRow>) {
  const at = (field: string) => rowField('categories', row.key, field)
  const { directions } = policyText
  return (
    <tr>
      <td data-field={at('name')}>
        <TextInput
          aria-label={policyText.categoryOf(no)}
          value={row.name}
          onChange={event => put({ ...row, name: event.currentTarget.value })}
          error={errorAt(at('name'))}
          maxLength={80}
        />
      </td>
      <td>
        <NativeSelect
          aria-label={policyText.directionOf(no)}
          value={row.direction}
          data={[
            { value: 'out', label: directions.out },
            { value: 'in', label: directions.in },
          ]}
          onChange={event => put({ ...row, direction: event.currentTarget.value === 'in' ? 'in' : 'out' })}
        />
      </td>
      <td data-field={at('glAccount')}>
        <TextInput
          aria-label={policyText.glOf(no)}
          value={row.glAccount}
          onChange={event => put({ ...row, glAccount: event.currentTarget.value })}
          error={errorAt(at('glAccount'))}
          maxLength={40}
        />
      </td>
      <td>
        <Button
          variant="default"
          aria-label={policyText.removeCategory(row.name)}
          onClick={() => remove(row.key)}
        >
          {policyText.remove}
        </Button>
      </td>
    </tr>
  )
}

interface BankChoice {
  value: string
  label: string
}

/** The bank accounts in use, and one that is not where it is chosen already. */
function useBankChoices(chosen: string): BankChoice[] {
  const banks = useQuery(orpc.setup.bankAccounts.queryOptions())
  return (banks.data ?? [])
    .filter(bank => bank.active || bank.bankAccountId === chosen)
    .map(bank => ({
      value: bank.bankAccountId,
      label: bank.active ? bank.name : policyText.notInUse(bank.name),
    }))
}

const MOST_RULES = 100

export function BanksSection({ draft, change, errorAt }: Props) {
  const { rules } = draft
  const place = useRowFocus(rules, 'rules', 'glPrefix')
  const banks = useBankChoices(draft.defaultBank)
  const put = (row: RuleRow) =>
    change({ ...draft, rules: rules.map(other => (other.key === row.key ? row : other)) })
  const add = () =>
    change({ ...draft, rules: [...rules, { key: freeKey(rules), glPrefix: '', bankAccountId: '' }] })
  const remove = (key: string) => change({ ...draft, rules: rules.filter(row => row.key !== key) })
  return (
    <Panel title={policyText.sections.banks} hint={policyText.banksHint} className="stack">
      <div ref={place} className="stack">
        {rules.length > 0 && (
          <table className="policy-rows">
            <thead>
              <tr>
                <th scope="col" className="gl">
                  {policyText.prefix}
                </th>
                <th scope="col">{policyText.bank}</th>
                <th scope="col" className="narrow" aria-label={policyText.remove} />
              </tr>
            </thead>
            <tbody>
              {rules.map((row, at) => (
                <RuleFields key={row.key} row={row} no={at + 1} put={put} remove={remove} errorAt={errorAt} />
              ))}
            </tbody>
          </table>
        )}
        <div>
          <Button variant="default" data-add onClick={add} disabled={rules.length >= MOST_RULES}>
            {policyText.addRule}
          </Button>
        </div>
      </div>
      <NativeSelect
        label={policyText.defaultBank}
        value={draft.defaultBank}
        data={[{ value: '', label: policyText.firstBank }, ...banks]}
        onChange={event => change({ ...draft, defaultBank: event.currentTarget.value })}
      />
    </Panel>
  )
}

function RuleFields({ row, no, put, remove, errorAt }: RowProps<RuleRow>) {
  const at = (field: string) => rowField('rules', row.key, field)
  const banks = useBankChoices(row.bankAccountId)
  return (
    <tr>
      <td data-field={at('glPrefix')}>
        <TextInput
          aria-label={policyText.prefixOf(no)}
          value={row.glPrefix}
          onChange={event => put({ ...row, glPrefix: event.currentTarget.value })}
          error={errorAt(at('glPrefix'))}
          maxLength={40}
        />
      </td>
      <td data-field={at('bankAccountId')}>
        <NativeSelect
          aria-label={policyText.bankOf(no)}
          value={row.bankAccountId}
          data={[{ value: '', label: '' }, ...banks]}
          onChange={event => put({ ...row, bankAccountId: event.currentTarget.value })}
          error={errorAt(at('bankAccountId'))}
        />
      </td>
      <td>
        <Button
          variant="default"
          aria-label={policyText.removeRule(row.glPrefix)}
          onClick={() => remove(row.key)}
        >
          {policyText.remove}
        </Button>
      </td>
    </tr>
  )
}

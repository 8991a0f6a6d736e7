import { Button, NativeSelect, TextInput } from '@mantine/core'
import { type RefObject, useRef, useState } from 'react'
import type { BankAccount } from '../../../shared/ledger/setup.ts'
import type { Denomination } from '../../../shared/rules/cash/denominations.ts'
import { client } from '../../client.ts'
import { useCommand } from '../../command.ts'
import { depositText } from '../../text/custody/deposit.ts'
import { ConfirmDialog } from '../../ui/dialog/dialogs.tsx'
import { focusFirst, useFirstFocus } from '../../ui/keys/first-focus.ts'
import type { KeyDeclaration } from '../../ui/keys/keys.ts'
import { DenominationGrid } from '../../ui/money/denomination-grid.tsx'
import { ErrorNote, Panel } from '../../ui/parts.tsx'
import { Screen } from '../../ui/screen.tsx'
import {
  type DepositForm,
  type DepositProblem,
  type DepositTotals,
  emptyForm,
  partKey,
  problemOf,
  toMakeUpInput,
  totalsOf,
  type WaitingPart,
  withPart,
} from './deposit-form.ts'
import { DepositTotalsView } from './deposit-totals.tsx'
import { SessionChoice } from './session-choice.tsx'

interface MakeUpStageProps {
  waiting: readonly WaitingPart[]
  bankAccounts: readonly BankAccount[]
  denominations: readonly Denomination[]
  onMade: (deposit: { depositId: string; number: string }) => void
  onLeave: () => void
}

/** The form as it begins: what waits alone and the only bank account are chosen already. Of several nobody but the city knows. */
function beginning({ waiting, bankAccounts }: MakeUpStageProps): DepositForm {
  const [bank] = bankAccounts
  const empty = emptyForm(bankAccounts.length === 1 && bank ? bank.bankAccountId : null)
  const [only] = waiting
  return only !== undefined && waiting.length === 1 ? withPart(empty, partKey(only), waiting) : empty
}

/** The deposit as it is being made up: what is chosen and entered, what still stands in its way, and its sending. */
function useMakingUp(props: MakeUpStageProps, place: RefObject<HTMLElement | null>) {
  const [form, setForm] = useState(() => beginning(props))
  const [shown, setShown] = useState<DepositProblem | null>(null)
  const totals = totalsOf(form, props.waiting, props.denominations)
  const command = useCommand<DepositForm, { depositId: string; number: string }>({
    send: async (commandId, input) => {
      const complete = toMakeUpInput(input, commandId, props.waiting)
      if (complete === null) throw new RangeError('a deposit goes to one bank account')
      return client.deposit.makeUp(complete)
    },
    done: props.onMade,
  })
  const change = (next: DepositForm) => {
    setForm(next)
    setShown(null)
    command.clear()
  }
  const makeUp = () => {
    const found = problemOf(form, totals)
    setShown(found)
    if (found === null) command.run(form)
    else focusPart(place.current, PART_OF[found])
  }
  const problem = shown === null ? command.problem : depositText.problems[shown]
  return { form, totals, change, makeUp, problem, pending: command.pending }
}

/** Makes up one deposit out of the closed sessions that are chosen. */
export function MakeUpStage(props: MakeUpStageProps) {
  const { waiting, bankAccounts, denominations, onLeave } = props
  const place = useRef<HTMLDivElement>(null)
  const [leaving, setLeaving] = useState(false)
  useFirstFocus(place)
  const { form, totals, change, makeUp, problem, pending } = useMakingUp(props, place)
  const leave = () => (form.bagNumber === '' ? onLeave() : setLeaving(true))
  const keys: KeyDeclaration[] = [
    { key: 'F2', label: depositText.keys.waiting, run: () => focusFirst(place.current) },
    { key: 'F3', label: depositText.keys.bag, run: () => focusPart(place.current, '.deposit-bag') },
    { key: 'F4', label: depositText.keys.cash, run: () => focusPart(place.current, '.deposit-cash') },
    { key: 'F6', label: depositText.keys.bank, run: () => focusPart(place.current, '.deposit-bank') },
    { key: 'F10', label: depositText.keys.makeUp, run: makeUp, disabled: pending },
    { key: 'Escape', label: depositText.keys.back, run: leave },
  ]
  return (
    <Screen title={depositText.formTitle} keys={keys} fixed>
      <div className="deposit-form" ref={place}>
        <Panel title={depositText.formTitle} hint={depositText.waitingIntro} className="deposit-left">
          <div className="scroll">
            <SessionChoice
              waiting={waiting}
              bankAccounts={bankAccounts}
              chosen={form.partKeys}
              onToggle={key => change(withPart(form, key, waiting))}
              onEnter={() =>
                focusPart(place.current, form.bankAccountId === null ? '.deposit-bank' : '.deposit-bag')
              }
            />
          </div>
          <Foot {...{ form, totals, bankAccounts, change, makeUp, pending }}>{problem}</Foot>
        </Panel>
        <Panel
          title={depositText.cashTitle}
          hint={
            form.pieces.length === 0 && totals.cashWantedCents > 0
              ? depositText.cashNotProposed
              : depositText.cashProposed
          }
          className="deposit-cash"
        >
          <DenominationGrid
            denominations={denominations}
            value={form.pieces}
            onChange={pieces => change({ ...form, pieces })}
            totalLabel={depositText.cashCounted}
            onDone={makeUp}
          />
        </Panel>
      </div>
      {leaving && (
        <ConfirmDialog
          title={depositText.leaveTitle}
          confirmLabel={depositText.leaveConfirm}
          onConfirm={onLeave}
          onCancel={() => setLeaving(false)}
        >
          {depositText.leave}
        </ConfirmDialog>
      )}
    </Screen>
  )
}

/** Where a problem is mended. */
const PART_OF: Record<DepositProblem, string> = {
  'no-session': '.deposit-sessions',
  'no-bank-account': '.deposit-bank',
  'wrong-bank': '.deposit-sessions',
  nothing: '.deposit-sessions',
  count: '.deposit-cash',
  'cash-differs': '.deposit-cash',
  'no-bag': '.deposit-bag',
}

function focusPart(place: HTMLElement | null, part: string): void {
  const first =
    place?.querySelector<HTMLElement>(`${part} [data-count-start]`) ??
    place?.querySelector<HTMLElement>(`${part} input, ${part} select`)
  first?.focus()
}

interface FootProps {
  form: DepositForm
  totals: DepositTotals
  bankAccounts: readonly BankAccount[]
  change: (form: DepositForm) => void
  makeUp: () => void
  pending: boolean
  children: string | null
}

function Foot({ form, totals, bankAccounts, change, makeUp, pending, children }: FootProps) {
  return (
    <form
      className="deposit-foot"
      onSubmit={event => {
        event.preventDefault()
        makeUp()
      }}
    >
      <div className="deposit-where">
        <NativeSelect
          className="deposit-bank"
          label={depositText.bankAccount}
          value={form.bankAccountId ?? ''}
          data={[
            ...(form.bankAccountId === null ? [{ value: '', label: depositText.chooseBank }] : []),
            ...bankAccounts.map(({ bankAccountId, name }) => ({ value: bankAccountId, label: name })),
          ]}
          onChange={event => change({ ...form, bankAccountId: event.currentTarget.value || null })}
        />
        <TextInput
          className="deposit-bag"
          label={depositText.bagNumber}
          value={form.bagNumber}
          maxLength={40}
          onChange={event => change({ ...form, bagNumber: event.currentTarget.value })}
        />
      </div>
      <DepositTotalsView totals={totals} />
      <ErrorNote>{children}</ErrorNote>
      <div>
        <Button type="submit" loading={pending}>
          {depositText.makeUp}
        </Button>
      </div>
    </form>
  )
}

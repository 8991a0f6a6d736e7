/** The forms of the steps after verification: seal, hand over, the bank's slip, the bank's credit. */
import { Textarea, TextInput } from '@mantine/core'
import { type FormEvent, type ReactNode, useRef, useState } from 'react'
import type { DepositView } from '../../../shared/contract/deposit.ts'
import type { Cents } from '../../../shared/money.ts'
import { type BusinessDate, parseBusinessDate } from '../../../shared/time.ts'
import { client } from '../../client.ts'
import { type Command, useCommand } from '../../command.ts'
import { custodyText } from '../../text/custody/custody.ts'
import { DialogButtons } from '../../ui/dialog/dialog-buttons.tsx'
import { Dialog } from '../../ui/dialog/dialogs.tsx'
import { useDialogDraft } from '../../ui/drafts/drafts.ts'
import { readAmount } from '../../ui/money/amount.ts'
import { AmountField } from '../../ui/money/amount-field.tsx'
import { ErrorNote } from '../../ui/parts.tsx'

interface StepDialogProps {
  deposit: DepositView
  /** The day that the bank's dates begin with. */
  today: BusinessDate
  onDone: () => void
  onClose: () => void
}

interface FormProps {
  title: string
  intro?: string
  action: string
  command: Pick<Command<never>, 'pending' | 'problem'>
  /** What is missing, before anything is sent. */
  problem: string | null
  onSubmit: () => void
  onClose: () => void
  children: ReactNode
}

function StepForm({ title, intro, action, command, problem, onSubmit, onClose, children }: FormProps) {
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onSubmit()
  }
  return (
    <Dialog title={title} onClose={onClose}>
      <form className="stack" onSubmit={submit}>
        {intro !== undefined && <p className="muted small">{intro}</p>}
        {children}
        <ErrorNote>{problem ?? command.problem}</ErrorNote>
        <DialogButtons action={action} pending={command.pending} onCancel={onClose} />
      </form>
    </Dialog>
  )
}

type Draft = ReturnType<typeof useDialogDraft>

interface TextProps {
  label: string
  description?: string
  draft: Draft
  maxLength?: number
  begins?: boolean
}

function Text({ label, description, draft, maxLength = 40, begins = false }: TextProps) {
  return (
    <TextInput
      label={label}
      description={description}
      value={draft.text}
      onChange={event => draft.setText(event.currentTarget.value)}
      maxLength={maxLength}
      data-autofocus={begins || undefined}
    />
  )
}

const isEmpty = (...drafts: readonly Draft[]): boolean => drafts.some(draft => draft.text.trim() === '')

/** Two texts and nothing else: bag and seal, carrier and signature. */
function useTwoTexts(
  send: (commandId: string, texts: { first: string; second: string }) => Promise<unknown>,
  { first, second, onDone }: { first: Draft; second: Draft; onDone: () => void },
) {
  const [problem, setProblem] = useState<string | null>(null)
  const command = useCommand<{ first: string; second: string }, unknown>({
    send,
    done: () => {
      first.forget()
      second.forget()
      onDone()
    },
  })
  const onSubmit = () => {
    const missing = isEmpty(first, second)
    setProblem(missing ? custodyText.problems.missing : null)
    if (!missing) command.run({ first: first.text.trim(), second: second.text.trim() })
  }
  return { command, problem, onSubmit }
}

export function SealDialog({ deposit, onDone, onClose }: StepDialogProps) {
  const { depositId, number } = deposit
  const first = useDialogDraft('seal bag', deposit.bagNumber)
  const second = useDialogDraft('seal number')
  const form = useTwoTexts(
    (commandId, texts) =>
      client.deposit.seal({ commandId, depositId, bagNumber: texts.first, sealNumber: texts.second }),
    { first, second, onDone },
  )
  const { sealTitle, sealIntro, sealAction } = custodyText
  return (
    <StepForm {...form} title={sealTitle(number)} intro={sealIntro} action={sealAction} onClose={onClose}>
      <Text label={custodyText.bagNumber} draft={first} />
      <Text label={custodyText.sealNumber} draft={second} begins />
    </StepForm>
  )
}

export function HandOverDialog({ deposit, onDone, onClose }: StepDialogProps) {
  const { depositId, number } = deposit
  const first = useDialogDraft('carrier')
  const second = useDialogDraft('signature name')
  const form = useTwoTexts(
    (commandId, texts) =>
      client.deposit.release({ commandId, depositId, carrier: texts.first, signatureName: texts.second }),
    { first, second, onDone },
  )
  const { handOverTitle, handOverIntro, handOverAction } = custodyText
  return (
    <StepForm
      {...form}
      title={handOverTitle(number)}
      intro={handOverIntro}
      action={handOverAction}
      onClose={onClose}
    >
      <Text
        label={custodyText.carrier}
        description={custodyText.carrierHint}
        draft={first}
        maxLength={80}
        begins
      />
      <Text label={custodyText.signatureName} draft={second} maxLength={80} />
    </StepForm>
  )
}

interface Figure {
  cents: Cents
  date: BusinessDate
  reason: string
}

/** A figure of the bank with its date; one that differs from the step before needs its reason. */
function useFigure(
  name: string,
  { deposit, today, onDone }: StepDialogProps,
  send: (commandId: string, figure: Figure) => Promise<unknown>,
) {
  const amount = useDialogDraft(`${name} amount`)
  const day = useDialogDraft(`${name} day`, today)
  const reason = useDialogDraft(`${name} reason`)
  const reasonField = useRef<HTMLTextAreaElement>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [differs, setDiffers] = useState(false)
  const command = useCommand<Figure, unknown>({
    send,
    done: () => {
      for (const draft of [amount, day, reason]) draft.forget()
      onDone()
    },
  })
  /** Sends what is complete; says what is not. */
  const submit = (complete: boolean) => {
    const { cents } = readAmount(amount.text)
    const date = parseBusinessDate(day.text)
    setProblem(null)
    if (!complete) return setProblem(custodyText.problems.missing)
    if (cents === null) return setProblem(custodyText.problems.amount)
    if (date === null) return setProblem(custodyText.problems.date)
    const isDifferent = cents !== deposit.foundCents
    setDiffers(isDifferent)
    if (isDifferent && isEmpty(reason)) {
      setProblem(custodyText.figureDiffers(deposit.foundCents))
      requestAnimationFrame(() => reasonField.current?.focus())
      return
    }
    command.run({ cents, date, reason: isDifferent ? reason.text.trim() : '' })
  }
  return { amount, day, reason, reasonField, differs, problem, command, submit }
}

type FigureForm = ReturnType<typeof useFigure>

interface FigureFieldsProps {
  form: FigureForm
  amountLabel: string
  dayLabel: string
  begins: boolean
  onEnter: () => void
}

function FigureFields({ form, amountLabel, dayLabel, begins, onEnter }: FigureFieldsProps) {
  return (
    <>
      <AmountField
        label={amountLabel}
        value={form.amount.text}
        onChange={form.amount.setText}
        onEnter={onEnter}
        autoFocus={begins}
      />
      <TextInput
        type="date"
        label={dayLabel}
        value={form.day.text}
        onChange={event => form.day.setText(event.currentTarget.value)}
      />
      {form.differs && (
        <Textarea
          ref={form.reasonField}
          label={custodyText.reason}
          value={form.reason.text}
          onChange={event => form.reason.setText(event.currentTarget.value)}
          maxLength={200}
          autosize
          minRows={2}
        />
      )}
    </>
  )
}

export function ValidateDialog(props: StepDialogProps) {
  const { deposit, onClose } = props
  const { depositId, number } = deposit
  const slip = useDialogDraft('slip number')
  const form = useFigure('slip', props, (commandId, { cents, date, reason }) =>
    client.deposit.validate({
      commandId,
      depositId,
      slipNumber: slip.text.trim(),
      cents,
      bankDate: date,
      reason,
    }),
  )
  const onSubmit = () => form.submit(!isEmpty(slip))
  return (
    <StepForm
      {...form}
      title={custodyText.validateTitle(number)}
      action={custodyText.save}
      {...{ onSubmit, onClose }}
    >
      <Text label={custodyText.slipNumber} draft={slip} begins />
      <FigureFields
        {...{ form, begins: false, onEnter: onSubmit }}
        amountLabel={custodyText.bankAmount}
        dayLabel={custodyText.bankDay}
      />
    </StepForm>
  )
}

export function CreditDialog(props: StepDialogProps) {
  const { deposit, onClose } = props
  const { depositId, number } = deposit
  const form = useFigure('credit', props, (commandId, { cents, date, reason }) =>
    client.deposit.credit({ commandId, depositId, cents, creditDate: date, reason }),
  )
  const onSubmit = () => form.submit(true)
  return (
    <StepForm
      {...form}
      title={custodyText.creditTitle(number)}
      action={custodyText.save}
      {...{ onSubmit, onClose }}
    >
      <FigureFields
        {...{ form, begins: true, onEnter: onSubmit }}
        amountLabel={custodyText.creditAmount}
        dayLabel={custodyText.creditDay}
      />
    </StepForm>
  )
}

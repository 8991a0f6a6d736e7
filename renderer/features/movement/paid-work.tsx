import { Button, TextInput } from '@mantine/core'
import { type KeyboardEvent, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import { newId } from '../../../shared/id.ts'
import { type Cents, formatCents, ZERO } from '../../../shared/money.ts'
import type { PaidCategory } from '../../../shared/settings/drawers.ts'
import { client } from '../../client.ts'
import { useSending } from '../../command.ts'
import { movementText, paidText } from '../../text/custody/movement.ts'
import { Choices } from '../../ui/choices.tsx'
import { type Approval, ApprovalDialog } from '../../ui/dialog/dialogs.tsx'
import { useKeptDraft } from '../../ui/drafts/kept-draft.ts'
import { useFirstFocus } from '../../ui/keys/first-focus.ts'
import type { KeyDeclaration } from '../../ui/keys/keys.ts'
import { readAmount } from '../../ui/money/amount.ts'
import { AmountField } from '../../ui/money/amount-field.tsx'
import { DenominationGrid } from '../../ui/money/denomination-grid.tsx'
import { ErrorNote, Panel } from '../../ui/parts.tsx'
import { Screen } from '../../ui/screen.tsx'
import { focusPart } from '../count/count-panels.tsx'
import type { MovementSheet } from '../count/use-sheet.ts'
import {
  categoryKey,
  categoryOf,
  emptyPaid,
  type PaidDraft,
  paidDraftField,
  paidInput,
  paidProblem,
} from './paid-draft.ts'
import { type DoneMovement, DonePanel, WithSheet } from './work-frame.tsx'

interface DonePaid extends DoneMovement {
  category: PaidCategory
  cents: Cents
}

const kindOf = ({ direction }: PaidCategory) =>
  movementText.kinds[direction === 'in' ? 'paid-in' : 'paid-out']

/** Cash put in or taken out, from the entry to the slip. */
export function PaidWork() {
  const [done, setDone] = useState<DonePaid | null>(null)
  if (done !== null)
    return (
      <DonePanel
        movement={done}
        title={paidText.done(kindOf(done.category), done.number)}
        message={paidText.doneLabels}
        figures={[{ label: done.category.name, value: formatCents(done.cents) }]}
      />
    )
  return (
    <WithSheet title={paidText.title}>
      {sheet => <PaidStage key={sheet.sessionId} sheet={sheet} onDone={setDone} />}
    </WithSheet>
  )
}

interface StageProps {
  sheet: MovementSheet
  onDone: (done: DonePaid) => void
}

interface Sent {
  category: PaidCategory
  cents: Cents
  approval?: Approval
}

/** The entry, what is wrong with it, and its sending; above the city's amount another person is asked first. */
function usePaid({ sheet, onDone }: StageProps) {
  const { draft, setDraft, forget } = useKeptDraft<PaidDraft>({
    key: `paid:${sheet.sessionId}`,
    schema: paidDraftField,
    begin: () => emptyPaid(newId()),
  })
  const [found, setFound] = useState<string | null>(null)
  const [asking, setAsking] = useState(false)
  const sending = useSending<Sent, DoneMovement>({
    send: ({ category, cents, approval }) =>
      client.movement.pay({
        commandId: draft.commandId,
        ...paidInput(draft, category, cents),
        ...(approval && { approval }),
      }),
    done: (done, { category, cents }) => {
      forget()
      onDone({ ...done, category, cents })
    },
  })
  const category = categoryOf(draft, sheet)
  const cents = readAmount(draft.amount).cents ?? ZERO
  const put = (patch: Partial<PaidDraft>) => {
    setFound(null)
    sending.clear()
    setDraft({ ...draft, ...patch })
  }
  const record = () => {
    const problem = paidProblem(draft, sheet)
    // Focused first: leaving a cell is a change, and a change takes the problem away.
    if (problem !== null) focusPart(`.paid-${problem.field}`)
    setFound(problem?.message ?? null)
    if (problem !== null) return
    if (cents > sheet.paidApprovalCents) setAsking(true)
    else if (category !== undefined) sending.run({ category, cents })
  }
  return { draft, put, found, asking, setAsking, sending, category, cents, record }
}

function PaidStage(props: StageProps) {
  const { sheet } = props
  const [, go] = useLocation()
  const place = useRef<HTMLDivElement>(null)
  useFirstFocus(place)
  const paid = usePaid(props)
  const { draft, put, sending, category, cents, record } = paid
  const keys: KeyDeclaration[] = [
    { key: 'F2', label: movementText.keys.fields, run: () => focusPart('.paid-amount') },
    { key: 'F4', label: movementText.keys.pieces, run: () => focusPart('.paid-pieces') },
    { key: 'F10', label: movementText.keys.record, run: record, disabled: sending.pending },
    { key: 'Escape', label: movementText.keys.back, run: () => go('/drawer') },
  ]
  return (
    <Screen title={paidText.title} keys={keys} fixed>
      <div ref={place} className="paid">
        <PaidEntry
          {...{ sheet, draft, put, record }}
          category={category}
          pending={sending.pending}
          problem={paid.found ?? (paid.asking ? null : sending.problem)}
        />
        <Panel title={paidText.pieces} hint={paidText.piecesHint} className="close-cash paid-pieces">
          <DenominationGrid
            denominations={sheet.denominations}
            value={draft.pieces}
            onChange={pieces => put({ pieces })}
            totalLabel={paidText.piecesTotal}
            onDone={record}
            autoFocus
          />
        </Panel>
      </div>
      {paid.asking && category !== undefined && (
        <ApprovalDialog
          title={paidText.approveTitle}
          pending={sending.pending}
          problem={sending.problem}
          onApprove={approval => sending.run({ category, cents, approval })}
          onCancel={() => paid.setAsking(false)}
        >
          <p>{paidText.approve(`${kindOf(category)} · ${category.name}`, formatCents(cents))}</p>
        </ApprovalDialog>
      )}
    </Screen>
  )
}

interface EntryProps {
  sheet: MovementSheet
  draft: PaidDraft
  category: PaidCategory | undefined
  put: (patch: Partial<PaidDraft>) => void
  record: () => void
  pending: boolean
  problem: string | null
}

function PaidEntry({ sheet, draft, category, put, record, pending, problem }: EntryProps) {
  const onEnter = (then: () => void) => (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return
    event.preventDefault()
    if (!event.repeat) then()
  }
  return (
    <Panel title={paidText.title} hint={paidText.hint} className="stack paid-entry">
      {sheet.categories.length === 0 && <p>{paidText.noCategories}</p>}
      <Choices
        label={paidText.category}
        choices={sheet.categories.map(of => ({ id: categoryKey(of), label: `${kindOf(of)} · ${of.name}` }))}
        value={category === undefined ? null : categoryKey(category)}
        onChange={id => put({ category: id })}
        onEnter={() => focusPart('.paid-amount')}
        autoFocus
      />
      <div className="paid-figures">
        <div className="paid-amount">
          <AmountField
            label={paidText.amount}
            value={draft.amount}
            onChange={amount => put({ amount })}
            onEnter={() => focusPart('.paid-document')}
            description={paidText.above(formatCents(sheet.paidApprovalCents))}
          />
        </div>
        <TextInput
          className="paid-document"
          label={paidText.documentNumber}
          description={paidText.documentHint}
          value={draft.documentNumber}
          maxLength={40}
          onChange={event => put({ documentNumber: event.currentTarget.value })}
          onKeyDown={onEnter(() => focusPart('.paid-reason'))}
        />
      </div>
      <TextInput
        className="paid-reason"
        label={paidText.reason}
        value={draft.reason}
        maxLength={200}
        onChange={event => put({ reason: event.currentTarget.value })}
        onKeyDown={onEnter(record)}
      />
      <ErrorNote>{problem}</ErrorNote>
      <div>
        <Button onClick={record} loading={pending} disabled={category === undefined}>
          {movementText.keys.record}
        </Button>
      </div>
    </Panel>
  )
}

import { Button } from '@mantine/core'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useCommand } from '../../command.ts'
import { adminText } from '../../text/setup/admin.ts'
import { type Approval, ApprovalDialog, ConfirmDialog } from '../../ui/dialog/dialogs.tsx'
import { useApproving } from '../../ui/dialog/use-approving.ts'
import { focusFirst } from '../../ui/keys/first-focus.ts'
import { ErrorNote, Panel } from '../../ui/parts.tsx'
import type { FoundProblem } from './found-problem.ts'
import type { Opened } from './use-opened-record.ts'

export interface FieldsProps<D> {
  draft: D
  change: (draft: D) => void
  /** What is wrong at a field; null where nothing is. */
  errorAt: (field: string) => string | null
}

/** How records of one kind are changed. */
export interface RecordEdit<R, D> {
  draftOf: (row: R) => D
  /** Null where none can be added. */
  blank: (() => D) | null
  newTitle: string
  problemOf: (draft: D) => FoundProblem | null
  /** `before` is the record as it was opened; null for a new one. */
  save: (commandId: string, draft: D, before: R | null, approval?: Approval) => Promise<unknown>
  /** What somebody else is asked where the till wants an approval. */
  approve?: {
    title: string
    question: (draft: D, original: D) => string
    ofPerson: (draft: D) => string
  }
  fields: (props: FieldsProps<D>) => ReactNode
  /** Left out where a record is only taken out of use. */
  remove?: RecordRemoval<D>
}

/** How a record is taken away for good, after a question. */
export interface RecordRemoval<D> {
  label: string
  title: (draft: D) => string
  question: string
  send: (commandId: string, draft: D) => Promise<unknown>
  /** What is said when it is gone. */
  done: (draft: D) => string
}

interface RecordFormProps<R, D> {
  title: string
  opened: Opened<R, D>
  /** Somebody else saved it meanwhile: what was typed here would undo that. */
  isStale: boolean
  edit: RecordEdit<R, D>
  /** Where the screen finds what F10 does. */
  saveRef: { current: () => void }
  onDraft: (draft: D) => void
  onCancel: () => void
  onSaved: (draft: D) => void
  onRemoved: (message: string) => void
}

interface Saving<D> {
  draft: D
  approval?: Approval
}

interface ApprovalOfSaveProps<D> {
  approving: ReturnType<typeof useApproving>
  pending: boolean
  approve: RecordEdit<unknown, D>['approve']
  opened: Opened<unknown, D>
  onApprove: (approval: Approval) => void
}

function ApprovalOfSave<D>({ approving, pending, approve, opened, onApprove }: ApprovalOfSaveProps<D>) {
  const { draft, original } = opened
  const { asking, problem, stop } = approving
  if (!asking || !approve) return null
  return (
    <ApprovalDialog
      title={approve.title}
      ofPersonId={approve.ofPerson(draft)}
      {...{ pending, problem, onApprove }}
      onCancel={stop}
    >
      <p>{approve.question(draft, original)}</p>
    </ApprovalDialog>
  )
}

/** The form of one record. Its command has one id from the moment it opens until it is saved. */
export function RecordForm<R, D>({
  title,
  opened,
  isStale,
  edit,
  saveRef,
  onDraft,
  onCancel,
  onSaved,
  onRemoved,
}: RecordFormProps<R, D>) {
  const place = useRef<HTMLFormElement>(null)
  const [problem, setProblem] = useState<FoundProblem | null>(null)
  const command = useCommand<Saving<D>, unknown>({
    send: (commandId, { draft, approval }) => edit.save(commandId, draft, opened.row, approval),
    done: (_, { draft }) => onSaved(draft),
  })
  const approving = useApproving(command)
  useEffect(() => focusFirst(place.current), [])
  const save = () => {
    if (isStale) return
    const found = edit.problemOf(opened.draft)
    setProblem(found)
    if (found === null) command.run({ draft: opened.draft })
    else focusField(place.current, found.field)
  }
  saveRef.current = save
  const change = (draft: D) => {
    setProblem(null)
    onDraft(draft)
  }
  const errorAt = (field: string) => (problem?.field === field ? problem.message : null)
  return (
    <Panel title={title} className="admin-form">
      <form
        ref={place}
        className="admin-fields"
        onSubmit={event => {
          event.preventDefault()
          save()
        }}
      >
        <div className="stack scroll">
          {/* Above the fields: it says why nothing that is typed below can be saved. */}
          <ErrorNote>{isStale ? adminText.stale : null}</ErrorNote>
          {edit.fields({ draft: opened.draft, change, errorAt })}
        </div>
        <ErrorNote>{isStale || approving.asking ? null : command.problem}</ErrorNote>
        <div className="row">
          <Button type="submit" disabled={isStale} loading={command.pending}>
            {adminText.save}
          </Button>
          <Button variant="default" onClick={onCancel}>
            {adminText.cancel}
          </Button>
          {edit.remove !== undefined && opened.row !== null && (
            <RemoveButton removal={edit.remove} draft={opened.original} onRemoved={onRemoved} />
          )}
        </div>
      </form>
      <ApprovalOfSave
        {...{ approving, pending: command.pending, approve: edit.approve, opened }}
        onApprove={approval => command.run({ draft: opened.draft, approval })}
      />
    </Panel>
  )
}

interface RemoveButtonProps<D> {
  removal: RecordRemoval<D>
  draft: D
  onRemoved: (message: string) => void
}

/** Asks first; what was typed into the form meanwhile goes with the record. */
function RemoveButton<D>({ removal, draft, onRemoved }: RemoveButtonProps<D>) {
  const [asking, setAsking] = useState(false)
  const command = useCommand<D, unknown>({
    send: removal.send,
    done: (_, removed) => onRemoved(removal.done(removed)),
  })
  return (
    <>
      <Button variant="default" loading={command.pending} onClick={() => setAsking(true)}>
        {removal.label}
      </Button>
      <ErrorNote>{command.problem}</ErrorNote>
      {asking && (
        <ConfirmDialog
          title={removal.title(draft)}
          confirmLabel={removal.label}
          onConfirm={() => {
            setAsking(false)
            command.run(draft)
          }}
          onCancel={() => setAsking(false)}
        >
          {removal.question}
        </ConfirmDialog>
      )}
    </>
  )
}

/** Puts the cursor into a field by its name in the form. */
export function focusField(place: HTMLElement | null, field: string): void {
  const within = `[data-field="${field}"]`
  place?.querySelector<HTMLElement>(`${within} input, ${within} select, ${within} textarea`)?.focus()
}

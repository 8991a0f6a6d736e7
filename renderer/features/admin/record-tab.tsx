import { Button } from '@mantine/core'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import { useCommand } from '../../command.ts'
import { adminText } from '../../text/admin.ts'
import { Answer } from '../../ui/answer.tsx'
import { ConfirmDialog } from '../../ui/dialogs.tsx'
import { focusFirst } from '../../ui/first-focus.ts'
import type { KeyDeclaration } from '../../ui/keys.ts'
import { ErrorNote, Panel } from '../../ui/parts.tsx'
import { type Column, RecordTable } from '../../ui/record-table.tsx'
import { AdminFrame, type AdminPlace, type AdminTab } from './admin-frame.tsx'
import type { FoundProblem } from './found-problem.ts'

export interface FieldsProps<D> {
  draft: D
  change: (draft: D) => void
  /** What is wrong at a field; null where nothing is. */
  errorAt: (field: string) => string | null
}

interface RecordTabProps<R, D> extends AdminPlace {
  title: string
  hint?: string
  asked: { data: readonly R[] | undefined; error: unknown; refetch: () => unknown }
  columns: readonly Column<R>[]
  keyOf: (row: R) => string
  nameOf: (draft: D) => string
  /** Null where nobody may change a record here. */
  edit: null | {
    draftOf: (row: R) => D
    /** Null where none can be added. */
    blank: (() => D) | null
    newTitle: string
    problemOf: (draft: D) => FoundProblem | null
    save: (commandId: string, draft: D) => Promise<unknown>
    fields: (props: FieldsProps<D>) => ReactNode
  }
}

interface Opened<D> {
  key: string
  original: D
  draft: D
  isNew: boolean
}

/** Records of one kind as a list, and beside it the form of the one that is open. */
export function RecordTab<R, D>(props: RecordTabProps<R, D>) {
  const { asked, columns, keyOf, edit } = props
  const [, go] = useLocation()
  const list = useRef<HTMLDivElement>(null)
  const [opened, setOpened] = useState<Opened<D> | null>(null)
  const [saved, setSaved] = useState<string | null>(null)
  const [leaving, setLeaving] = useState<(() => void) | null>(null)
  const save = useRef<() => void>(() => {})

  const close = () => {
    setOpened(null)
    // The row that was open takes the focus again, so that the arrows go on from there.
    list.current?.querySelector<HTMLElement>('button.row-button[tabindex="0"]')?.focus()
  }
  /** Does it at once, or after asking where changes would be lost. */
  const careful = (then: () => void) => {
    if (opened !== null && isChanged(opened)) setLeaving(() => then)
    else then()
  }
  const begin = (next: Omit<Opened<D>, 'original'>) => {
    setSaved(null)
    setOpened({ ...next, original: next.draft })
  }
  const openRow = (row: R) =>
    careful(() => edit && begin({ key: keyOf(row), draft: edit.draftOf(row), isNew: false }))
  const blank = edit?.blank ?? null
  const add = () => careful(() => blank && begin({ key: 'new', draft: blank(), isNew: true }))
  const keys: KeyDeclaration[] = [
    ...(blank === null ? [] : [{ key: 'F9', label: adminText.keys.add, run: add }]),
    ...(opened === null ? [] : [{ key: 'F10', label: adminText.keys.save, run: () => save.current() }]),
    {
      key: 'Escape',
      label: opened === null ? adminText.keys.back : adminText.keys.list,
      run: opened === null ? () => go('/') : () => careful(close),
    },
  ]
  const toTab = (tab: AdminTab) => careful(() => props.onTab(tab))
  const hint = props.hint ?? (blank === null ? adminText.openHint : adminText.editHint)
  return (
    <AdminFrame tab={props.tab} tabs={props.tabs} onTab={toTab} keys={keys}>
      <div className={opened === null ? 'admin-record' : 'admin-record open'}>
        <Panel title={props.title} hint={hint} className="admin-list">
          <div role="status" className="admin-saved">
            {saved}
          </div>
          <div className="scroll" ref={list}>
            <Answer asked={asked}>
              {rows =>
                rows.length === 0 ? (
                  <p className="muted">{adminText.nothing}</p>
                ) : (
                  <RecordTable
                    label={props.title}
                    columns={columns}
                    rows={rows}
                    keyOf={keyOf}
                    {...(edit === null ? {} : { open: openRow })}
                    openedKey={opened?.key ?? null}
                  />
                )
              }
            </Answer>
          </div>
        </Panel>
        {opened !== null && edit !== null && (
          <RecordForm
            key={opened.key}
            {...{ opened, edit, saveRef: save }}
            title={opened.isNew ? edit.newTitle : props.nameOf(opened.original)}
            onDraft={draft => setOpened({ ...opened, draft })}
            onCancel={() => careful(close)}
            onSaved={draft => {
              setSaved(adminText.saved(props.nameOf(draft)))
              close()
            }}
          />
        )}
      </div>
      {leaving !== null && (
        <ConfirmDialog
          title={adminText.leaveTitle}
          confirmLabel={adminText.leaveConfirm}
          cancelLabel={adminText.leaveStay}
          onConfirm={() => {
            setLeaving(null)
            setOpened(null)
            leaving()
          }}
          onCancel={() => setLeaving(null)}
        >
          {adminText.leave}
        </ConfirmDialog>
      )}
    </AdminFrame>
  )
}

function isChanged<D>({ original, draft }: Opened<D>): boolean {
  return JSON.stringify(original) !== JSON.stringify(draft)
}

interface RecordFormProps<R, D> {
  title: string
  opened: Opened<D>
  edit: NonNullable<RecordTabProps<R, D>['edit']>
  /** Where the screen finds what F10 does. */
  saveRef: { current: () => void }
  onDraft: (draft: D) => void
  onCancel: () => void
  onSaved: (draft: D) => void
}

/** The form of one record. Its command has one id from the moment it opens until it is saved. */
function RecordForm<R, D>({
  title,
  opened,
  edit,
  saveRef,
  onDraft,
  onCancel,
  onSaved,
}: RecordFormProps<R, D>) {
  const place = useRef<HTMLFormElement>(null)
  const [problem, setProblem] = useState<FoundProblem | null>(null)
  const command = useCommand<D, unknown>({ send: edit.save, done: (_, draft) => onSaved(draft) })
  useEffect(() => focusFirst(place.current), [])
  const save = () => {
    const found = edit.problemOf(opened.draft)
    setProblem(found)
    if (found === null) command.run(opened.draft)
    else focusField(place.current, found.field)
  }
  saveRef.current = save
  const change = (draft: D) => {
    setProblem(null)
    onDraft(draft)
  }
  const errorAt = (field: string) => (problem?.field === field ? problem.words : null)
  return (
    <Panel title={title} className="admin-form">
      <form
        ref={place}
        className="stack scroll"
        onSubmit={event => {
          event.preventDefault()
          save()
        }}
      >
        {edit.fields({ draft: opened.draft, change, errorAt })}
        <ErrorNote>{command.problem}</ErrorNote>
        <div className="row">
          <Button type="submit" loading={command.pending}>
            {adminText.save}
          </Button>
          <Button variant="default" onClick={onCancel}>
            {adminText.cancel}
          </Button>
        </div>
      </form>
    </Panel>
  )
}

/** Puts the cursor into a field by its name in the form. */
export function focusField(place: HTMLElement | null, field: string): void {
  const within = `[data-field="${field}"]`
  place?.querySelector<HTMLElement>(`${within} input, ${within} select, ${within} textarea`)?.focus()
}

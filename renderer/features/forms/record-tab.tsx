import { useRef } from 'react'
import { useLocation } from 'wouter'
import { adminText } from '../../text/setup/admin.ts'
import { Answer } from '../../ui/dialog/answer.tsx'
import { ConfirmDialog } from '../../ui/dialog/dialogs.tsx'
import type { KeyDeclaration } from '../../ui/keys/keys.ts'
import { Panel } from '../../ui/parts.tsx'
import { type Column, RecordTable } from '../../ui/table/record-table.tsx'
import { AdminFrame, type AdminPlace, type AdminTab } from './admin-frame.tsx'
import { type RecordEdit, RecordForm } from './record-form.tsx'
import { useOpenedRecord } from './use-opened-record.ts'

interface RecordTabProps<R, D> extends AdminPlace {
  title: string
  hint?: string
  /** Something that was just done beside the form, for example a release. */
  notice?: string | null
  asked: { data: readonly R[] | undefined; error: unknown; refetch: () => unknown }
  columns: readonly Column<R>[]
  keyOf: (row: R) => string
  nameOf: (draft: D) => string
  /** Null where nobody may change a record here. */
  edit: RecordEdit<R, D> | null
}

/** Records of one kind as a list, and beside it the form of the one that is open. */
export function RecordTab<R, D>(props: RecordTabProps<R, D>) {
  const { keyOf, edit } = props
  const [, go] = useLocation()
  const list = useRef<HTMLDivElement>(null)
  const save = useRef<() => void>(() => {})
  const record = useOpenedRecord<R, D>(list, { rows: props.asked.data, keyOf, draftOf: edit?.draftOf })
  const { opened, careful } = record

  const openRow = (row: R) =>
    careful(() => edit && record.begin({ key: keyOf(row), row, draft: edit.draftOf(row) }))
  const blank = edit?.blank ?? null
  const add = () => careful(() => blank && record.begin({ key: 'new', row: null, draft: blank() }))
  const keys: KeyDeclaration[] = [
    ...(blank === null ? [] : [{ key: 'F9', label: adminText.keys.add, run: add }]),
    ...(opened === null ? [] : [{ key: 'F10', label: adminText.keys.save, run: () => save.current() }]),
    opened === null
      ? { key: 'Escape', label: adminText.keys.back, run: () => go('/') }
      : { key: 'Escape', label: adminText.keys.list, run: () => careful(record.close) },
  ]
  const toTab = (tab: AdminTab) => careful(() => props.onTab(tab))
  const hint = props.hint ?? (blank === null ? adminText.openHint : adminText.editHint)
  return (
    <AdminFrame tab={props.tab} tabs={props.tabs} onTab={toTab} keys={keys}>
      <div className={opened === null ? 'admin-record' : 'admin-record open'}>
        <Panel title={props.title} hint={hint} className="admin-list">
          <div role="status" className="admin-saved">
            {record.saved ?? props.notice}
          </div>
          <div className="scroll" ref={list}>
            <Records {...props} onOpen={edit === null ? null : openRow} openedKey={opened?.key ?? null} />
          </div>
        </Panel>
        {opened !== null && edit !== null && (
          <RecordForm
            key={opened.key}
            {...{ opened, edit, saveRef: save }}
            isStale={record.isStale}
            title={opened.row === null ? edit.newTitle : props.nameOf(opened.original)}
            onDraft={record.change}
            onCancel={() => careful(record.close)}
            onSaved={draft => record.saveDone(adminText.saved(props.nameOf(draft)))}
            onRemoved={record.removed}
          />
        )}
      </div>
      {record.leaving && <LeaveQuestion onLeave={record.leave} onStay={record.stay} />}
    </AdminFrame>
  )
}

type RecordsProps<R, D> = RecordTabProps<R, D> & {
  onOpen: ((row: R) => void) | null
  openedKey: string | null
}

function Records<R, D>({ asked, title, columns, keyOf, onOpen, openedKey }: RecordsProps<R, D>) {
  return (
    <Answer asked={asked}>
      {rows =>
        rows.length === 0 ? (
          <p className="muted">{adminText.nothing}</p>
        ) : (
          <RecordTable
            label={title}
            columns={columns}
            rows={rows}
            keyOf={keyOf}
            {...(onOpen === null ? {} : { open: onOpen })}
            openedKey={openedKey}
          />
        )
      }
    </Answer>
  )
}

/** Asked before changes are dropped. */
export function LeaveQuestion({ onLeave, onStay }: { onLeave: () => void; onStay: () => void }) {
  return (
    <ConfirmDialog
      title={adminText.leaveTitle}
      confirmLabel={adminText.leaveConfirm}
      cancelLabel={adminText.leaveStay}
      onConfirm={onLeave}
      onCancel={onStay}
    >
      {adminText.leave}
    </ConfirmDialog>
  )
}

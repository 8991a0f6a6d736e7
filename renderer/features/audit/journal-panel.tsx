import { Button, NativeSelect } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { RefObject } from 'react'
import type { TillClient } from '../../../shared/contract/index.ts'
import { formatBusinessDate, formatInstant } from '../../../shared/time.ts'
import { orpc } from '../../client.ts'
import { auditText, FACT_NAMES } from '../../text/audit.ts'
import { Answer } from '../../ui/answer.tsx'
import { Panel } from '../../ui/parts.tsx'
import { type Column, RecordTable } from '../../ui/record-table.tsx'

export type JournalEntry = Awaited<ReturnType<TillClient['till']['journal']>>[number]

/** Which part of the journal is looked at. */
export interface JournalPage {
  /** Empty for all kinds. */
  kind: string
  /** Where each page begun so far starts, the one in view last; empty on the newest. */
  before: readonly number[]
}

/** The page in view as the till is asked for it. */
function inputOf({ kind, before }: JournalPage) {
  const beforeSeq = before.at(-1)
  return { ...(beforeSeq !== undefined && { beforeSeq }), ...(kind !== '' && { kind }) }
}

export function useJournal(page: JournalPage) {
  return useQuery(
    orpc.till.journal.queryOptions({ input: inputOf(page), placeholderData: keepPreviousData, staleTime: 0 }),
  )
}

/** Text that stays on one line. */
function fixed(text: string) {
  return <span className="audit-fixed">{text}</span>
}

function columnsIn(timeZone: string): Column<JournalEntry>[] {
  const { columns } = auditText
  return [
    { title: columns.seq, number: true, cell: entry => entry.seq },
    { title: columns.at, cell: entry => fixed(formatInstant(entry.atMs, timeZone, 'date-time')) },
    { title: columns.date, wideOnly: true, cell: entry => formatBusinessDate(entry.businessDate, 'short') },
    { title: columns.kind, cell: entry => fixed(FACT_NAMES[entry.kind] ?? entry.kind) },
    { title: columns.actor, cell: entry => fixed(entry.actorName) },
    { title: columns.summary, cell: entry => entry.summary },
    { title: columns.hash, cell: entry => <code title={entry.hash}>{entry.hash.slice(0, 8)}</code> },
  ]
}

interface JournalPanelProps {
  asked: ReturnType<typeof useJournal>
  page: JournalPage
  timeZone: string
  onKind: (kind: string) => void
  onOlder: (() => void) | null
  onNewer: (() => void) | null
  kindRef: RefObject<HTMLSelectElement | null>
}

/** Every fact, the newest first. */
export function JournalPanel({
  asked,
  page,
  timeZone,
  onKind,
  onOlder,
  onNewer,
  kindRef,
}: JournalPanelProps) {
  const kinds = Object.entries(FACT_NAMES).map(([value, label]) => ({ value, label }))
  return (
    <Panel title={auditText.journalTitle} hint={auditText.journalIntro} className="stack">
      <div className="row audit-filter">
        <NativeSelect
          ref={kindRef}
          label={auditText.kind}
          value={page.kind}
          data={[{ value: '', label: auditText.allKinds }, ...kinds]}
          onChange={event => onKind(event.currentTarget.value)}
        />
        <span className="grow" />
        <Button variant="default" onClick={() => onNewer?.()} disabled={onNewer === null}>
          {auditText.newer}
        </Button>
        <Button variant="default" onClick={() => onOlder?.()} disabled={onOlder === null}>
          {auditText.older}
        </Button>
      </div>
      <Answer asked={asked} loading={auditText.loading}>
        {entries =>
          entries.length === 0 ? (
            <p className="muted">{auditText.empty}</p>
          ) : (
            <RecordTable
              label={auditText.journalTitle}
              columns={columnsIn(timeZone)}
              rows={entries}
              keyOf={entry => `${entry.epoch} ${entry.seq}`}
            />
          )
        }
      </Answer>
    </Panel>
  )
}

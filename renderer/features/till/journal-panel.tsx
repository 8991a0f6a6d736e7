import { Button, NativeSelect } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { RefObject } from 'react'
import { Link, useLocation, useParams } from 'wouter'
import type { TillClient } from '../../../shared/contract/index.ts'
import type { FactKind } from '../../../shared/ledger/facts.ts'
import type { JournalPosition } from '../../../shared/ledger/journal-position.ts'
import type { About } from '../../../shared/ledger/kind.ts'
import { formatBusinessDate, formatInstant } from '../../../shared/time.ts'
import { orpc } from '../../client.ts'
import { auditText } from '../../text/report/audit.ts'
import { Answer } from '../../ui/dialog/answer.tsx'
import type { CameFrom } from '../../ui/keys/way-back.ts'
import { Panel } from '../../ui/parts.tsx'
import { type Column, RecordTable } from '../../ui/table/record-table.tsx'

export type JournalEntry = Awaited<ReturnType<TillClient['till']['journal']>>['entries'][number]

/** Which part of the journal is looked at. */
export interface JournalPage {
  /** Null for all kinds. */
  kind: FactKind | null
  /** Where each page begun so far starts, the one in view last; empty on the newest. */
  before: readonly JournalPosition[]
}

/** The page in view as the till is asked for it. */
function inputOf({ kind, before }: JournalPage) {
  const last = before.at(-1)
  return { ...(last !== undefined && { before: last }), ...(kind !== null && { kind }) }
}

export function useJournal(page: JournalPage) {
  return useQuery(
    orpc.till.journal.queryOptions({ input: inputOf(page), placeholderData: keepPreviousData, staleTime: 0 }),
  )
}

const written = ({ epoch, seq }: JournalPosition): string => `${epoch}.${seq}`

function placesIn(text: string): JournalPosition[] {
  return text.split('-').flatMap(place => {
    const [epoch = 0, seq = 0] = place.split('.').map(Number)
    return Number.isSafeInteger(epoch) && Number.isSafeInteger(seq) && seq > 0 ? [{ epoch, seq }] : []
  })
}

const ALL_KINDS = 'all'

/** The part in view, kept in the address: whoever looks at a receipt and comes back is where they were. */
export function useJournalPage(): [JournalPage, (page: JournalPage) => void] {
  const { kind = ALL_KINDS, before = '' } = useParams()
  const [, go] = useLocation()
  const page: JournalPage = {
    // Whatever somebody types there, the till says which kinds there are.
    kind: kind === ALL_KINDS ? null : (kind as FactKind),
    before: placesIn(before),
  }
  const put = (next: JournalPage) =>
    go(['/audit', next.kind ?? ALL_KINDS, next.before.map(written).join('-')].join('/').replace(/\/$/, ''), {
      replace: true,
    })
  return [page, put]
}

/** Where what a fact is about is looked at. */
const PLACES: Readonly<Record<About['what'], (id: string) => string>> = {
  receipt: id => `/receipts/${id}`,
  session: id => `/drawer/session/${id}`,
  movement: id => `/drawer/slips/${id}`,
  deposit: id => `/deposits/${id}`,
}

function AboutLink({ about }: Pick<JournalEntry, 'about'>) {
  const [from] = useLocation()
  if (about === null) return null
  const state: CameFrom = { from }
  return (
    <Link href={PLACES[about.what](about.id)} state={state}>
      {about.number}
    </Link>
  )
}

function columnsIn(timeZone: string): Column<JournalEntry>[] {
  const { columns } = auditText
  return [
    { title: columns.seq, number: true, cell: entry => entry.seq },
    { title: columns.at, fixed: true, cell: entry => formatInstant(entry.atMs, timeZone, 'date-time') },
    { title: columns.date, wideOnly: true, cell: entry => formatBusinessDate(entry.businessDate, 'short') },
    { title: columns.kind, cell: entry => entry.label },
    { title: columns.actor, fixed: true, cell: entry => entry.actorName },
    { title: columns.about, fixed: true, cell: ({ about }) => <AboutLink about={about} /> },
    { title: columns.summary, cell: entry => <span className="audit-what">{entry.summary}</span> },
    {
      title: columns.hash,
      wideOnly: true,
      cell: entry => <code title={entry.hash}>{entry.hash.slice(0, 8)}</code>,
    },
  ]
}

interface JournalPanelProps {
  asked: ReturnType<typeof useJournal>
  page: JournalPage
  timeZone: string
  onKind: (kind: FactKind | null) => void
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
  const kinds = (useQuery(orpc.till.factKinds.queryOptions()).data ?? []).toSorted((a, b) =>
    a.label.localeCompare(b.label, 'en-US'),
  )
  return (
    <Panel title={auditText.journalTitle} hint={auditText.journalIntro} className="stack audit-journal">
      <div className="row audit-filter">
        <NativeSelect
          ref={kindRef}
          label={auditText.kind}
          value={page.kind ?? ''}
          data={[
            { value: '', label: auditText.allKinds },
            ...kinds.map(({ kind, label }) => ({ value: kind, label })),
          ]}
          onChange={event => {
            const chosen = event.currentTarget.value
            onKind(kinds.find(({ kind }) => kind === chosen)?.kind ?? null)
          }}
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
        {({ entries }) =>
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

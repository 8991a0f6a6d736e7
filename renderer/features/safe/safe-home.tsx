import { useQuery } from '@tanstack/react-query'
import { useLocation } from 'wouter'
import type { SafeContent } from '../../../shared/contract/safe.ts'
import { formatCents } from '../../../shared/money.ts'
import { APPROVERS } from '../../../shared/roles.ts'
import { denominationKey } from '../../../shared/rules/cash/denominations.ts'
import { formatInstant } from '../../../shared/time.ts'
import { orpc } from '../../client.ts'
import { safeText } from '../../text/custody/safe.ts'
import { usePerson, useTenderName, useTill } from '../../till.ts'
import { Answer } from '../../ui/dialog/answer.tsx'
import type { KeyDeclaration } from '../../ui/keys/keys.ts'
import { BigFigure, Panel } from '../../ui/parts.tsx'
import { Screen } from '../../ui/screen.tsx'
import { type Column, RecordTable } from '../../ui/table/record-table.tsx'

interface SafeHomeProps {
  /** What was done last, in words. */
  said: string
  onCount: () => void
}

/** What is in the safe by its book. */
export function SafeHome({ said, onCount }: SafeHomeProps) {
  const [, go] = useLocation()
  const { role } = usePerson()
  const { timeZone } = useTill()
  const content = useQuery(orpc.safe.content.queryOptions())
  const keys: KeyDeclaration[] = [
    ...(APPROVERS.includes(role) ? [{ key: 'F2', label: safeText.keys.count, run: onCount }] : []),
    { key: 'Escape', label: safeText.keys.back, run: () => go('/') },
  ]
  return (
    <Screen title={safeText.title} keys={keys}>
      <div className="stack">
        {said !== '' && (
          <p role="status" className="safe-said">
            {said}
          </p>
        )}
        <Answer asked={content} loading={safeText.loading}>
          {safe => <Content safe={safe} timeZone={timeZone} />}
        </Answer>
      </div>
    </Screen>
  )
}

function Content({ safe, timeZone }: { safe: SafeContent; timeZone: string }) {
  const instrumentCount = safe.instruments.reduce((all, instrument) => all + instrument.count, 0)
  return (
    <>
      <Panel title={safeText.title} hint={safeText.hint} className="stack">
        <div className="safe-figures">
          <BigFigure label={safeText.cash} value={formatCents(safe.cashCents)} />
          <BigFigure
            label={safeText.instruments(instrumentCount)}
            value={formatCents(safe.instrumentsCents)}
            medium
          />
        </div>
        <div className="safe-parts">
          <Pieces safe={safe} />
          <Instruments safe={safe} />
        </div>
      </Panel>
      <Panel title={safeText.entriesTitle} className="stack">
        {safe.entries.length === 0 ? (
          <p className="muted">{safeText.noEntries}</p>
        ) : (
          <RecordTable
            label={safeText.entriesTitle}
            rows={safe.entries}
            keyOf={entry => entry.entryId}
            columns={entryColumns(timeZone)}
          />
        )}
      </Panel>
    </>
  )
}

type Row = { key: string; label: string; pieces: string; cents: SafeContent['cashCents'] }

function rowsOf({ denominations, pieces, unsortedCents }: SafeContent): Row[] {
  const labels = new Map(denominations.map(of => [denominationKey(of), of.label]))
  const noted = pieces.map(piece => ({
    key: denominationKey(piece),
    label: labels.get(denominationKey(piece)) ?? formatCents(piece.valueCents),
    pieces: piece.pieces.toLocaleString('en-US'),
    cents: piece.cents,
  }))
  if (unsortedCents === 0) return noted
  return [...noted, { key: 'unsorted', label: safeText.unsorted, pieces: '', cents: unsortedCents }]
}

function Pieces({ safe }: { safe: SafeContent }) {
  const rows = rowsOf(safe)
  const { columns } = safeText
  return (
    <section className="stack" aria-label={safeText.piecesTitle}>
      <h3>{safeText.piecesTitle}</h3>
      {rows.length === 0 ? (
        <p className="muted">{safeText.noPieces}</p>
      ) : (
        <RecordTable
          label={safeText.piecesTitle}
          rows={rows}
          keyOf={row => row.key}
          columns={[
            { title: columns.denomination, cell: row => row.label },
            { title: columns.pieces, number: true, cell: row => row.pieces },
            { title: columns.amount, number: true, cell: row => formatCents(row.cents) },
          ]}
        />
      )}
    </section>
  )
}

function Instruments({ safe }: { safe: SafeContent }) {
  const { instrumentColumns } = safeText
  const tenderName = useTenderName()
  return (
    <section className="stack" aria-label={safeText.instrumentsTitle}>
      <h3>{safeText.instrumentsTitle}</h3>
      {safe.instruments.length === 0 ? (
        <p className="muted">{safeText.noInstruments}</p>
      ) : (
        <RecordTable
          label={safeText.instrumentsTitle}
          rows={safe.instruments}
          keyOf={instrument => instrument.tender}
          columns={[
            { title: instrumentColumns.kind, cell: instrument => tenderName(instrument.tender) },
            { title: instrumentColumns.count, number: true, cell: instrument => instrument.count },
            {
              title: instrumentColumns.amount,
              number: true,
              cell: instrument => formatCents(instrument.cents),
            },
          ]}
        />
      )}
    </section>
  )
}

function entryColumns(timeZone: string): Column<SafeContent['entries'][number]>[] {
  const columns = safeText.entryColumns
  return [
    { title: columns.kind, cell: entry => safeText.kinds[entry.kind] },
    { title: columns.number, cell: entry => entry.number },
    { title: columns.at, cell: entry => formatInstant(entry.atMs, timeZone, 'date-time') },
    { title: columns.person, cell: entry => entry.personName },
    { title: columns.second, cell: entry => entry.secondPersonName ?? '' },
    { title: columns.reason, cell: entry => entry.reason, wideOnly: true },
    { title: columns.amount, number: true, cell: entry => formatCents(entry.cents) },
  ]
}

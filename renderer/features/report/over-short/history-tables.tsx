import { formatCents } from '../../../../shared/money.ts'
import { formatBusinessDate } from '../../../../shared/time.ts'
import { historyText } from '../../../text/report/reports.ts'
import { type Column, RecordTable } from '../../../ui/table/record-table.tsx'
import type { Grouping, GroupSum, Point } from './history.ts'

const { columns } = historyText

const SUMS: readonly Column<GroupSum>[] = [
  { title: columns.sessions, number: true, cell: of => of.sessions },
  { title: columns.different, number: true, cell: of => of.overTimes + of.shortTimes },
  { title: columns.over, number: true, cell: of => formatCents(of.overCents) },
  { title: columns.short, number: true, cell: of => formatCents(of.shortCents) },
  { title: columns.net, number: true, cell: of => formatCents(of.netCents) },
]

interface GroupTableProps {
  by: Grouping
  groups: readonly GroupSum[]
  opened: string
  onOpen: (name: string) => void
}

/** The sums of each cashier, drawer or weekday; one that is opened is alone in the picture. */
export function GroupTable({ by, groups, opened, onOpen }: GroupTableProps) {
  const label = historyText.groups(historyText.groupings[by])
  return (
    <div>
      <h3>{label}</h3>
      <RecordTable
        label={label}
        columns={[{ title: historyText.groupings[by], cell: of => of.name }, ...SUMS]}
        rows={groups}
        keyOf={of => of.name}
        open={of => onOpen(of.name)}
        openedKey={opened}
      />
    </div>
  )
}

const DIFFERENCES: readonly Column<Point>[] = [
  { title: columns.z, cell: point => historyText.place(point.zNumber, point.at) },
  { title: columns.date, cell: point => formatBusinessDate(point.businessDate, 'short') },
  { title: columns.weekday, wideOnly: true, cell: point => historyText.weekdays[point.weekday] ?? '' },
  { title: columns.cashier, cell: point => point.cashierName },
  { title: columns.drawer, cell: point => point.drawerName },
  { title: columns.difference, number: true, cell: point => formatCents(point.overShortCents) },
  { title: columns.cumulative, number: true, cell: point => formatCents(point.cumulativeCents) },
]

/** Every session that was over or short, the newest first. */
export function DifferenceTable({ points }: { points: readonly Point[] }) {
  return (
    <div>
      <h3>{historyText.sessions}</h3>
      {points.length === 0 ? (
        <p className="muted">{historyText.noDifference}</p>
      ) : (
        <RecordTable
          label={historyText.sessions}
          columns={DIFFERENCES}
          rows={points}
          keyOf={point => `${point.sessionId} ${point.at}`}
        />
      )}
    </div>
  )
}

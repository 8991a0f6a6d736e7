import type { SumCheck } from '../../../shared/contract/sync.ts'
import { formatCents, subtract } from '../../../shared/money.ts'
import { comparedLabels, syncText } from '../../text/sync.ts'
import { type Column, RecordTable } from '../../ui/table/record-table.tsx'

type Difference = SumCheck['differences'][number] & Pick<SumCheck, 'kind' | 'number'>

/** A figure of this till's and central's, and how far they are apart. */
const FIGURES: readonly Column<Difference>[] = [
  { title: syncText.checkColumns.what, cell: row => comparedLabels(row.what) },
  { title: syncText.checkColumns.till, number: true, cell: row => formatCents(row.tillCents) },
  { title: syncText.checkColumns.central, number: true, cell: row => formatCents(row.centralCents) },
  {
    title: syncText.checkColumns.difference,
    number: true,
    cell: row => formatCents(subtract(row.centralCents, row.tillCents)),
  },
]
const REPORT: Column<Difference> = {
  title: syncText.checkColumn,
  cell: ({ kind, number }) => syncText.checkOf[kind](number),
}

interface SumDifferencesProps {
  label: string
  checks: readonly SumCheck[]
  /** Says of each figure which session or deposit it belongs to. */
  named?: boolean
}

/** Where central's sums are not this till's: what, and both figures. */
export function SumDifferences({ label, checks, named = false }: SumDifferencesProps) {
  const rows = checks.flatMap(({ kind, number, differences }) =>
    differences.map(difference => ({ ...difference, kind, number })),
  )
  return (
    <RecordTable
      label={label}
      columns={named ? [REPORT, ...FIGURES] : FIGURES}
      rows={rows}
      keyOf={({ kind, number, what }) => `${kind} ${number} ${what}`}
    />
  )
}

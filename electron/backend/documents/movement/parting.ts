/** How a closed session's cash was parted, on its Z report: what stays in the drawer beside what goes to the safe. */
import type { Content } from 'pdfmake'
import type { Column as PageColumn } from 'pdfmake/interfaces.js'
import type { Reading } from '../../../../shared/contract/session-fields.ts'
import { formatCents } from '../../../../shared/money.ts'
import {
  type Denomination,
  denominationKey,
  type PieceCount,
} from '../../../../shared/rules/cash/denominations.ts'
import { pileCents, pileRows } from '../../../../shared/rules/cash/pile-rows.ts'
import { LETTER } from '../definition.ts'
import { changeFirstText, STAFF } from '../page/labels.ts'
import { fillPage, ruledTable, section } from '../page/page-parts.ts'

const BETWEEN = 28
const HALF = (LETTER.inner - BETWEEN) / 2

function pile(
  title: string,
  pieces: readonly PieceCount[],
  denominations: readonly Denomination[],
): PageColumn {
  const [label = 0, bundles = 0, loose = 0, amount = 0] = fillPage([null, 56, 34, 66], HALF)
  const rows = pileRows(pieces, denominations)
  const table = ruledTable(
    [
      { head: STAFF.denomination, width: label },
      { head: STAFF.bundles, width: bundles, align: 'right' },
      { head: STAFF.loose, width: loose, align: 'right' },
      { head: STAFF.amount, width: amount, align: 'right' },
    ],
    [
      ...rows.map(row => [
        row.label,
        row.bundles === 0 ? '' : String(row.bundles),
        row.pieces === 0 ? '' : String(row.pieces),
        formatCents(row.cents),
      ]),
      [{ text: STAFF.total, bold: true }, '', '', { text: formatCents(pileCents(rows)), bold: true }],
    ],
    { dense: true },
  )
  return { width: HALF, stack: [section(title, rows.length === 0 ? [{ text: STAFF.none }] : [table], 0)] }
}

/** The two piles side by side; where no mix made the change fund, which piece to change first instead. */
export function partingSection(reading: Reading, denominations: readonly Denomination[]): Content[] {
  const { parting, toSafeCents, leftCents } = reading
  if (parting === null || toSafeCents === null || toSafeCents === 0 || leftCents === null) return []
  const { left, leaving, changeFirst } = parting
  if (changeFirst !== null) {
    const label = denominations.find(of => denominationKey(of) === denominationKey(changeFirst))?.label ?? ''
    const words = changeFirstText({ label, ...changeFirst, leftCents })
    return [section(STAFF.staysInDrawer, [{ text: words }], 0)]
  }
  return [
    {
      unbreakable: true,
      columnGap: BETWEEN,
      columns: [
        pile(STAFF.staysInDrawer, left, denominations),
        pile(STAFF.goesToSafe, leaving, denominations),
      ],
    },
  ]
}

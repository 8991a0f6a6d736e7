import { Button, Checkbox } from '@mantine/core'
import { useState } from 'react'
import { type Cents, cents, formatCents } from '../../../../shared/money.ts'
import { OPEN_DRAWER } from '../../../text/session/open-drawer.ts'
import { ApprovalDialog } from '../../../ui/dialog/dialogs.tsx'
import { Facts } from '../../../ui/facts.tsx'
import { Panel } from '../../../ui/parts.tsx'
import '../../count/verdict.css'
import { sizeOf, verdictOf } from '../../count/difference.ts'
import type { Opening } from './use-opening.ts'

type OpeningDifference = NonNullable<Opening['difference']>

function Verdict({ overShortCents }: { overShortCents: Cents }) {
  const verdict = verdictOf(overShortCents)
  if (verdict === 'agrees') return null
  return (
    <ul className="verdicts">
      <li className={`verdict ${verdict}`}>{OPEN_DRAWER.verdict(verdict, sizeOf(overShortCents))}</li>
    </ul>
  )
}

/** What the session before left, what was counted twice, and what that comes to. */
function Figures({ difference, brought }: { difference: OpeningDifference; brought: boolean }) {
  const { leftCents, countedCents, overShortCents, fund } = difference
  return (
    <>
      <Verdict overShortCents={brought && fund !== null ? fund.overShortCents : overShortCents} />
      <Facts
        facts={[
          [OPEN_DRAWER.left, formatCents(leftCents)],
          [OPEN_DRAWER.counted, formatCents(countedCents)],
        ]}
      />
    </>
  )
}

/** The difference of a drawer that was counted twice, and the way on. */
export function DifferencePanel({ difference, onAsk }: { difference: OpeningDifference; onAsk: () => void }) {
  return (
    <Panel title={OPEN_DRAWER.differenceTitle} hint={OPEN_DRAWER.differenceHint} className="stack">
      <Figures difference={difference} brought={false} />
      <p className="muted">{OPEN_DRAWER.differenceNote}</p>
      <div>
        <Button size="lg" onClick={onAsk} data-autofocus>
          {OPEN_DRAWER.openDifferent}
        </Button>
      </div>
    </Panel>
  )
}

/** Somebody else signs for the difference, and says where it is none: the drawer was brought to its assigned fund. */
export function DifferenceDialog({ opening, onClose }: { opening: Opening; onClose: () => void }) {
  const { chosen, difference, different } = opening
  const [brought, setBrought] = useState(false)
  if (chosen === undefined || difference === null) return null
  const { fund } = difference
  return (
    <ApprovalDialog
      title={OPEN_DRAWER.approvalTitle(chosen.name)}
      reasonLabel={OPEN_DRAWER.reason}
      pending={different.pending}
      problem={different.problem}
      onApprove={(approval, reason) =>
        opening.openDifferent({
          fundCents: brought && fund !== null ? fund.fundCents : null,
          reason,
          approval,
        })
      }
      onCancel={onClose}
    >
      <Figures difference={difference} brought={brought} />
      {fund !== null && (
        <Checkbox
          label={OPEN_DRAWER.brought(
            formatCents(fund.fundCents),
            formatCents(cents(Math.abs(fund.fundChangeCents))),
            fund.fundChangeCents > 0,
          )}
          checked={brought}
          onChange={event => setBrought(event.currentTarget.checked)}
        />
      )}
    </ApprovalDialog>
  )
}

import { Button } from '@mantine/core'
import { useState } from 'react'
import { type Cents, cents, formatCents } from '../../../../shared/money.ts'
import { client } from '../../../client.ts'
import { useCommand } from '../../../command.ts'
import { OPEN_DRAWER } from '../../../text/open-drawer.ts'
import { type Approval, ApprovalDialog } from '../../../ui/dialogs.tsx'
import { Facts } from '../../../ui/facts.tsx'
import { Panel } from '../../../ui/parts.tsx'
import '../../count/verdict.css'
import { sizeOf, verdictOf } from '../../count/difference.ts'

export interface OpeningDifference {
  leftCents: Cents
  countedCents: Cents
  fundChangeCents: Cents
  overShortCents: Cents
}

type OpenedSession = Awaited<ReturnType<typeof client.session.openDifferent>>

/** Opening with a reason and another person's PIN, where two counts are not what was left. */
export function useOpenDifferent(onOpened: (opened: OpenedSession, drawerName: string) => void) {
  const [asking, setAsking] = useState(false)
  const command = useCommand({
    send: (
      commandId,
      input: { drawerId: string; drawerName: string; reason: string; approval: Approval },
    ) => {
      const { drawerId, reason, approval } = input
      return client.session.openDifferent({ commandId, drawerId, reason, approval })
    },
    done: (opened, { drawerName }) => onOpened(opened, drawerName),
  })
  return {
    ...command,
    asking,
    ask: () => setAsking(true),
    stopAsking: () => {
      setAsking(false)
      command.clear()
    },
  }
}

function Verdict({ overShortCents }: Pick<OpeningDifference, 'overShortCents'>) {
  const verdict = verdictOf(overShortCents)
  if (verdict === 'agrees') return null
  return (
    <ul className="verdicts">
      <li className={`verdict ${verdict}`}>{OPEN_DRAWER.verdict(verdict, sizeOf(overShortCents))}</li>
    </ul>
  )
}

/** What the session before left, what was counted twice, and what that comes to. */
function Figures({ leftCents, countedCents, fundChangeCents, overShortCents }: OpeningDifference) {
  const fund = cents(Math.abs(fundChangeCents))
  return (
    <>
      <Verdict overShortCents={overShortCents} />
      <Facts
        facts={[
          [OPEN_DRAWER.left, formatCents(leftCents)],
          [OPEN_DRAWER.counted, formatCents(countedCents)],
          [
            fundChangeCents > 0 ? OPEN_DRAWER.fundRaised : OPEN_DRAWER.fundLowered,
            fundChangeCents === 0 ? null : formatCents(fund),
          ],
        ]}
      />
    </>
  )
}

/** The difference of a drawer that was counted twice, and the way on. */
export function DifferencePanel({ difference, onAsk }: { difference: OpeningDifference; onAsk: () => void }) {
  return (
    <Panel title={OPEN_DRAWER.differenceTitle} hint={OPEN_DRAWER.differenceHint} className="stack">
      <Figures {...difference} />
      <p className="muted">{OPEN_DRAWER.differenceNote}</p>
      <div>
        <Button size="lg" onClick={onAsk} data-autofocus>
          {OPEN_DRAWER.openDifferent}
        </Button>
      </div>
    </Panel>
  )
}

interface DifferenceDialogProps {
  difference: OpeningDifference
  opening: ReturnType<typeof useOpenDifferent>
  onApprove: (approval: Approval, reason: string) => void
}

/** Somebody else signs for the difference. */
export function DifferenceDialog({ difference, opening, onApprove }: DifferenceDialogProps) {
  return (
    <ApprovalDialog
      title={OPEN_DRAWER.approvalTitle}
      reasonLabel={OPEN_DRAWER.reason}
      pending={opening.pending}
      problem={opening.problem}
      onApprove={onApprove}
      onCancel={opening.stopAsking}
    >
      <Figures {...difference} />
    </ApprovalDialog>
  )
}

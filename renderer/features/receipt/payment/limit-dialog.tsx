import { formatCents } from '../../../../shared/money.ts'
import { client } from '../../../client.ts'
import { useCommand } from '../../../command.ts'
import { WINDOW } from '../../../text/receipt/window.ts'
import { useTill } from '../../../till.ts'
import { type Approval, ApprovalDialog } from '../../../ui/dialog/dialogs.tsx'

interface LimitDialogProps {
  onLifted: () => void
  onClose: () => void
}

/** The drawer is at its cash limit: cash is turned in, or somebody lets it take more until a turn-in brings it below. */
export function LimitDialog({ onLifted, onClose }: LimitDialogProps) {
  const limitCents = useTill().session?.level.limitCents
  const lifting = useCommand({
    send: (commandId, input: { reason: string; approval: Approval }) =>
      client.session.liftLimit({ commandId, ...input }),
    done: onLifted,
  })
  if (limitCents === undefined) return null
  return (
    <ApprovalDialog
      title={WINDOW.limitTitle(formatCents(limitCents))}
      reasonLabel={WINDOW.limitReason}
      pending={lifting.pending}
      problem={lifting.problem}
      onApprove={(approval, reason) => lifting.run({ reason, approval })}
      onCancel={onClose}
    >
      <p>{WINDOW.limitAdvice}</p>
    </ApprovalDialog>
  )
}

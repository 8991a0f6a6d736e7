import { custodyText } from '../../text/custody/custody.ts'
import { useTill } from '../../till.ts'
import { Tag } from '../../ui/parts.tsx'
import { useNow } from '../../ui/use-now.ts'
import { dueLabels } from './deposit-due.ts'

/** When money is due at the bank and what is left until then; what is overdue says so in a word. Brief where room is short. */
export function DueNote({ dueAtMs, brief = false }: { dueAtMs: number; brief?: boolean }) {
  const { timeZone } = useTill()
  const nowMs = useNow()
  const { when, left, overdue } = dueLabels({ dueAtMs, nowMs, timeZone })
  return (
    <span className="due-note">
      {overdue && <Tag tone="bad">{custodyText.overdue}</Tag>}
      <span>{overdue ? left : when}</span>
      {!brief && <span className="muted small">{overdue ? when : left}</span>}
    </span>
  )
}

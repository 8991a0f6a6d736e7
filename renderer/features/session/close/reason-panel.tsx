import { Button, Textarea } from '@mantine/core'
import type { RefObject } from 'react'
import { explainText } from '../../../text/session/close.ts'
import { MOST_REASON } from '../../../text/session/explain.ts'
import { ErrorNote, Panel } from '../../../ui/parts.tsx'

interface ReasonPanelProps {
  reason: string
  onReason: (reason: string) => void
  /** The difference is within what the city lets a cashier close alone. */
  alone: boolean
  /** It was to be closed without a reason. */
  missing: boolean
  pending: boolean
  problem: string | null
  onSubmit: () => void
  ref: RefObject<HTMLTextAreaElement | null>
}

/** The reason that the session is closed with. */
export function ReasonPanel(props: ReasonPanelProps) {
  const { reason, alone, missing, pending, problem, ref } = props
  return (
    <Panel
      title={explainText.reasonTitle}
      hint={alone ? explainText.withinTolerance : explainText.needsApproval}
      className="stack"
    >
      <Textarea
        ref={ref}
        label={explainText.reasonLabel}
        description={explainText.reasonHint}
        value={reason}
        onChange={event => props.onReason(event.currentTarget.value)}
        error={missing && reason.trim() === '' ? explainText.reasonMissing : null}
        maxLength={MOST_REASON}
        minRows={2}
        autosize
      />
      <ErrorNote>{problem}</ErrorNote>
      <div>
        <Button onClick={props.onSubmit} loading={pending}>
          {explainText.close}
        </Button>
      </div>
    </Panel>
  )
}

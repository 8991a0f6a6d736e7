import { useRef, useState } from 'react'
import { useLocation } from 'wouter'
import type { CountResult } from '../../../../shared/contract/session-fields.ts'
import type { TillState } from '../../../../shared/contract/till.ts'
import { formatInstant } from '../../../../shared/time.ts'
import { closeText, explainText } from '../../../text/session/close.ts'
import { explainedText } from '../../../text/session/explain.ts'
import { useTill } from '../../../till.ts'
import { ApprovalDialog } from '../../../ui/dialog/dialogs.tsx'
import { useFirstFocus } from '../../../ui/keys/first-focus.ts'
import type { KeyDeclaration } from '../../../ui/keys/keys.ts'
import { Panel } from '../../../ui/parts.tsx'
import { Screen } from '../../../ui/screen.tsx'
import { inUse } from '../../count/difference.ts'
import { Differences } from '../../count/differences.tsx'
import { useExplain } from '../explain/use-explain.tsx'
import { CompositionList, CompositionPanel } from './composition-list.tsx'
import { withExplanation } from './reason.ts'
import { ReasonPanel } from './reason-panel.tsx'
import { useClosing } from './use-closing.ts'

interface ExplainStageProps {
  sessionId: string
  result: CountResult
  onClosed: (zNumber: string) => void
}

/** Whose drawer this is and since when, in one line. */
function sessionLine({ session, person, timeZone }: TillState): string {
  if (session === null || person === null) return ''
  const opened = formatInstant(session.openedAtMs, timeZone, 'time')
  return `${session.drawerName} · ${person.name} · ${explainText.opened(opened)}`
}

/** The explanations beside the reason that is being written, which one of them may become. */
function useReason({ sessionId, result, onClosed }: ExplainStageProps) {
  const closing = useClosing({ sessionId, result, onClosed })
  const field = useRef<HTMLTextAreaElement>(null)
  const [missing, setMissing] = useState(false)
  const [taken, setTaken] = useState<string | null>(null)
  const toReason = () => {
    field.current?.focus()
    field.current?.closest('.panel')?.scrollIntoView({ block: 'nearest' })
  }
  const explain = useExplain({
    sessionId,
    balances: result.balances,
    onNothing: toReason,
    onUse: explanation => {
      closing.setReason(withExplanation({ typed: closing.reason, taken }, explanation))
      setTaken(explanation)
      toReason()
    },
  })
  const submit = () => {
    const isMissing = closing.reason.trim() === ''
    setMissing(isMissing)
    if (isMissing) toReason()
    else closing.submit()
  }
  return { closing, field, missing, toReason, explain, submit }
}

/** Over and short by tender after the second count; closes with a reason and another person's PIN. */
export function ExplainStage(props: ExplainStageProps) {
  const { balances, composition = [] } = props.result
  const [, go] = useLocation()
  const place = useRef<HTMLDivElement>(null)
  const till = useTill()
  const { closing, field, missing, toReason, explain, submit } = useReason(props)
  const { reason, alone, pending, dialogOpen, problem } = closing
  useFirstFocus(place)
  const keys: KeyDeclaration[] = [
    ...explain.keys,
    { key: 'R', label: explainedText.keys.reason, run: toReason },
    { key: 'F2', label: explainedText.keys.list, run: explain.toList },
    { key: 'F10', label: closeText.keys.reason, run: submit, disabled: pending },
    { key: 'Escape', label: closeText.keys.window, run: () => go('/') },
  ]
  return (
    <Screen title={explainText.title} keys={keys}>
      <div className="close-explain" ref={place}>
        <div className="stack">
          <Panel title={explainText.title} hint={sessionLine(till)}>
            <Differences balances={inUse(balances)} />
          </Panel>
          <ReasonPanel
            {...{ reason, alone, missing }}
            onReason={closing.setReason}
            pending={pending && !dialogOpen}
            problem={dialogOpen ? null : problem}
            onSubmit={submit}
            ref={field}
          />
        </div>
        <div className="stack">
          <CompositionPanel findings={composition} />
          {explain.panel}
        </div>
      </div>
      {explain.dialog}
      {dialogOpen && (
        <ApprovalDialog
          title={explainText.approvalTitle}
          pending={pending}
          problem={problem}
          onApprove={closing.approve}
          onCancel={closing.stopAsking}
        >
          <Differences balances={balances} brief />
          <CompositionList findings={composition} />
        </ApprovalDialog>
      )}
    </Screen>
  )
}

import { Button, Textarea } from '@mantine/core'
import { useRef, useState } from 'react'
import { useLocation } from 'wouter'
import type { CountResult } from '../../../shared/contract/drawer.ts'
import type { TillState } from '../../../shared/contract/till.ts'
import { formatInstant } from '../../../shared/time.ts'
import { client } from '../../client.ts'
import { useCommand } from '../../command.ts'
import { closeText, explainText } from '../../text/close.ts'
import { refusalCode } from '../../text/refusals.ts'
import { useSettings, useTill } from '../../till.ts'
import { type Approval, ApprovalDialog } from '../../ui/dialogs.tsx'
import { useFirstFocus } from '../../ui/first-focus.ts'
import type { KeyDeclaration } from '../../ui/keys.ts'
import { ErrorNote, Panel } from '../../ui/parts.tsx'
import { Screen } from '../../ui/screen.tsx'
import { isWithinTolerance } from './difference.ts'
import { Differences } from './differences.tsx'

interface ExplainStageProps {
  result: CountResult
  onClosed: (zNumber: string) => void
}

interface CloseInput {
  reason: string
  approval?: Approval
}

/** Whose drawer this is and since when, in one line. */
function sessionLine({ session, person, timeZone }: TillState): string {
  if (session === null || person === null) return ''
  const opened = formatInstant(session.openedAtMs, timeZone, 'time')
  return `${session.drawerName} · ${person.name} · ${explainText.opened(opened)}`
}

/** Over and short by tender after the second count; closes with a reason and another person's PIN. */
export function ExplainStage({ result, onClosed }: ExplainStageProps) {
  const [, go] = useLocation()
  const place = useRef<HTMLDivElement>(null)
  const till = useTill()
  const settings = useSettings()
  const [reason, setReason] = useState('')
  const [reasonMissing, setReasonMissing] = useState(false)
  const [asking, setAsking] = useState(false)
  useFirstFocus(place)
  const command = useCommand<CloseInput, { zNumber: string }>({
    send: (commandId, input) => client.drawer.close({ commandId, ...input }),
    done: ({ zNumber }) => onClosed(zNumber),
  })
  const tolerance = settings?.differenceToleranceCents
  const alone = tolerance !== undefined && isWithinTolerance(result.balances, tolerance)
  const approvalNeeded = refusalCode(command.error) === 'APPROVAL_NEEDED'
  const submit = () => {
    setReasonMissing(reason.trim() === '')
    if (reason.trim() === '') place.current?.querySelector('textarea')?.focus()
    else if (alone) command.run({ reason: reason.trim() })
    else setAsking(true)
  }
  const stopAsking = () => {
    setAsking(false)
    command.clear()
  }
  const keys: KeyDeclaration[] = [
    { key: 'F10', label: closeText.keys.reason, run: submit, disabled: command.pending },
    { key: 'Escape', label: closeText.keys.window, run: () => go('/') },
  ]
  const dialogOpen = asking || approvalNeeded
  return (
    <Screen title={explainText.title} keys={keys}>
      <div className="close-explain" ref={place}>
        <Panel title={explainText.title} hint={sessionLine(till)}>
          <Differences balances={result.balances} />
          <p className="muted small">{explainText.firstKept}</p>
        </Panel>
        <Panel
          title={explainText.reasonTitle}
          hint={alone ? explainText.withinTolerance : explainText.needsApproval}
          className="stack"
        >
          <Textarea
            label={explainText.reasonLabel}
            description={explainText.reasonHint}
            value={reason}
            onChange={event => setReason(event.currentTarget.value)}
            error={reasonMissing && reason.trim() === '' ? explainText.reasonMissing : null}
            maxLength={80}
            minRows={3}
            autosize
            data-autofocus
          />
          <ErrorNote>{dialogOpen ? null : command.problem}</ErrorNote>
          <div>
            <Button onClick={submit} loading={command.pending && !dialogOpen}>
              {explainText.close}
            </Button>
          </div>
        </Panel>
      </div>
      {dialogOpen && (
        <ApprovalDialog
          title={explainText.approvalTitle}
          pending={command.pending}
          problem={approvalNeeded ? null : command.problem}
          onApprove={approval => command.run({ reason: reason.trim(), approval })}
          onCancel={stopAsking}
        >
          <Differences balances={result.balances} brief />
        </ApprovalDialog>
      )}
    </Screen>
  )
}

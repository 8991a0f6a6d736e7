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

/** Closing with a reason: alone within the city's tolerance, else by another person's PIN in a dialog. */
function useClosing({ result, onClosed }: ExplainStageProps) {
  const settings = useSettings()
  const [reason, setReason] = useState('')
  const [asking, setAsking] = useState(false)
  const command = useCommand<CloseInput, { zNumber: string }>({
    send: (commandId, input) => client.drawer.close({ commandId, ...input }),
    done: ({ zNumber }) => onClosed(zNumber),
  })
  const tolerance = settings?.differenceToleranceCents
  const alone = tolerance !== undefined && isWithinTolerance(result.balances, tolerance)
  const approvalNeeded = refusalCode(command.error) === 'APPROVAL_NEEDED'
  return {
    reason,
    setReason,
    alone,
    pending: command.pending,
    dialogOpen: asking || approvalNeeded,
    // That an approval is needed is what the dialog is for; it is no error in it.
    problem: approvalNeeded ? null : command.problem,
    submit: () => (alone ? command.run({ reason: reason.trim() }) : setAsking(true)),
    approve: (approval: Approval) => command.run({ reason: reason.trim(), approval }),
    stopAsking: () => {
      setAsking(false)
      command.clear()
    },
  }
}

/** Over and short by tender after the second count; closes with a reason and another person's PIN. */
export function ExplainStage(props: ExplainStageProps) {
  const { balances } = props.result
  const [, go] = useLocation()
  const place = useRef<HTMLDivElement>(null)
  const till = useTill()
  const [missing, setMissing] = useState(false)
  const closing = useClosing(props)
  const { reason, alone, pending, dialogOpen, problem } = closing
  useFirstFocus(place)
  const submit = () => {
    const isMissing = reason.trim() === ''
    setMissing(isMissing)
    if (isMissing) place.current?.querySelector('textarea')?.focus()
    else closing.submit()
  }
  const keys: KeyDeclaration[] = [
    { key: 'F10', label: closeText.keys.reason, run: submit, disabled: pending },
    { key: 'Escape', label: closeText.keys.window, run: () => go('/') },
  ]
  return (
    <Screen title={explainText.title} keys={keys}>
      <div className="close-explain" ref={place}>
        <Panel title={explainText.title} hint={sessionLine(till)}>
          <Differences balances={balances} />
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
            onChange={event => closing.setReason(event.currentTarget.value)}
            error={missing && reason.trim() === '' ? explainText.reasonMissing : null}
            maxLength={80}
            minRows={3}
            autosize
            data-autofocus
          />
          <ErrorNote>{dialogOpen ? null : problem}</ErrorNote>
          <div>
            <Button onClick={submit} loading={pending && !dialogOpen}>
              {explainText.close}
            </Button>
          </div>
        </Panel>
      </div>
      {dialogOpen && (
        <ApprovalDialog
          title={explainText.approvalTitle}
          pending={pending}
          problem={problem}
          onApprove={closing.approve}
          onCancel={closing.stopAsking}
        >
          <Differences balances={balances} brief />
        </ApprovalDialog>
      )}
    </Screen>
  )
}

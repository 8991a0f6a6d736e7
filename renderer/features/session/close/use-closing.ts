import { useState } from 'react'
import { z } from 'zod'
import type { CountResult } from '../../../../shared/contract/session-fields.ts'
import { client } from '../../../client.ts'
import { useCommand } from '../../../command.ts'
import { refusalCode } from '../../../text/refusals/refusals.ts'
import { useSettings } from '../../../till.ts'
import type { Approval } from '../../../ui/dialog/dialogs.tsx'
import { useKeptDraft } from '../../../ui/drafts/kept-draft.ts'
import { isWithinTolerance } from '../../count/difference.ts'

interface ClosingOptions {
  sessionId: string
  result: CountResult
  onClosed: (zNumber: string) => void
}

interface CloseInput {
  reason: string
  approval?: Approval
}

const noReason = (): string => ''

/**
 * Closing with a reason: alone within the city's tolerance, else by another person's PIN in a dialog. The reason
 * is kept through a look at the Window and a reload.
 */
export function useClosing({ sessionId, result, onClosed }: ClosingOptions) {
  const settings = useSettings()
  const key = `close-reason:${sessionId}`
  const { draft: reason, setDraft: setReason } = useKeptDraft({ key, schema: z.string(), begin: noReason })
  const [asking, setAsking] = useState(false)
  const command = useCommand<CloseInput, { zNumber: string }>({
    send: (commandId, input) => client.session.close({ commandId, ...input }),
    done: ({ zNumber }) => {
      // This stage is gone with the answer, so there is nobody left to forget it later.
      sessionStorage.removeItem(key)
      onClosed(zNumber)
    },
  })
  const tolerance = settings?.differenceToleranceCents
  const instrumentsAgree = (result.composition ?? []).length === 0
  const alone = instrumentsAgree && tolerance !== undefined && isWithinTolerance(result.balances, tolerance)
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

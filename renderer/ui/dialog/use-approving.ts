import { useEffect, useState } from 'react'
import type { ApprovalRefusal } from '../../../shared/contract/base.ts'
import type { Command } from '../../command.ts'
import { refusalCode } from '../../text/refusals/refusals.ts'

/** What whoever approves can mend at the dialog. */
const OF_APPROVAL: Readonly<Record<ApprovalRefusal, true>> = {
  APPROVAL_NEEDED: true,
  OWN_APPROVAL: true,
  APPROVER_ROLE: true,
  PIN_WRONG: true,
  LOCKED_OUT: true,
}

/** Whether somebody else is asked: from when the till wanted it until it is done, given up, or refused for what stands in the form. */
export function useApproving({ pending, error, problem, clear }: Omit<Command<never>, 'run'>) {
  const [asking, setAsking] = useState(false)
  const code = refusalCode(error)
  const isWanted = code === 'APPROVAL_NEEDED'
  const isOver = !pending && (code === null || !Object.hasOwn(OF_APPROVAL, code))
  useEffect(() => {
    if (isWanted) setAsking(true)
    else if (isOver) setAsking(false)
  }, [isWanted, isOver])
  const stop = () => {
    setAsking(false)
    clear()
  }
  return { asking, problem: isWanted ? null : problem, stop }
}

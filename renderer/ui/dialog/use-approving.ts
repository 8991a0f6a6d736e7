import { useEffect, useState } from 'react'
import type { Command } from '../../command.ts'
import { refusalCode } from '../../text/refusals/refusals.ts'

/** Whether somebody else is asked: from when the till wanted it until it is done, or given up. */
export function useApproving({ error, problem, clear }: Omit<Command<never>, 'run'>) {
  const [asking, setAsking] = useState(false)
  const isWanted = refusalCode(error) === 'APPROVAL_NEEDED'
  useEffect(() => {
    if (isWanted) setAsking(true)
  }, [isWanted])
  const stop = () => {
    setAsking(false)
    clear()
  }
  return { asking, problem: isWanted ? null : problem, stop }
}

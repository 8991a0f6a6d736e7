import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useLocation } from 'wouter'
import { orpc } from '../../../client.ts'
import { useTill } from '../../../till.ts'

/**
 * To the Window from a session that is closed, once the till's state says so too: until then the Window would lead back to
 * its close.
 */
export function useToWindow(sessionId: string | undefined): () => void {
  const [, go] = useLocation()
  const queries = useQueryClient()
  const { session } = useTill()
  const [leaving, setLeaving] = useState(false)
  const isOver = session === null || session.sessionId !== sessionId
  useEffect(() => {
    if (leaving && isOver) go('/')
  }, [leaving, isOver, go])
  return () => {
    setLeaving(true)
    void queries.invalidateQueries({ queryKey: orpc.till.state.key() })
  }
}

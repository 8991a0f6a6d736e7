import { useQuery } from '@tanstack/react-query'
import type { TillClient } from '../../../shared/contract/index.ts'
import { orpc } from '../../client.ts'

export type MovementSheet = Awaited<ReturnType<TillClient['movement']['sheet']>>

/** What a movement is entered with: denominations, instruments in the drawer, categories. Nothing of another session. */
export function useSheet() {
  return useQuery(orpc.movement.sheet.queryOptions({ staleTime: 0, gcTime: 0 }))
}

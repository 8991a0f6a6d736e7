import { useQuery } from '@tanstack/react-query'
import { createContext, useContext } from 'react'
import type { TillState } from '../shared/contract/till.ts'
import type { Settings } from '../shared/settings/index.ts'
import type { Tender, TenderType } from '../shared/tenders.ts'
import { orpc } from './client.ts'

export const TillContext = createContext<TillState | null>(null)

/** The till's state as last told: who, which drawer, business date, level. Only below the application's frame. */
export function useTill(): TillState {
  const state = useContext(TillContext)
  if (state === null) throw new Error('There is no till state outside the application frame')
  return state
}

/** The person signed in. Only on screens, which are never shown to anybody else. */
export function usePerson(): NonNullable<TillState['person']> {
  const { person } = useTill()
  if (person === null) throw new Error('Nobody is signed in')
  return person
}

/** The city's settings; null until they have come. */
export function useSettings(): Settings | null {
  return useQuery(orpc.setup.settings.queryOptions({ staleTime: Number.POSITIVE_INFINITY })).data ?? null
}

/** The city's tender types in its own order; none until they have come. */
export function useTenderTypes(): readonly TenderType[] {
  return useQuery(orpc.setup.tenders.queryOptions({ staleTime: Number.POSITIVE_INFINITY })).data ?? []
}

/** What the city calls a tender. */
export function useTenderName(): (tender: Tender) => string {
  const types = useTenderTypes()
  return tender => types.find(type => type.tender === tender)?.name ?? tender
}

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Cents } from '../../../../shared/money.ts'
import type { PieceCount } from '../../../../shared/rules/cash/denominations.ts'
import { client, orpc } from '../../../client.ts'
import { useCommand } from '../../../command.ts'
import { sayError } from '../../../text/refusals/refusals.ts'
import { OPEN_DRAWER } from '../../../text/session/open-drawer.ts'
import { useSettings } from '../../../till.ts'
import type { Approval } from '../../../ui/dialog/dialogs.tsx'

export type OpenedSession = Awaited<ReturnType<typeof client.session.openDifferent>>
type Openings = Awaited<ReturnType<typeof client.session.openings>>

export interface Opened extends Pick<OpenedSession, 'openingCents' | 'changeFundWantedCents' | 'leftBefore'> {
  drawerName: string
  /** With a reason and another person's approval. */
  approved: boolean
}

interface Named {
  drawerId: string
  drawerName: string
}

/** The sheets that were begun, each of its drawer: a count never goes along to another one. */
function useSheets() {
  const [sheets, setSheets] = useState<Readonly<Record<string, PieceCount[]>>>({})
  return {
    of: (drawerId: string | undefined): PieceCount[] => sheets[drawerId ?? ''] ?? [],
    put: (drawerId: string, pieces: PieceCount[]) => setSheets(before => ({ ...before, [drawerId]: pieces })),
  }
}

/**
 * Which drawer it is. The first free one is proposed; as soon as somebody chooses one, or counts in it, it stays theirs
 * whatever becomes of it: a count is of the drawer in which the money lies.
 */
function useChoice(drawers: Openings) {
  const [chosenId, setChosenId] = useState<string | null>(null)
  const free = drawers.find(drawer => drawer.heldByName === null)
  const chosen = drawers.find(drawer => drawer.drawerId === chosenId) ?? free
  return { chosen, setChosenId }
}

/** What is counted, how far it has come, and the ways on. */
export function useOpening(onOpened: (opened: Opened) => void) {
  const settings = useSettings()
  const queries = useQueryClient()
  const asked = useQuery(orpc.session.openings.queryOptions())
  const drawers = asked.data ?? []
  const { chosen, setChosenId } = useChoice(drawers)
  const sheets = useSheets()
  // Each count that was taken begins a new sheet; the cursor goes on from it, until another drawer is looked at.
  const [taken, setTaken] = useState({ count: 0, goesOn: false })
  const fix = () => setChosenId(chosen?.drawerId ?? null)
  const counting = useCommand({
    send: (commandId, { drawerId }: Named) =>
      client.session.open({ commandId, drawerId, pieces: sheets.of(drawerId) }),
    done: ({ outcome, opened }, { drawerId, drawerName }) => {
      sheets.put(drawerId, [])
      if (opened !== null) return onOpened({ ...opened, drawerName, approved: false })
      // Said at once, however late the news of it comes.
      const key = orpc.session.openings.queryKey()
      queries.setQueryData<Openings>(key, before =>
        before?.map(one =>
          one.drawerId === drawerId ? { ...one, round: outcome === 'recount' ? 2 : 3 } : one,
        ),
      )
      void queries.invalidateQueries({ queryKey: key })
      setTaken(({ count }) => ({ count: count + 1, goesOn: true }))
    },
  })
  const different = useCommand({
    send: (commandId, input: Named & { fundCents: Cents | null; reason: string; approval: Approval }) => {
      const { drawerName: _, ...order } = input
      return client.session.openDifferent({ commandId, ...order })
    },
    done: (opened, { drawerName }) => onOpened({ ...opened, drawerName, approved: true }),
  })
  const named = chosen && { drawerId: chosen.drawerId, drawerName: chosen.name }
  const heldBy = chosen?.heldByName ?? null
  const isAllHeld = drawers.length > 0 && chosen === undefined
  return {
    ...{ settings, drawers, chosen, fix, taken, different },
    pieces: sheets.of(chosen?.drawerId),
    setPieces: (pieces: PieceCount[]) => {
      fix()
      if (chosen !== undefined) sheets.put(chosen.drawerId, pieces)
    },
    choose: (drawerId: string) => {
      counting.clear()
      setTaken(before => ({ ...before, goesOn: false }))
      setChosenId(drawerId)
    },
    round: chosen?.round ?? 1,
    difference: chosen?.difference ?? null,
    none: asked.data !== undefined && drawers.length === 0,
    loadProblem: asked.error === null ? null : sayError(asked.error),
    problem:
      counting.problem ??
      (isAllHeld ? OPEN_DRAWER.allHeld : heldBy === null ? null : OPEN_DRAWER.heldMeanwhile(heldBy)),
    pending: counting.pending,
    ready: chosen !== undefined && heldBy === null && settings !== null,
    open: () => named && counting.run(named),
    openDifferent: (order: { fundCents: Cents | null; reason: string; approval: Approval }) =>
      named && different.run({ ...named, ...order }),
  }
}
export type Opening = ReturnType<typeof useOpening>

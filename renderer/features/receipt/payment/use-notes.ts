import { useState } from 'react'
import { basketNotesField } from '../../../../shared/contract/noted.ts'
import type { NotedPiece } from '../../../../shared/rules/cash/noted-pieces.ts'
import { readKeptDraft } from '../../../ui/drafts/kept-draft.ts'

const KEY = 'noted-pieces'

export interface Notes {
  pieces: readonly NotedPiece[]
  keep: (pieces: readonly NotedPiece[]) => void
}

/** The pieces noted for the basket in hand, kept in this tab through a reload; another basket has none. */
export function useNotes(basketId: string): Notes {
  const [kept, setKept] = useState(() => readKeptDraft(sessionStorage.getItem(KEY), basketNotesField))
  return {
    pieces: kept?.basketId === basketId ? kept.pieces : [],
    keep: pieces => {
      const next = { basketId, pieces: [...pieces] }
      sessionStorage.setItem(KEY, JSON.stringify(next))
      setKept(next)
    },
  }
}

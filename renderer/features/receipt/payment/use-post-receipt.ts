import type { Cents } from '../../../../shared/money.ts'
import type { NotedPiece } from '../../../../shared/rules/cash/noted-pieces.ts'
import { client } from '../../../client.ts'
import { type Command, useSending } from '../../../command.ts'
import type { Draft } from '../basket/basket.ts'

export interface Posted {
  receiptId: string
  number: string
  totalCents: Cents
  changeCents: Cents
}

interface PostInput {
  draft: Draft
  totalCents: Cents
  /** Left out where they were not noted. */
  pieces: NotedPiece[] | null
}

interface PostOptions {
  /** Waits until the basket is kept, so that nothing is on its way when it is posted. */
  flush: () => Promise<unknown>
  onPosted: (posted: Posted) => void
  onRefused: (error: unknown) => void
}

/** Posts the basket under its own id: however often it is sent, it is one receipt. */
export function usePostReceipt({ flush, onPosted, onRefused }: PostOptions): Command<PostInput> {
  return useSending({
    send: async ({ draft, totalCents, pieces }: PostInput) => {
      await flush()
      const { basketId, salt, lines, tenders } = draft
      const receipt = { commandId: basketId, salt, lines, tenders, totalCents }
      return client.receipt.post(pieces === null ? receipt : { ...receipt, pieces })
    },
    done: onPosted,
    failed: onRefused,
  })
}

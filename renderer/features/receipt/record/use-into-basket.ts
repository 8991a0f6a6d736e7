import { useState } from 'react'
import { useLocation } from 'wouter'
import type { LineInput, ReceiptView } from '../../../../shared/contract/receipt.ts'
import { client } from '../../../client.ts'
import { useSending } from '../../../command.ts'
import { refusals } from '../../../text/refusals/refusals.ts'
import { handOver } from '../../find/to-window.ts'
import { linesAgain } from './lines-again.ts'

/** The lines as they can be paid now; null while another basket is in hand. */
async function linesNow(receipt: ReceiptView): Promise<LineInput[] | null> {
  const inHand = await client.basket.current()
  if (inHand !== null && (inHand.lines.length > 0 || inHand.tenders.length > 0)) return null
  const ids = receipt.lines.flatMap(line => (line.kind === 'account' ? [line.accountId] : []))
  const [settings, catalog, accounts] = await Promise.all([
    client.setup.settings(),
    client.setup.catalog(),
    Promise.all(ids.map(accountId => client.account.get({ accountId }))),
  ])
  return linesAgain(receipt.lines, { settings, catalog, accounts })
}

/** Puts the lines of a voided receipt into a new basket at the Window, as long as nobody is being served there. */
export function useIntoBasket() {
  const [, go] = useLocation()
  const [refusedFor, setRefusedFor] = useState<string | null>(null)
  const putting = useSending({
    send: linesNow,
    done: (lines, { receiptId }) => {
      setRefusedFor(lines === null ? receiptId : null)
      if (lines === null) return
      handOver({ kind: 'lines', lines })
      go('/')
    },
  })
  return {
    run: putting.run,
    problemWith: (receiptId: string | undefined) =>
      refusedFor !== null && refusedFor === receiptId ? refusals.BASKET_IN_HAND(undefined) : putting.problem,
  }
}

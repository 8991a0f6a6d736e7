import { useQuery } from '@tanstack/react-query'
import { type Cents, ZERO } from '../../../../shared/money.ts'
import type { Denomination } from '../../../../shared/rules/cash/denominations.ts'
import { makeChange } from '../../../../shared/rules/cash/make-change.ts'
import { usualDenominations } from '../../../../shared/rules/cash/usual-change.ts'
import { orpc } from '../../../client.ts'
import { sayPieces } from '../../../text/session/change.ts'
import { adviceText } from '../../../text/session/noted.ts'

interface ChangePiecesProps {
  receiptId: string
  changeCents: Cents
  denominations: readonly Denomination[]
}

/** Which pieces to give back, out of what the drawer likely holds; without an answer, the fewest there are. */
export function ChangePieces({ receiptId, changeCents, denominations }: ChangePiecesProps) {
  // Asked once: what is proposed must not change in the cashier's hand.
  const options = orpc.session.changeAdvice.queryOptions({ input: { receiptId }, staleTime: Infinity })
  const advice = useQuery({ ...options, enabled: changeCents > ZERO })
  const own = advice.isError ? makeChange(changeCents, usualDenominations(denominations)) : []
  const said = sayPieces(advice.data?.pieces ?? own)
  return (
    <>
      <p className="give">
        {said.map(({ count, name }, i) => (
          <span key={name}>
            {i > 0 && ' · '}
            {count} <b>{name}</b>
          </span>
        ))}
      </p>
      {advice.data?.isThere === false && <p className="muted">{adviceText.notThere}</p>}
    </>
  )
}

/** What runs low in the own drawer, before it is gone. Nothing is said where nothing does, and never how many there are. */
export function RunningLow() {
  const advice = useQuery(orpc.session.changeAdvice.queryOptions({ input: { receiptId: null } }))
  const labels = (advice.data?.runningLow ?? []).map(of => of.label)
  return (
    <p className="running-low" role="status">
      {labels.length === 0 ? '' : adviceText.low(labels)}
    </p>
  )
}

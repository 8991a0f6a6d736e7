/** Voiding: the whole receipt, in the same open session, with a reason and another person. */

import { turnInOf } from '../../../db/queries/movement.ts'
import { receiptById, tendersOf } from '../../../db/queries/receipt/receipt.ts'
import { sessionById } from '../../../db/queries/session/session.ts'
import { subtract, sum } from '../../../shared/money.ts'
import { CASH } from '../../../shared/tenders.ts'
import { refuseWithoutCash } from '../request/cash-lacking.ts'
import { approvedWrite, factIn } from '../request/commands.ts'
import { os } from '../request/guard.ts'
import { normalizedText } from '../request/texts.ts'

export const voidReceipt = os.receipt.void.handler(
  approvedWrite({
    decide({ tx, input, errors, person, approver }) {
      const receipt = receiptById(tx, input.receiptId)
      if (!receipt) throw errors.UNKNOWN_RECEIPT()
      if (receipt.state === 'voided') throw errors.ALREADY_VOIDED()
      const session = sessionById(tx, receipt.session_id)
      if (session?.state !== 'open') throw errors.SESSION_NOT_OPEN()
      if (session.cashierId !== person.personId) throw errors.NOT_OWN_SESSION()
      const turnedInWith = turnInOf(tx, input.receiptId)
      if (turnedInWith !== undefined) throw errors.INSTRUMENT_TURNED_IN({ data: { number: turnedInWith } })
      const tenders = tendersOf(tx, input.receiptId)
      const cashTaken = sum(tenders.filter(tender => tender.tender === CASH).map(tender => tender.cents))
      const cashBack = subtract(cashTaken, receipt.change_cents)
      const reason = normalizedText('reason', input.reason, { maxLength: 200, required: true })
      if (!approver) throw errors.APPROVAL_NEEDED()
      // The money has to be there to be given back; some of it may have left the drawer since.
      refuseWithoutCash(tx, session, { what: 'void', cents: cashBack })
      tx.append(
        'receipt.voided',
        {
          receiptId: receipt.receipt_id,
          number: receipt.number,
          sessionId: session.sessionId,
          reason,
          approvedBy: approver.personId,
          totalCents: receipt.total_cents,
          changeCents: receipt.change_cents,
          tenders,
        },
        { businessDate: session.businessDate },
      )
    },
    answer: facts => ({ number: factIn(facts, 'receipt.voided').body.number }),
  }),
)

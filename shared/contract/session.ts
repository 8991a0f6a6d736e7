/** Drawer sessions as others see and take them over: the live board, hand over, surprise counts, the absent cashier. */
import { z } from 'zod'
import {
  amountField,
  businessDateField,
  centsField,
  idField,
  pieceCountField,
  shortTextField,
  totalField,
} from '../fields.ts'
import { pieceDifferenceField } from '../ledger/pieces.ts'
import { APPROVERS, CASHIERS, EVERYONE, OVERSEERS } from '../roles.ts'
import type { Candidate } from '../rules/explain/explain-difference.ts'
import {
  approvalField,
  approvedWrite,
  commandField,
  doneField,
  effect,
  read,
  refusal,
  signedField,
  signedWrite,
  write,
} from './base.ts'
import { signedInField, textRefusal } from './person.ts'
import {
  balanceField,
  countInputField,
  countRefusals,
  countResultField,
  countSheetField,
  readingField,
  sessionSummaryField,
} from './session-fields.ts'

/** A likely reason of a difference: made by the rule and shown as it is, with no more ways than a screen can list. */
export type ExplainedCandidate = Candidate & { wayCount: number }
const candidateField = z.custom<ExplainedCandidate>(value => typeof value === 'object' && value !== null)

/** What may explain a session's difference, best first, and the receipts and movements that it names. */
export const explanationField = z.object({
  candidates: z.array(candidateField),
  receipts: z.array(
    z.object({
      receiptId: idField,
      number: z.string(),
      postedAtMs: z.int(),
      totalCents: centsField,
      /** What its accounts owed before it; null for catalog items. */
      dueCents: centsField.nullable(),
    }),
  ),
  movements: z.array(z.object({ movementId: idField, number: z.string(), atMs: z.int() })),
})
export type Explanation = z.infer<typeof explanationField>

/** One drawer of this till on the live board. */
export const boardDrawerField = z.object({
  drawerId: idField,
  drawerName: z.string(),
  limitCents: amountField,
  session: sessionSummaryField
    .extend({
      lastActivityMs: z.int(),
      tooOld: z.boolean(),
      /** Null for whoever counts this drawer blind: its cashier, and whoever is taking it over. */
      level: z.object({ cashCents: centsField, percent: z.int().nullable() }).nullable(),
      /** Nothing of it is told where the level is not. */
      tenders: z.array(
        balanceField.pick({
          tender: true,
          name: true,
          itemCount: true,
          expectedCents: true,
          tenderedCents: true,
        }),
      ),
      /** Denominations that run low, as far as is known. */
      runningLow: z.array(z.object({ label: z.string(), pieces: z.int() })),
      heldCount: z.int(),
    })
    .nullable(),
  /** Sessions of this drawer that were closed on the day shown, and how many of their receipts central lacks. */
  closedToday: z.array(sessionSummaryField.extend({ heldCount: z.int() })),
})
export type BoardDrawer = z.infer<typeof boardDrawerField>

/** What the cashier may know of the drawer while it is open: what to give as change, and what runs low. */
export const changeAdviceField = z.object({
  pieces: z.array(
    z.object({ valueCents: centsField, kind: z.enum(['note', 'coin']), label: z.string(), pieces: z.int() }),
  ),
  /** Whether the drawer, as far as is known, holds these pieces. */
  isThere: z.boolean(),
  runningLow: z.array(z.object({ label: z.string() })),
})

/** What a drawer that has just been opened begins with. */
const openedField = z.object({
  sessionId: idField,
  number: z.string(),
  openingCents: amountField,
  changeFundWantedCents: amountField,
  /** Told only now, where the count is not what the drawer was left with: pieces more, or fewer. */
  leftBefore: z.object({ leftCents: totalField, differences: z.array(pieceDifferenceField) }).nullable(),
})

const openRefusals = {
  UNKNOWN_DRAWER: refusal,
  DRAWER_IN_USE: { ...refusal, data: z.object({ cashierName: z.string() }) },
  ALREADY_OPEN: { ...refusal, data: z.object({ drawerName: z.string() }) },
} as const

/** Denominations of which two people did not find as many. No amount: neither learns what the other counted. */
const differingField = z.object({ labels: z.array(z.string()) })

export const session = {
  /**
   * Opens a drawer on what was counted in it. Where that is not what the session before left, it is counted once more,
   * as blind as before; what still differs is opened by `openDifferent`.
   */
  open: write(CASHIERS)
    .input(commandField.extend({ drawerId: idField, pieces: z.array(pieceCountField).max(60) }))
    .output(z.object({ outcome: z.enum(['opened', 'recount', 'explain']), opened: openedField.nullable() }))
    .errors({ ...openRefusals, COUNTED_TWICE: refusal, ...countRefusals }),
  /** The drawers that can be opened: who has one open already, and how far the person signed in has come with each. */
  openings: read(CASHIERS).output(
    z.array(
      z.object({
        drawerId: idField,
        name: z.string(),
        heldByName: z.string().nullable(),
        /** The count that is next. */
        round: z.int(),
        /** What two counts differ by from what was left; it waits for a reason and an approval. */
        difference: z
          .object({
            leftCents: totalField,
            countedCents: amountField,
            overShortCents: centsField,
            /** Where it may be that the drawer was brought to the fund assigned to it: what that comes to. */
            fund: z
              .object({ fundCents: amountField, fundChangeCents: centsField, overShortCents: centsField })
              .nullable(),
          })
          .nullable(),
      }),
    ),
  ),
  /** Opens a drawer on two counts that differ from what was left in it: with a reason, and another person's approval. */
  openDifferent: approvedWrite(CASHIERS, APPROVERS)
    .input(
      commandField.extend({
        drawerId: idField,
        /** The change fund to which the drawer was brought, as it is assigned; null where it was not. */
        fundCents: amountField.nullable(),
        reason: z.string().max(200),
        approval: approvalField.optional(),
      }),
    )
    .output(openedField)
    .errors({ ...openRefusals, NOT_COUNTED: refusal, FUND_CHANGED: refusal, ...textRefusal }),
  /** Lets a drawer that is at its cash limit take as much again, once until a turn-in brings it below. */
  liftLimit: approvedWrite(CASHIERS, APPROVERS)
    .input(commandField.extend({ reason: z.string().max(200), approval: approvalField.optional() }))
    .output(doneField)
    .errors({
      NO_OPEN_SESSION: refusal,
      SESSION_COUNTED: refusal,
      LIMIT_NOT_REACHED: refusal,
      /** Once is enough: now cash is turned in. */
      LIMIT_LIFTED_ALREADY: refusal,
      ...textRefusal,
    }),
  countSheet: read(CASHIERS).output(countSheetField).errors({ NO_OPEN_SESSION: refusal }),
  count: write(CASHIERS)
    .input(commandField.extend({ count: countInputField }))
    .output(countResultField)
    .errors({ NO_OPEN_SESSION: refusal, COUNTED_TWICE: refusal, ...countRefusals, ...textRefusal }),
  /** The differences of a session whose counting is over and which waits for reason and approval. */
  difference: read(CASHIERS).output(countResultField.nullable()),
  /**
   * Closes a session whose recount still differs. Within the city's tolerance a reason is enough. One that was
   * counted for a hand-over is handed over by it.
   */
  close: approvedWrite(CASHIERS, APPROVERS)
    .input(commandField.extend({ reason: shortTextField, approval: approvalField.optional() }))
    .output(z.object({ zNumber: z.string(), nextSessionNumber: z.string().nullable() }))
    .errors({
      NO_OPEN_SESSION: refusal,
      NOT_COUNTED: refusal,
      TAKER_HAS_DRAWER: { ...refusal, data: z.object({ drawerName: z.string() }) },
      /** Whoever was to take over works here no more, or takes no money now. */
      TAKER_GONE: refusal,
      ...textRefusal,
    }),
  readX: effect(OVERSEERS)
    .input(z.object({ sessionId: idField }))
    .output(readingField)
    .errors({ UNKNOWN_SESSION: refusal, SESSION_CLOSED: refusal, OWN_SESSION_IS_BLIND: refusal }),
  readZ: read(EVERYONE)
    .input(z.object({ sessionId: idField }))
    .output(readingField)
    .errors({ UNKNOWN_SESSION: refusal, SESSION_NOT_CLOSED: refusal }),
  zDocument: effect(EVERYONE)
    .input(z.object({ sessionId: idField }))
    .output(z.file())
    .errors({ UNKNOWN_SESSION: refusal, SESSION_NOT_CLOSED: refusal }),
  xDocument: effect(OVERSEERS)
    .input(z.object({ sessionId: idField }))
    .output(z.file())
    .errors({ UNKNOWN_SESSION: refusal, SESSION_CLOSED: refusal, OWN_SESSION_IS_BLIND: refusal }),
  list: read(EVERYONE)
    .input(
      z.object({
        fromDate: businessDateField.optional(),
        toDate: businessDateField.optional(),
        /** Only this one. */
        sessionId: idField.optional(),
      }),
    )
    .output(z.array(sessionSummaryField)),
  board: read(OVERSEERS).output(
    z.object({
      businessDate: businessDateField,
      drawers: z.array(boardDrawerField),
      safeCents: centsField,
      /** Receipts of the day by the hour in which they were posted, without an amount: hours without any are left out. */
      hours: z.array(z.object({ hour: z.int().min(0).max(23), receiptCount: z.int() })),
    }),
  ),
  /** Who could take a drawer over: whoever may take money, but the person signed in. */
  takers: read(CASHIERS).output(
    z.array(
      signedInField.extend({
        /** The drawer that they have open already. */ drawerName: z.string().nullable(),
      }),
    ),
  ),
  /**
   * Giver and taker count apart and blind. What both found must be the same; a match hands the drawer over, a
   * difference to what is expected asks for one more count, then `close` with a reason hands it over.
   */
  handOver: signedWrite(CASHIERS, CASHIERS)
    .input(
      commandField
        .extend({ count: countInputField, takerPieces: z.array(pieceCountField).max(60) })
        .extend(signedField.shape),
    )
    .output(countResultField.extend({ nextSessionNumber: z.string().nullable() }))
    .errors({
      NO_OPEN_SESSION: refusal,
      COUNTED_TWICE: refusal,
      TAKER_HAS_DRAWER: { ...refusal, data: z.object({ drawerName: z.string() }) },
      COUNTS_DIFFER: { ...refusal, data: differingField },
      ...countRefusals,
      ...textRefusal,
    }),
  surpriseSheet: read(OVERSEERS)
    .input(z.object({ sessionId: idField }))
    .output(countSheetField)
    .errors({ UNKNOWN_SESSION: refusal, SESSION_CLOSED: refusal, OWN_SESSION_IS_BLIND: refusal }),
  /** Counts somebody else's open drawer; the session goes on. The result is for whoever counted. */
  surpriseCount: write(OVERSEERS)
    .input(commandField.extend({ sessionId: idField, count: countInputField }))
    .output(countResultField.pick({ balances: true }))
    .errors({
      UNKNOWN_SESSION: refusal,
      SESSION_CLOSED: refusal,
      SESSION_COUNTED: refusal,
      OWN_SESSION_IS_BLIND: refusal,
      ...countRefusals,
      ...textRefusal,
    }),
  /** Closes the forgotten session of somebody who is not there: two others, two counts. */
  closeAbsent: signedWrite(APPROVERS, APPROVERS)
    .input(
      commandField
        .extend({
          sessionId: idField,
          count: countInputField,
          secondPieces: z.array(pieceCountField).max(60),
          reason: shortTextField,
        })
        .extend(signedField.shape),
    )
    .output(countResultField)
    .errors({
      UNKNOWN_SESSION: refusal,
      SESSION_CLOSED: refusal,
      OWN_SESSION_IS_BLIND: refusal,
      /** The absent cashier is no witness of their own drawer. */
      APPROVER_IS_CASHIER: refusal,
      COUNTS_DIFFER: { ...refusal, data: differingField },
      ...countRefusals,
      ...textRefusal,
    }),
  /**
   * The likely reasons of a difference. Told of one's own session, and to leads, supervisors and auditors of any;
   * to nobody before the last count is over.
   */
  explain: read(EVERYONE)
    .input(z.object({ sessionId: idField }))
    .output(explanationField)
    .errors({ UNKNOWN_SESSION: refusal, NOT_YOURS_TO_SEE: refusal, NOT_COUNTED: refusal }),
  /**
   * Which pieces to give back for a receipt of the own open session, out of what the drawer is likely to hold,
   * and what runs low; without a receipt only the latter. Takes no amount: asking for one after the other would
   * tell what the drawer holds.
   */
  changeAdvice: read(CASHIERS)
    .input(z.object({ receiptId: idField.nullable() }))
    .output(changeAdviceField)
    .errors({ NO_OPEN_SESSION: refusal, UNKNOWN_RECEIPT: refusal }),
}

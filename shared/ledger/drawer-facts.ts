/** Facts about drawer sessions and the safe. */
import { z } from 'zod'
import {
  amountField,
  centsField,
  countedPieceField,
  glAccountField,
  idField,
  nameField,
  reasonField,
  totalField,
} from '../fields.ts'
import {
  bankPartField,
  countedItemField,
  movedItemField,
  pieceDifferenceField,
  runningNoField,
  tenderBalanceField,
  tenderField,
  tenderTotalField,
} from './fact-fields.ts'

export const DRAWER_BODIES = {
  'drawer.opened': z.object({
    sessionId: idField,
    sessionNo: runningNoField,
    number: z.string().max(30),
    drawerId: idField,
    cashierId: idField,
    countId: idField,
    floatWantedCents: amountField,
    floatCents: amountField,
    pieces: z.array(countedPieceField),
    /** The drawer's own change fund in it: what stays at close. The rest was handed over from another session. */
    fundCents: amountField,
    handedFrom: idField.nullable(),
    /** The tenders that are balanced in this session; fixed at opening with the other opening facts. */
    tenders: z.array(tenderField),
  }),
  'drawer.counted': z.object({
    sessionId: idField,
    countId: idField,
    round: z.int().min(1).max(2),
    /** Who counted the same money once more and signed for it: whoever takes over, or stands in for the absent. */
    secondCounterId: idField.nullable(),
    /** Who takes the drawer over, where it is handed over. */
    handToId: idField.nullable(),
    pieces: z.array(countedPieceField),
    items: z.array(countedItemField),
    totals: z.array(tenderTotalField),
    balances: z.array(tenderBalanceField),
  }),
  'drawer.closed': z.object({
    sessionId: idField,
    drawerId: idField,
    countId: idField,
    zNo: runningNoField,
    zNumber: z.string().max(30),
    floatCents: amountField,
    balances: z.array(tenderBalanceField),
    reason: z.string().max(200),
    approvedBy: idField.nullable(),
    /** Where over and short are posted to. */
    overShortGlAccount: glAccountField,
    /** Cash that stays in the drawer: the float, or all of it where the drawer is handed over. */
    leftCents: amountField,
    leftPieces: z.array(countedPieceField),
    /** Pieces that go to the safe; empty where no mix of pieces leaves the float, then only `banks` says how much. */
    leavingPieces: z.array(countedPieceField),
    handToId: idField.nullable(),
    banks: z.array(bankPartField).max(100),
  }),
  'drawer.surprise-counted': z.object({
    sessionId: idField,
    countId: idField,
    pieces: z.array(countedPieceField),
    items: z.array(countedItemField),
    balances: z.array(tenderBalanceField),
  }),
  'drawer.turned-in': z.object({
    movementId: idField,
    movementNo: runningNoField,
    number: z.string().max(30),
    sessionId: idField,
    takerId: idField,
    pieces: z.array(countedPieceField),
    cashCents: totalField,
    items: z.array(movedItemField),
    itemsCents: totalField,
  }),
  'drawer.paid': z.object({
    movementId: idField,
    movementNo: runningNoField,
    number: z.string().max(30),
    sessionId: idField,
    direction: z.enum(['in', 'out']),
    category: nameField,
    glAccount: glAccountField,
    reason: reasonField,
    /** Number of the paper that goes with it: voucher, invoice, petty-cash slip. */
    paper: z.string().max(40),
    cents: amountField,
    /** Empty where the cashier did not note them. */
    pieces: z.array(countedPieceField),
    approvedBy: idField.nullable(),
  }),
  /** Pieces exchanged with the safe; what comes is worth what goes. */
  'drawer.exchanged': z.object({
    movementId: idField,
    movementNo: runningNoField,
    number: z.string().max(30),
    sessionId: idField,
    keeperId: idField,
    given: z.array(countedPieceField),
    taken: z.array(countedPieceField),
    cents: amountField,
  }),
  'drawer.no-sale': z.object({ sessionId: idField, reason: reasonField }),
  'safe.counted': z.object({
    safeCountId: idField,
    pieces: z.array(countedPieceField),
    cents: totalField,
    expectedCents: centsField,
    differences: z.array(pieceDifferenceField),
    reason: z.string().max(200),
    witnessId: idField,
  }),
  'drawer.x-read': z.object({ sessionId: idField }),
} as const

/** Facts about deposits: made up, and every hand that they go through up to the bank's credit. */
import { negate, sum, ZERO } from '../money.ts'
import type { CountedPiece } from '../rules/denominations.ts'
import type { RowChange } from './change.ts'
import type { DepositRow, DepositStepRow } from './control-tables.ts'
import type { BodyOf, Fact } from './facts.ts'
import { bankPaperColumns, netPieces, pieceColumns, safeRows } from './project-pieces.ts'

function depositRow(fact: Fact<'deposit.made-up'>): RowChange {
  const { body } = fact
  return {
    op: 'insert',
    table: 'deposit',
    row: {
      deposit_id: body.depositId,
      deposit_no: body.depositNo,
      number: body.number,
      bank_account_id: body.bankAccountId,
      business_date: fact.businessDate,
      made_up_at: fact.at,
      preparer_id: fact.actorId,
      verifier_id: null,
      verified_at: null,
      state: 'made-up',
      bag_number: body.bagNumber,
      seal_number: null,
      slip_number: null,
      found_cents: body.totalCents,
      due_at: body.dueAtMs,
      cash_cents: body.cashCents,
      items_cents: body.itemsCents,
      total_cents: body.totalCents,
      hash: fact.hash,
    },
  }
}

type Body = BodyOf<'deposit.made-up'>

function sessionRows({ depositId, sessions }: Body): RowChange[] {
  return sessions.flatMap((session): RowChange[] => [
    {
      op: 'insert',
      table: 'deposit_session',
      row: {
        deposit_id: depositId,
        session_id: session.sessionId,
        part_no: session.partNo,
        cash_cents: session.cashCents,
        items_cents: session.itemsCents,
      },
    },
    {
      op: 'update',
      table: 'session_part',
      key: { session_id: session.sessionId, part_no: session.partNo },
      set: { deposit_id: depositId },
    },
  ])
}

function pieceRows(
  depositId: string,
  step: 'made-up' | 'verified',
  pieces: readonly CountedPiece[],
): RowChange[] {
  return pieces.map(
    (piece): RowChange => ({
      op: 'insert',
      table: 'deposit_piece',
      row: { deposit_id: depositId, step, ...pieceColumns(piece) },
    }),
  )
}

function itemRows({ depositId, items }: Body): RowChange[] {
  return items.map(
    (item, index): RowChange => ({
      op: 'insert',
      table: 'deposit_item',
      row: { deposit_id: depositId, item_no: index + 1, ...bankPaperColumns(item) },
    }),
  )
}

type DepositFact = Extract<Fact, { body: { depositId: string } }>

/** The state that a step brings the deposit to, and the line in the record of its hands. */
function stepRow(fact: DepositFact, step: Pick<DepositStepRow, 'step'> & Partial<DepositStepRow>): RowChange {
  return {
    op: 'insert',
    table: 'deposit_step',
    row: {
      deposit_id: fact.body.depositId,
      seq: fact.seq,
      step: step.step,
      at: fact.at,
      person_id: fact.actorId,
      second_person_id: step.second_person_id ?? null,
      cents: step.cents ?? null,
      item_count: step.item_count ?? null,
      difference_cents: step.difference_cents ?? ZERO,
      reason: step.reason ?? '',
      reference: step.reference ?? '',
      second_reference: step.second_reference ?? '',
    },
  }
}

function depositChange(fact: DepositFact, set: Partial<DepositRow>): RowChange {
  return { op: 'update', table: 'deposit', key: { deposit_id: fact.body.depositId }, set }
}

function madeUp(fact: Fact<'deposit.made-up'>): RowChange[] {
  const { body } = fact
  return [
    { op: 'update', table: 'till', key: { till_id: fact.tillId }, set: { last_deposit_no: body.depositNo } },
    depositRow(fact),
    ...sessionRows(body),
    ...pieceRows(body.depositId, 'made-up', body.pieces),
    ...itemRows(body),
    stepRow(fact, {
      step: 'made-up',
      cents: body.totalCents,
      item_count: body.items.length,
      reference: body.bagNumber,
    }),
  ]
}

function verified(fact: Fact<'deposit.verified'>): RowChange[] {
  const { body } = fact
  return [
    depositChange(fact, {
      state: 'verified',
      verifier_id: body.verifierId,
      verified_at: fact.at,
      found_cents: body.cents,
    }),
    ...pieceRows(body.depositId, 'verified', body.pieces),
    stepRow(fact, {
      step: 'verified',
      second_person_id: body.verifierId,
      cents: body.cents,
      item_count: body.itemCount,
      difference_cents: body.differenceCents,
      reason: body.reason,
    }),
  ]
}

function handedOver(fact: Fact<'deposit.handed-over'>): RowChange[] {
  const { body } = fact
  return [
    depositChange(fact, { state: 'handed-over' }),
    stepRow(fact, {
      step: 'handed-over',
      reference: body.carrier,
      second_reference: body.signatureName,
    }),
    ...safeRows(fact, {
      entryId: body.depositId,
      kind: 'deposit',
      depositId: body.depositId,
      secondPersonId: null,
      cents: negate(sum(body.pieces.map(piece => piece.cents))),
      pieces: netPieces([], body.pieces),
    }),
  ]
}

/** The bag was opened again: its sessions' money waits once more, and the deposit stays on record. */
function reopened(fact: Fact<'deposit.reopened'>): RowChange[] {
  const { body } = fact
  return [
    depositChange(fact, { state: 'reopened' }),
    { op: 'update', table: 'session_part', key: { deposit_id: body.depositId }, set: { deposit_id: null } },
    stepRow(fact, { step: 'reopened', second_person_id: body.approvedBy, reason: body.reason }),
  ]
}

export const projectDeposit = {
  'deposit.made-up': madeUp,
  'deposit.verified': verified,
  'deposit.sealed': (fact: Fact<'deposit.sealed'>): RowChange[] => [
    depositChange(fact, {
      state: 'sealed',
      bag_number: fact.body.bagNumber,
      seal_number: fact.body.sealNumber,
    }),
    stepRow(fact, {
      step: 'sealed',
      reference: fact.body.bagNumber,
      second_reference: fact.body.sealNumber,
    }),
  ],
  'deposit.handed-over': handedOver,
  'deposit.validated': (fact: Fact<'deposit.validated'>): RowChange[] => [
    depositChange(fact, {
      state: 'validated',
      slip_number: fact.body.slipNumber,
      found_cents: fact.body.cents,
    }),
    stepRow(fact, {
      step: 'validated',
      cents: fact.body.cents,
      difference_cents: fact.body.differenceCents,
      reason: fact.body.reason,
      reference: fact.body.slipNumber,
      second_reference: fact.body.bankDate,
    }),
  ],
  'deposit.credited': (fact: Fact<'deposit.credited'>): RowChange[] => [
    depositChange(fact, { state: 'credited', found_cents: fact.body.cents }),
    stepRow(fact, {
      step: 'credited',
      cents: fact.body.cents,
      difference_cents: fact.body.differenceCents,
      reason: fact.body.reason,
      second_reference: fact.body.creditDate,
    }),
  ],
  'deposit.reopened': reopened,
}

/** The till itself: how it began, where it is enrolled, by which keys it is known, and what it goes on with. */
import { z } from 'zod'
import { hashField, idField, publicKeyField, tillCodeField } from '../fields.ts'
import { type Cents, ZERO } from '../money.ts'
import { body, type FactOf, kind } from './kind.ts'
import { type RowChange, table, tables } from './rows/table.ts'
import { flag } from './setup.ts'
import { isCentralKeyName, readKeyLine, TILL_KEYS } from './signed-note.ts'

/** What the bytes of this journal's lines are: whoever reads them years from now finds it in the first one. */
export const JOURNAL_FORMAT = 'tillproof/journal/v1'

const epochBegunField = z.strictObject({
  /** The row that it goes on after. */
  follows: z.strictObject({ epoch: z.int().min(1), seq: z.int().min(1), hash: hashField }),
  reason: z.enum(['restored', 'moved', 'put-back', 'fork']),
  /** Where that row was read: another copy, central, or what was on this machine. */
  source: z.string().max(255),
  /** What is known to have been written beyond it and is not in this journal; null where nothing is. */
  knownBeyond: z.strictObject({ epoch: z.int().min(1), seq: z.int().min(1) }).nullable(),
  machineId: idField,
  publicKey: publicKeyField,
  personId: idField,
})

const keyLineOf = (isOf: (name: string) => boolean, message: string) =>
  z
    .string()
    .max(255)
    .refine(line => isOf(readKeyLine(line)?.name ?? ''), message)
/** Whose key it is, its name says; whoever reads a journal counts it by that. */
export const centralKeyField = keyLineOf(isCentralKeyName, 'Not a key line of central')
const tillKeyField = keyLineOf(name => name.startsWith(TILL_KEYS), 'Not a key line of a till')

export interface TillRow {
  till_id: string
  code: string
  epoch: number
  sample: number
  set_up_at: number
  /** Ed25519, raw, base64: whose signatures on this journal count. */
  public_key: string
  /** The row with which the till was last enrolled, which says where; zeros where nowhere. */
  enrolled_epoch: number
  enrolled_seq: number
  last_receipt_no: number
  last_session_no: number
  last_z_no: number
  last_deposit_no: number
  last_movement_no: number
  /** Since the till was set up, never set back: receipts posted, what they came to, and what of it was voided. */
  total_receipts: number
  total_posted_cents: Cents
  total_voided_cents: Cents
}

/** A key by which account numbers of checks were recognized; the one that was stated last is in force. */
export interface CheckKeyRow {
  /** SHA-256, hex. */
  digest: string
  epoch: number
  seq: number
}

export const tillTables = tables({
  till: table<TillRow>(['till_id']),
  check_key: table<CheckKeyRow>(['digest']),
})
const { till, check_key } = tillTables

/** The till's own row, which keeps its running numbers and totals. */
export const tillChange = (fact: { tillId: string }, change: Parameters<typeof till.update>[1]): RowChange =>
  till.update({ till_id: fact.tillId }, change)

const setUpField = z.strictObject({
  code: tillCodeField,
  sample: z.boolean(),
  format: z.literal(JOURNAL_FORMAT),
  publicKey: publicKeyField,
})

const setUp = ({ tillId, epoch, at, body }: FactOf<z.infer<typeof setUpField>>): RowChange[] => [
  till.insert({
    till_id: tillId,
    code: body.code,
    epoch,
    sample: flag(body.sample),
    set_up_at: at,
    public_key: body.publicKey,
    enrolled_epoch: 0,
    enrolled_seq: 0,
    last_receipt_no: 0,
    last_session_no: 0,
    last_z_no: 0,
    last_deposit_no: 0,
    last_movement_no: 0,
    total_receipts: 0,
    total_posted_cents: ZERO,
    total_voided_cents: ZERO,
  }),
]

export const tillKinds = {
  'till.set-up': kind({
    body: body(setUpField),
    label: 'Till set up',
    shows: ['setup', 'person'],
    posts: false,
    says: ({ body }) => `Till ${body.code} set up${body.sample ? ' with the sample city' : ''}`,
    project: setUp,
  }),
  /** Central takes this till's journal from here on. Key lines are those of signed notes: name, key id, key. */
  'till.enrolled': kind({
    body: body(
      z.strictObject({
        address: z.string().max(255),
        utilityName: z.string().max(200),
        tillKey: tillKeyField,
        centralKey: centralKeyField,
        // Null where nobody else was there who could have.
        approvedBy: idField.nullable(),
      }),
    ),
    label: 'Till enrolled at central',
    shows: ['setup'],
    posts: false,
    says: ({ body }) => `Enrolled at ${body.utilityName}, ${body.address}`,
    project: fact => [tillChange(fact, { set: { enrolled_epoch: fact.epoch, enrolled_seq: fact.seq } })],
  }),
  /** At set-up, and where it was lost: a check that was taken under another one is not recognized. */
  'till.check-key-made': kind({
    body: body(z.strictObject({ digest: hashField })),
    label: 'Key for check numbers in force',
    shows: [],
    posts: false,
    says: () => 'Another key by which account numbers of checks are recognized is in force',
    project: ({ epoch, seq, body }) => [check_key.save({ digest: body.digest, epoch, seq })],
  }),
  /** The till goes on after it was restored, moved or put back: under another letter, and with a key of its own. */
  'epoch.begun': kind({
    body: body(epochBegunField),
    label: 'Till continued',
    shows: [],
    posts: false,
    says: ({ body }) =>
      `Continued after ${body.follows.epoch}/${body.follows.seq} (${body.reason}), from ${body.source}`,
    project: fact => [tillChange(fact, { set: { epoch: fact.epoch, public_key: fact.body.publicKey } })],
  }),
}

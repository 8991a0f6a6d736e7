/** Enrolment: a till hands its public key over with a code that works once. */
import type { z } from 'zod'
import type { CentralDb } from '../db/central/open.ts'
import type { enrolmentField, Position } from '../shared/central/protocol.ts'

export type EnrolResult =
  | { ok: true; tillId: string; utilityName: string; position: Position }
  | { ok: false; code: 'CODE_NOT_VALID' | 'ENROLLED_ALREADY' }

/** A new code as it is read aloud; only its hash is kept. `bytes` are eight random ones. */
export async function makeCode(
  _db: CentralDb,
  _made: { nowMs: number; bytes: Uint8Array; note: string },
): Promise<string> {
  throw new Error('In work')
}

export async function enrol(
  _db: CentralDb,
  _input: z.infer<typeof enrolmentField>,
  _context: { nowMs: number },
): Promise<EnrolResult> {
  throw new Error('In work')
}

/** Refuses every later request of a till; false where it is not enrolled. */
export async function revoke(
  _db: CentralDb,
  _tillId: string,
  _context: { nowMs: number },
): Promise<boolean> {
  throw new Error('In work')
}

/** What posting a receipt decides with: the input as the contract has it, and its refusals. */

import type { LineInput, TenderInput } from '../../../shared/contract/receipt.ts'
import type { CashPiece } from '../../../shared/ledger/receipt.ts'
import type { Cents } from '../../../shared/money.ts'
import type { Scope } from '../request/commands.ts'
import type { os } from '../request/guard.ts'

export interface PostInput {
  commandId: string
  salt: string
  lines: LineInput[]
  tenders: TenderInput[]
  totalCents: Cents
  pieces?: CashPiece[] | undefined
}
type PostHandler = Parameters<typeof os.receipt.post.handler>[0]
export type PostErrors = Parameters<PostHandler>[0]['errors']
export type PostOutput = Awaited<ReturnType<PostHandler>>
export type PostScope = Scope<PostInput, PostErrors>

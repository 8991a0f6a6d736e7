import type { PostingState } from '../../../shared/rules/receipt/posting-state.ts'
import type { TagTone } from '../../ui/parts.tsx'

/** Only what a person has to look after stands out. */
export const POSTING_TONES: Record<PostingState, TagTone> = {
  held: 'plain',
  sent: 'plain',
  acknowledged: 'plain',
  posted: 'good',
  exception: 'warn',
  reversed: 'plain',
}

import type { Settings } from '../../../../shared/settings/index.ts'

/** The utility's address and telephone as lines for the head of a paper, without empty ones. */
export function utilityAddress({ addressLines, phone }: Settings): string[] {
  return [...addressLines, phone].filter(text => text.trim() !== '')
}

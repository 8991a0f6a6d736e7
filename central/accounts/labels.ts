/** What came of a file of accounts, for people. */
import type { FileTaken } from './account-file.ts'

/** One line each: what is wrong first, then what was done. */
export function takenLabels(taken: FileTaken): string[] {
  const { bad, badCount, accounts, added, changed, unchanged, closed } = taken
  const notListed = badCount - bad.length
  return [
    ...bad.map(({ line, why }) => `line ${line}: ${why}`),
    ...(notListed > 0 ? [`and ${notListed} more`] : []),
    ...(taken.nothingClosed
      ? ['Nothing was closed: the file does not name all accounts, or not readably']
      : []),
    `${accounts} accounts taken over (${added} new, ${changed} changed, ${unchanged} as before), ${closed} closed, ${badCount} lines left out`,
    ...(taken.unanswered > 0
      ? [
          `${taken.unanswered} lines of payment files are not answered and were put on top: where the billing system has taken them, bring its answers, and take this file once more`,
        ]
      : []),
    `Payments up to ${new Date(taken.paymentsThroughMs).toISOString()} are in these figures; later ones were put on top`,
  ]
}

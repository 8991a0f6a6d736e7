/** Words of a report on screen. */
export const reportTableText = {
  empty: 'Nothing to show.',
  notes: 'Notes',
  verification: 'Verification code',
  cut: (shown: string, all: string) =>
    `The first ${shown} of ${all} rows. The totals are of all rows; PDF, CSV and Excel hold every one.`,
} as const

/** Words of the find box. */
export const FIND = {
  results: 'What was found',
  catalog: 'Catalog',
  receipt: 'Receipt',
  voided: 'Void',
  closed: 'Closed',
  cashOnly: 'Cash only',
  more: (shown: number) => `There are more than these ${shown}: type more of the name or number.`,
  nothing: (text: string) =>
    `Nothing found for “${text}”. Try part of the name, the street, the last digits of the account, or a phone number.`,
} as const

/** Words for noting the pieces of a cash payment, and for the change that the till proposes. */

export const noteText = {
  title: 'Note the pieces',
  hint: 'What the customer hands over; the change is proposed and can be altered. Nothing needs to be noted.',
  key: 'Note the pieces',
  denomination: 'Denomination',
  taken: 'Taken',
  given: 'Given back',
  takenOf: (label: string) => `Taken, ${label}`,
  givenOf: (label: string) => `Given back, ${label}`,
  toPay: 'To pay',
  add: 'Add this cash',
  notPieces: 'Enter whole numbers of pieces.',
  nothing: 'Enter what the customer hands over.',
  givenDiffers: (given: string, change: string) => `Given back comes to ${given}, the change is ${change}.`,
  change: 'Change',
}

export const adviceText = {
  notThere: 'The drawer may not hold all of these. Other pieces will do, or get change from the safe (F12).',
  /** What is nearly gone, as a calm line. */
  low: (labels: readonly string[]) =>
    `${listed(labels)} run low. Get change from the safe (F12) before they are gone.`,
}

function listed(labels: readonly string[]): string {
  const last = labels.at(-1) ?? ''
  return labels.length > 1 ? `${labels.slice(0, -1).join(', ')} and ${last}` : last
}

/** Words of money that two people count apart: a drawer handed over, and one closed for somebody who is not there. */

export const twoCountsText = {
  begin: 'Count the drawer',
  person: 'The other person',
  nobody: 'Nobody else here can count with you now.',
  hasDrawer: (name: string, drawer: string) =>
    `${name} has ${drawer} open. They must close it first, or somebody else comes.`,
  passTitle: (name: string) => `Give the keyboard to ${name}`,
  passHint: (name: string) =>
    `Step aside so that ${name} counts alone. What you counted is not shown, and what they count is not shown to you.`,
  passButton: (name: string) => `I am ${name}: count the cash`,
  secondTitle: (name: string) => `${name} counts the cash`,
  secondHint: 'Count as if nobody had counted before you. Checks and slips are done.',
  cash: 'Cash counted so far',
  hidden: 'Both counts are done. They are hidden while you sign.',
  againTitle: 'Count again from the start?',
  again: 'Both counts are emptied, and whoever counted first begins. Nobody sees what the other one entered.',
  againConfirm: 'Start over',
  keepCounting: 'Keep counting',
  keys: {
    begin: 'Count the drawer',
    cash: 'Cash',
    sign: 'Both sign',
    person: 'Choose somebody else, count kept',
    pass: 'Count the cash',
    again: 'Start over',
    back: 'Back',
  },
}

export const handOverText = {
  title: 'Hand over the drawer',
  choose: 'Who takes the drawer?',
  chooseHint:
    'Both of you count, each alone. Then your session ends and theirs begins with the counted money.',
  takenBy: 'Taken by',
  first: (name: string) => `Count the drawer for ${name}`,
  firstHint: 'Cash, checks and slips, blind. Your checks and slips leave with your session; the cash stays.',
  again: (name: string) => `Count once more for ${name}`,
  againHint:
    'You two agree with each other, but not with the ledger. Both count everything again, from an empty sheet.',
  finish: 'Finish; hand over the keyboard',
  signTitle: 'Hand over the drawer',
  signFor: (giver: string, taker: string) =>
    `${giver} gives the drawer, ${taker} takes it: both have counted the cash in it.`,
}

export const absentText = {
  title: (cashier: string) => `Close for ${cashier}`,
  choose: 'Who counts with you?',
  chooseHint: (cashier: string) =>
    `Two people count the drawer of ${cashier}, each alone. It closes whatever they find; a difference is on record.`,
  reason: 'Why is it closed without its cashier?',
  reasonMissing: 'Write the reason before counting.',
  countedBy: 'Counted with',
  first: (cashier: string) => `Count the drawer of ${cashier}`,
  firstHint: 'Cash, checks and slips. What the ledger expects is shown after you both have counted.',
  finish: 'Finish; hand over the keyboard',
  signTitle: (cashier: string) => `Close the session of ${cashier}`,
  signFor: (first: string, second: string, cashier: string) =>
    `${first} and ${second} have counted the drawer of ${cashier}. It is closed in their absence.`,
}

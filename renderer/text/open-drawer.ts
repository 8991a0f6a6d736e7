/** Words of opening a drawer. */
import { type Cents, formatCents } from '../../shared/money.ts'

export const OPEN_DRAWER = {
  title: 'Open a drawer',
  choose: 'Which drawer',
  chooseHint: 'Arrow keys, then Enter.',
  count: 'Count its change fund',
  countHint: 'Count what is there. What should be there is shown after.',
  countAgain: 'Count once more',
  countAgainHint:
    'The first count is recorded. It is not what was left in this drawer. Count everything again.',
  total: 'Counted so far',
  open: 'Open the drawer',
  emptyTitle: 'No cash is counted',
  emptyLabels: 'Open with an empty drawer?',
  openEmpty: 'Open it empty',
  keepCounting: 'Keep counting',
  none: 'No drawer is set up. An administrator sets drawers up under Administration.',
  opened: (drawer: string) => `${drawer} is open`,
  counted: 'Counted',
  wanted: 'Change fund (assigned)',
  difference: 'Difference',
  differenceTitle: 'Not what was left in this drawer',
  differenceHint: 'Two counts are recorded.',
  differenceNote:
    'To open it, give a reason; another person approves with their PIN. What is over or short is booked now, and the change fund is made up at close.',
  left: 'Left by the session before',
  fundRaised: 'Added to the change fund',
  fundLowered: 'Taken from the change fund',
  verdict: (verdict: 'over' | 'short', amount: Cents) => `Cash ${verdict} ${formatCents(amount)}`,
  openDifferent: 'Open with a reason',
  approvalTitle: 'Approve the opening difference',
  reason: 'Reason',
  agrees: 'The count agrees with the change fund.',
  differs: (amount: string, way: string) =>
    `The drawer holds ${amount} ${way} than its change fund. It is recorded; tell your lead.`,
  more: 'more',
  less: 'less',
  begin: 'To the Window',
} as const

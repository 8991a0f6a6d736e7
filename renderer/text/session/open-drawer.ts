/** Words of opening a drawer. */
import { type Cents, formatCents } from '../../../shared/money.ts'

export const OPEN_DRAWER = {
  title: 'Open a drawer',
  choose: 'Which drawer',
  heldBy: (name: string) => `${name} has it`,
  chooseHint: 'Arrow keys, then Enter.',
  count: 'Count its change fund',
  countHint: 'Count what is there. What should be there is shown after.',
  countAgain: 'Count once more',
  countAgainHint: 'The first count is recorded, and it is not what should be there. Count everything again.',
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
  brought: (fund: string, by: string, isMore: boolean) =>
    `It was brought to its assigned change fund of ${fund}: ${by} ${isMore ? 'put in' : 'taken out'}`,
  verdict: (verdict: 'over' | 'short', amount: Cents) => `Cash ${verdict} ${formatCents(amount)}`,
  openDifferent: 'Open with a reason',
  approvalTitle: (drawer: string) => `Approve the opening difference of ${drawer}`,
  approvedNote: 'Approved, and on record with its reason. The close leaves the change fund in the drawer.',
  allHeld: 'Every drawer is open already. One of them has to be closed or handed over first.',
  heldMeanwhile: (name: string) => `${name} has this drawer open. Choose another one.`,
  reason: 'Reason',
  agrees: 'The count agrees with the change fund.',
  differs: (amount: string, way: string) =>
    `The drawer holds ${amount} ${way} than its change fund. It is recorded; tell your lead.`,
  more: 'more',
  less: 'less',
  begin: 'To the Window',
} as const

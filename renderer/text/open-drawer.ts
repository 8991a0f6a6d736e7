/** Words of opening a drawer. */
export const OPEN_DRAWER = {
  title: 'Open a drawer',
  choose: 'Which drawer',
  chooseHint: 'Arrow keys, then Enter.',
  count: 'Count its change fund',
  countHint: 'Count what is there. What should be there is shown after.',
  total: 'Counted so far',
  open: 'Open the drawer',
  none: 'No drawer is set up. An administrator sets drawers up under Administration.',
  opened: (drawer: string) => `${drawer} is open`,
  counted: 'Counted',
  wanted: 'Change fund wanted',
  difference: 'Difference',
  agrees: 'The count agrees with the change fund.',
  differs: (amount: string, way: string) =>
    `The drawer holds ${amount} ${way} than its change fund. It is recorded; tell your lead.`,
  more: 'more',
  less: 'less',
  begin: 'To the Window',
} as const

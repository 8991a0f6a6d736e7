/** Words of the reports and of the over and short history. */

export const DAY_CHOICES = {
  today: 'Today',
  yesterday: 'Yesterday',
  week: 'Last seven days',
  month: 'This month',
  'last-month': 'Last month',
  dates: 'From – to',
} as const

export const reportsText = {
  title: 'Reports',
  report: 'Report',
  days: 'Days',
  cashier: 'Cashier',
  drawer: 'Drawer',
  all: 'All',
  loading: 'Adding it up',
  daysNotFinished: 'Enter both days to see the report.',
  saving: (format: string) => `Making the ${format} file`,
  saved: (name: string) => `Saved as ${name}`,
  formats: { pdf: 'PDF', csv: 'CSV', xlsx: 'Excel' },
  keys: {
    report: 'Report',
    days: 'Days',
    pdf: 'PDF',
    csv: 'CSV',
    xlsx: 'Excel',
    history: 'Over/short history',
    again: 'Add up again',
    back: 'Back',
  },
} as const

const times = (count: number): string => (count === 1 ? 'once' : `${count} times`)

export const historyText = {
  place: (zNumber: string, at: 'opening' | 'close') =>
    at === 'opening' ? `${zNumber}, at opening` : zNumber,
  title: 'Over and short history',
  panel: (toDate: string) => `Over and short, twelve months to ${toDate}`,
  own: 'Your own closed sessions. Every tender stands by itself: checks never make up for cash.',
  all: 'All closed sessions. Every tender stands by itself: checks never make up for cash.',
  none: 'No session was closed in these twelve months.',
  loading: 'Getting the sessions',
  tender: 'Tender',
  groupBy: 'Added up by',
  groupings: { cashier: 'Cashier', drawer: 'Drawer', weekday: 'Weekday' },
  weekdays: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
  everything: 'All',
  bars: 'Each session',
  line: 'Cumulative',
  groups: (by: string) => `By ${by.toLowerCase()}`,
  sessions: 'Sessions that were over or short',
  noDifference: 'None of these sessions was over or short.',
  columns: {
    sessions: 'Sessions',
    different: 'Over or short',
    over: 'Over',
    short: 'Short',
    net: 'Over less short',
    z: 'Z report',
    date: 'Date',
    weekday: 'Weekday',
    cashier: 'Cashier',
    drawer: 'Drawer',
    difference: 'Over / short',
    cumulative: 'Cumulative',
  },
  /** The picture in words; the tables beside it have every figure. */
  picture: (of: {
    tender: string
    whose: string
    sessions: number
    overTimes: number
    over: string
    shortTimes: number
    short: string
    net: string
  }) =>
    `${of.tender}, ${of.whose}: ${of.sessions === 1 ? 'one session' : `${of.sessions} sessions`}, over ${times(of.overTimes)} by ${of.over} together, short ${times(of.shortTimes)} by ${of.short} together; cumulative ${of.net}. The tables below have every figure.`,
  keys: {
    tender: 'Tender',
    grouping: 'Added up by',
    everything: 'All sessions',
    report: 'Reports',
    back: 'Back',
  },
} as const

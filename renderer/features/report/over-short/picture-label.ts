import { formatCents } from '../../../../shared/money.ts'
import { historyText } from '../../../text/report/reports.ts'
import type { GroupSum } from './history.ts'

/** What the picture shows, in a sentence. */
export function pictureLabel(tender: string, of: GroupSum): string {
  return historyText.picture({
    tender,
    whose: of.name,
    sessions: of.sessions,
    overTimes: of.overTimes,
    over: formatCents(of.overCents),
    shortTimes: of.shortTimes,
    short: formatCents(of.shortCents),
    net: formatCents(of.netCents),
  })
}

/** The city's settings as they are typed. */
import { type Denomination, denominationKey } from '../../../../shared/rules/cash/denominations.ts'
import type { SettingFamily, Settings } from '../../../../shared/settings/index.ts'
import { isTimeZone } from '../../../../shared/time.ts'
import { cityText } from '../../../text/setup/admin.ts'
import { type FoundProblem, isBlank, linesOf, problemAt } from '../../forms/found-problem.ts'
import { type AskedTexts, askedProblem, askedTexts, askedValues } from '../asked.ts'
import { type DenominationRow, denominationRows, rowsProblem, toDenominations } from '../denomination-form.ts'

export interface CityDraft {
  asked: AskedTexts
  addressLines: string
  timeZone: string
  textEn: string
  textEs: string
  printerMode: Settings['printer']['mode']
  queue: string
  denominations: readonly DenominationRow[]
}

/** Bills have a tab of their own; policies too. */
const FAMILIES = ['utility', 'receipts', 'rules', 'money'] as const satisfies readonly SettingFamily[]

export function cityDraft(settings: Settings): CityDraft {
  return {
    asked: askedTexts(settings, FAMILIES),
    addressLines: settings.addressLines.join('\n'),
    timeZone: settings.timeZone,
    textEn: settings.receiptTexts.en.join('\n'),
    textEs: settings.receiptTexts.es.join('\n'),
    printerMode: settings.printer.mode,
    queue: settings.printer.queue,
    denominations: denominationRows(settings.denominations),
  }
}

export function cityProblem(draft: CityDraft): FoundProblem | null {
  const { problems } = cityText
  const asked = askedProblem(draft.asked, FAMILIES)
  if (asked !== null) return asked
  if (linesOf(draft.addressLines).length > 4) return problemAt('addressLines', problems.addressLines)
  if (!isTimeZone(draft.timeZone)) return problemAt('timeZone', problems.timeZone)
  if (linesOf(draft.textEn).length > 6) return problemAt('textEn', problems.textEn)
  if (linesOf(draft.textEs).length > 6) return problemAt('textEs', problems.textEs)
  if (draft.printerMode === 'queue' && isBlank(draft.queue)) return problemAt('queue', problems.queue)
  const rows = rowsProblem(draft.denominations)
  if (rows === null) return null
  return problemAt('denominations', rows === 'none' ? problems.denominations : problems.bundle)
}

/** The policies without pieces of money that are counted no more: nobody could find them in a drawer. */
function piecesAmong(
  { wantedPieces, lowPieces }: Settings,
  denominations: readonly Denomination[],
): Pick<Settings, 'wantedPieces' | 'lowPieces'> {
  const known = new Set(denominations.map(denominationKey))
  const isCounted = (of: Settings['wantedPieces'][number]) => known.has(denominationKey(of))
  return { wantedPieces: wantedPieces.filter(isCounted), lowPieces: lowPieces.filter(isCounted) }
}

/** What was typed laid over the settings that the form does not show. */
export function toSettings(before: Settings, draft: CityDraft): Settings {
  const denominations = toDenominations(draft.denominations)
  return {
    ...before,
    ...askedValues(draft.asked, FAMILIES),
    addressLines: linesOf(draft.addressLines),
    timeZone: draft.timeZone.trim(),
    receiptTexts: { en: linesOf(draft.textEn), es: linesOf(draft.textEs) },
    printer: { mode: draft.printerMode, queue: draft.queue.trim() },
    denominations,
    ...piecesAmong(before, denominations),
  }
}

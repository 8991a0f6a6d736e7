/** The city's settings as they are typed. */
import { type Denomination, denominationKey } from '../../../shared/rules/denominations.ts'
import type { Settings } from '../../../shared/settings.ts'
import { isTimeZone } from '../../../shared/time.ts'
import { cityText } from '../../text/admin.ts'
import { type DenominationRow, denominationRows, rowsProblem, toDenominations } from './denomination-form.ts'
import { type FoundProblem, isBlank, linesOf, problemAt, readCount } from './found-problem.ts'

type Kept =
  | 'utilityName'
  | 'phone'
  | 'timeZone'
  | 'receiptPaper'
  | 'overpay'
  | 'rounding'
  | 'creditGlAccount'
  | 'overShortGlAccount'
  | 'roundingGlAccount'

export interface CityDraft extends Pick<Settings, Kept> {
  addressLines: string
  textEn: string
  textEs: string
  printerMode: Settings['printer']['mode']
  queue: string
  idle: string
  hours: string
  denominations: readonly DenominationRow[]
}

const IDLE = { least: 1, most: 240 }
const HOURS = { least: 1, most: 72 }

export function cityDraft(settings: Settings): CityDraft {
  return {
    utilityName: settings.utilityName,
    phone: settings.phone,
    timeZone: settings.timeZone,
    receiptPaper: settings.receiptPaper,
    overpay: settings.overpay,
    rounding: settings.rounding,
    creditGlAccount: settings.creditGlAccount,
    overShortGlAccount: settings.overShortGlAccount,
    roundingGlAccount: settings.roundingGlAccount,
    addressLines: settings.addressLines.join('\n'),
    textEn: settings.receiptTexts.en.join('\n'),
    textEs: settings.receiptTexts.es.join('\n'),
    printerMode: settings.printer.mode,
    queue: settings.printer.queue,
    idle: String(settings.idleLockMinutes),
    hours: String(settings.maxSessionHours),
    denominations: denominationRows(settings.denominations),
  }
}

function placeProblem(draft: CityDraft): FoundProblem | null {
  const { problems } = cityText
  if (isBlank(draft.utilityName)) return problemAt('utilityName', problems.utilityName)
  if (linesOf(draft.addressLines).length > 4) return problemAt('addressLines', problems.addressLines)
  if (!isTimeZone(draft.timeZone)) return problemAt('timeZone', problems.timeZone)
  if (linesOf(draft.textEn).length > 6) return problemAt('textEn', problems.textEn)
  return linesOf(draft.textEs).length > 6 ? problemAt('textEs', problems.textEs) : null
}

function ruleProblem(draft: CityDraft): FoundProblem | null {
  const { problems } = cityText
  if (draft.printerMode === 'queue' && isBlank(draft.queue)) return problemAt('queue', problems.queue)
  const gl = (['creditGlAccount', 'overShortGlAccount', 'roundingGlAccount'] as const).find(field =>
    isBlank(draft[field]),
  )
  if (gl !== undefined) return problemAt(gl, problems.gl)
  if (readCount(draft.idle, IDLE) === null) return problemAt('idle', problems.idle)
  if (readCount(draft.hours, HOURS) === null) return problemAt('hours', problems.hours)
  const rows = rowsProblem(draft.denominations)
  if (rows === null) return null
  return problemAt('denominations', rows === 'none' ? problems.denominations : problems.bundle)
}

export function cityProblem(draft: CityDraft): FoundProblem | null {
  return placeProblem(draft) ?? ruleProblem(draft)
}

/** The policy without pieces of money that is counted no more: nobody could find them in a drawer. */
function withoutPieces(
  policy: Settings['drawerControl'],
  denominations: readonly Denomination[],
): Settings['drawerControl'] {
  const known = new Set(denominations.map(denominationKey))
  const isCounted = (of: Settings['drawerControl']['wantedPieces'][number]) => known.has(denominationKey(of))
  return {
    ...policy,
    wantedPieces: policy.wantedPieces.filter(isCounted),
    lowPieces: policy.lowPieces.filter(isCounted),
  }
}

/** What was typed laid over the settings that the form does not show. */
export function toSettings(before: Settings, draft: CityDraft): Settings {
  const idle = readCount(draft.idle, IDLE)
  const hours = readCount(draft.hours, HOURS)
  if (idle === null || hours === null) {
    throw new RangeError('settings were sent before they were checked')
  }
  const denominations = toDenominations(draft.denominations)
  return {
    ...before,
    utilityName: draft.utilityName.trim(),
    addressLines: linesOf(draft.addressLines),
    phone: draft.phone.trim(),
    timeZone: draft.timeZone.trim(),
    receiptTexts: { en: linesOf(draft.textEn), es: linesOf(draft.textEs) },
    receiptPaper: draft.receiptPaper,
    printer: { mode: draft.printerMode, queue: draft.queue.trim() },
    denominations,
    drawerControl: withoutPieces(before.drawerControl, denominations),
    overpay: draft.overpay,
    rounding: draft.rounding,
    creditGlAccount: draft.creditGlAccount.trim(),
    overShortGlAccount: draft.overShortGlAccount.trim(),
    roundingGlAccount: draft.roundingGlAccount.trim(),
    idleLockMinutes: idle,
    maxSessionHours: hours,
  }
}

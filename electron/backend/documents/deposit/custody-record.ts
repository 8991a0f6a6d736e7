import type { Content } from 'pdfmake'
import type { DepositView } from '../../../../shared/contract/deposit.ts'
import { formatCents } from '../../../../shared/money.ts'
import type { Settings } from '../../../../shared/settings/index.ts'
import { formatBusinessDate, formatInstant, parseBusinessDate } from '../../../../shared/time.ts'
import { type Definition, GREY } from '../definition.ts'
import { CUSTODY, overShortText, STAFF } from '../page/labels.ts'
import {
  factGrid,
  fillPage,
  pageHead,
  ruledTable,
  section,
  signatureLines,
  type TableText,
  verificationText,
} from '../page/page-parts.ts'

interface CustodyPaper {
  deposit: DepositView
  settings: Settings
}
type Step = DepositView['steps'][number]

/** A signed difference in words; empty where there is none. */
const differenceOf = ({ differenceCents }: Step): string =>
  differenceCents === 0 ? '' : overShortText(differenceCents)

function facts({ deposit, settings }: CustodyPaper): Content {
  const { bankAccount } = deposit
  return factGrid(
    [
      { label: STAFF.bank, value: bankAccount.bankName },
      { label: STAFF.account, value: bankAccount.name },
      { label: STAFF.date, value: formatBusinessDate(deposit.businessDate, 'short') },
      { label: CUSTODY.due, value: formatInstant(deposit.dueAtMs, settings.timeZone, 'date-time') },
      { label: STAFF.bagNumber, value: deposit.bagNumber },
      { label: STAFF.sealNumber, value: deposit.sealNumber ?? STAFF.notSealed },
      { label: CUSTODY.bankSlip, value: deposit.slipNumber ?? CUSTODY.notYet },
      { label: CUSTODY.found, value: formatCents(deposit.foundCents) },
    ],
    { perRow: 4 },
  )
}

/** What a step wrote down, in words. */
function notedAt({ step, reference, secondReference }: Step): string[] {
  const date = (text: string): string => {
    const day = parseBusinessDate(text)
    return day === null ? text : formatBusinessDate(day, 'short')
  }
  if (step === 'made-up') return [`${STAFF.bag} ${reference}`]
  if (step === 'sealed') return [`${STAFF.bag} ${reference}`, `${CUSTODY.seal} ${secondReference}`]
  if (step === 'released') return [`${CUSTODY.to} ${reference}`, `${CUSTODY.signed} ${secondReference}`]
  if (step === 'validated')
    return [`${CUSTODY.bankSlip} ${reference}`, `${CUSTODY.bankDate} ${date(secondReference)}`]
  return step === 'credited' ? [`${CUSTODY.creditDate} ${date(secondReference)}`] : []
}

function handsOf(step: Step): string[] {
  return step.secondPersonName === null
    ? [step.personName]
    : [step.secondPersonName, `${CUSTODY.with} ${step.personName}`]
}

function chainTable({ deposit, settings }: CustodyPaper): Content {
  const [step = 0, when = 0, hands = 0, noted = 0, figure = 0, difference = 0] = fillPage([
    54,
    52,
    78,
    null,
    52,
    56,
  ])
  const rows = deposit.steps.map((of): TableText[] => [
    { text: CUSTODY.steps[of.step], bold: true },
    {
      lines: [
        formatInstant(of.atMs, settings.timeZone, 'date'),
        formatInstant(of.atMs, settings.timeZone, 'time'),
      ],
    },
    { lines: handsOf(of) },
    { lines: [...notedAt(of), ...(of.reason === '' ? [] : [`${STAFF.reason}: ${of.reason}`])] },
    of.cents === null ? '' : formatCents(of.cents),
    differenceOf(of),
  ])
  const table = ruledTable(
    [
      { head: CUSTODY.step, width: step },
      { head: STAFF.when, width: when },
      { head: CUSTODY.hands, width: hands },
      { head: CUSTODY.noted, width: noted },
      { head: CUSTODY.figure, width: figure, align: 'right' },
      { head: CUSTODY.difference, width: difference, align: 'right' },
    ],
    rows,
    { dense: true },
  )
  // Long reasons may need a second page; then the table is broken between hands.
  return section(CUSTODY.chain, [table], Number.POSITIVE_INFINITY)
}

function sessionsLine({ deposit }: CustodyPaper): Content {
  const sessions = deposit.sessions.map(of => `${of.zNumber ?? of.number} ${of.cashierName}`).join(', ')
  return section(STAFF.sessions, [{ text: sessions }], 3)
}

/** Signs for whom the till knows the name; the bank's own line stays empty. */
function signatures({ deposit }: CustodyPaper): Content {
  const handed = deposit.steps.find(of => of.step === 'released')
  return {
    stack: [
      signatureLines([
        { role: STAFF.preparedBy, name: deposit.preparerName },
        { role: STAFF.verifiedBy, name: deposit.verifierName ?? '' },
      ]),
      signatureLines([
        { role: CUSTODY.receivedBy, name: handed?.secondReference ?? '' },
        { role: CUSTODY.bankTeller, name: '' },
      ]),
    ],
    unbreakable: true,
  }
}

/**
 * The record of a deposit's custody on one letter page (two where reasons are very long): every hand with its time, its own figure and its difference to
 * the hand before with the reason, and lines to sign on. What has not happened yet is said so.
 */
export function custodyRecordDocument(paper: CustodyPaper): Definition {
  const { deposit, settings } = paper
  const title = `${CUSTODY.title} ${deposit.number}`
  const last = deposit.steps.at(-1)
  return {
    title,
    createdAtMs: last?.atMs ?? deposit.madeUpAtMs,
    paper: 'letter',
    content: [
      ...pageHead({ settings, what: CUSTODY.title, number: deposit.number }),
      facts(paper),
      chainTable(paper),
      { text: CUSTODY.meaning, color: GREY, fontSize: 8, margin: [0, 8, 0, 0] },
      sessionsLine(paper),
      signatures(paper),
      verificationText(deposit.verificationCode),
    ],
    foot: `${title} · ${STAFF.bag} ${deposit.bagNumber}`,
    runningHead: `${settings.utilityName} · ${title}`,
    watermark: null,
  }
}

import type { ReceiptView, ShownTender } from '../../../shared/contract/receipt.ts'
import type { ReceiptLine } from '../../../shared/ledger/receipt.ts'
import { formatCents, subtract } from '../../../shared/money.ts'
import { shownDetails, type TenderLabels } from '../../../shared/tenders.ts'
import { formatInstant } from '../../../shared/time.ts'
import { SLIP } from '../../text/receipt/receipt-slip.ts'
import { useSettings, useTill } from '../../till.ts'
import './receipt-slip.css'

function Pair({ left, right, strong = false }: { left: string; right: string; strong?: boolean }) {
  return (
    <div className={strong ? 'pair strong' : 'pair'}>
      <span>{left}</span>
      <span>{right}</span>
    </div>
  )
}

function SlipLine({ line, timeZone }: { line: ReceiptLine; timeZone: string }) {
  if (line.kind === 'catalog') {
    const times = line.quantity === 1 ? '' : `${line.quantity} × `
    return (
      <>
        <Pair left={`${times}${line.name}`} right={formatCents(line.cents)} />
        <div className="small-print">
          {[line.reference, `GL ${line.glAccount}`].filter(part => part !== '').join(' · ')}
        </div>
      </>
    )
  }
  const after = subtract(line.balanceBeforeCents, line.cents)
  return (
    <>
      <Pair left={`${line.accountNumber} ${line.name}`} right={formatCents(line.cents)} />
      <div className="small-print">
        {line.allocations.map(a => `${a.service} ${formatCents(a.cents)}`).join(' · ')}
      </div>
      <div className="small-print">
        {SLIP.balance(
          formatCents(line.balanceBeforeCents),
          formatCents(after),
          formatInstant(line.asOfMs, timeZone, 'date-time'),
        )}
      </div>
    </>
  )
}

const inBoth = ({ en, es }: TenderLabels): string => (es === '' || es === en ? en : `${en} · ${es}`)

function tenderText(tender: ShownTender): string {
  const details = shownDetails(tender, tender.details, inBoth)
  return [inBoth(tender.labels), tender.reference, ...details].filter(part => part !== '').join(' · ')
}

function SlipHead({ receipt, timeZone }: { receipt: ReceiptView; timeZone: string }) {
  const settings = useSettings()
  return (
    <>
      <h3>{settings?.utilityName}</h3>
      <p className="centre-line">
        {[...(settings?.addressLines ?? []), settings?.phone ?? ''].filter(l => l !== '').join(' · ')}
      </p>
      <hr />
      <Pair left={receipt.number} right={formatInstant(receipt.postedAtMs, timeZone, 'date-time')} />
      <Pair left={SLIP.cashier(receipt.cashierName)} right={receipt.drawerName} />
    </>
  )
}

/** A receipt on the screen, as its paper reads. */
export function ReceiptSlip({ receipt }: { receipt: ReceiptView }) {
  const { timeZone } = useTill()
  const settings = useSettings()
  const foot = [...(settings?.receiptTexts.en ?? []), ...(settings?.receiptTexts.es ?? [])]
  return (
    <article className="slip">
      {receipt.voided !== null && (
        <>
          <p className="void">{SLIP.voided}</p>
          <p className="small-print">
            {SLIP.voidedBy(receipt.voided.byName, receipt.voided.approvedByName, receipt.voided.reason)}
          </p>
        </>
      )}
      <SlipHead receipt={receipt} timeZone={timeZone} />
      <hr />
      {receipt.lines.map(line => (
        <SlipLine
          key={line.kind === 'account' ? line.accountId : `${line.catalogItemId} ${line.reference}`}
          line={line}
          timeZone={timeZone}
        />
      ))}
      <hr />
      <Pair left={SLIP.total} right={formatCents(receipt.totalCents)} strong />
      {receipt.roundingCents !== 0 && (
        <Pair left={SLIP.rounding} right={formatCents(receipt.roundingCents)} />
      )}
      {receipt.tenders.map(tender => (
        <Pair
          key={`${tender.tender} ${tender.reference} ${tender.cents}`}
          left={tenderText(tender)}
          right={formatCents(tender.cents)}
        />
      ))}
      <Pair left={SLIP.change} right={formatCents(receipt.changeCents)} />
      <hr />
      <p className="centre-line">{SLIP.verify(receipt.verificationCode)}</p>
      {foot.map(text => (
        <p className="centre-line" key={text}>
          {text}
        </p>
      ))}
    </article>
  )
}

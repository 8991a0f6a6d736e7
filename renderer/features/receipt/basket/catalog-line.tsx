import { TextInput } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import type { CatalogItem } from '../../../../shared/ledger/setup.ts'
import { type Cents, formatCents, plainCents, ZERO } from '../../../../shared/money.ts'
import { checkText } from '../../../../shared/rules/text/free-text.ts'
import { WINDOW } from '../../../text/receipt/window.ts'
import { TEXT_PROBLEMS } from '../../../text/refusals/refusals-common.ts'
import { readAmount } from '../../../ui/money/amount.ts'
import { AmountField } from '../../../ui/money/amount-field.tsx'
import { ErrorNote } from '../../../ui/parts.tsx'
import { fieldName } from '../window/gaps.ts'
import { type CatalogLineInput, lineCents } from './basket.ts'
import { LineNews } from './line-news.tsx'
import { RemoveButton } from './remove-button.tsx'

interface CatalogLineProps {
  line: CatalogLineInput
  /** The name of the line on the screen. */
  name: string
  item: CatalogItem
  /** Was just put in. */
  fresh: boolean
  onChange: (line: CatalogLineInput) => void
  onRemove: () => void
  /** Enter in one of the fields. */
  onNext: () => void
}

interface LineAmountProps {
  label: string
  field: string
  cents: Cents
  onCents: (cents: Cents) => void
  onNext: () => void
}

function LineAmount({ label, field, cents, onCents, onNext }: LineAmountProps) {
  const [text, setText] = useState(cents === ZERO ? '' : plainCents(cents))
  const type = (typed: string) => {
    setText(typed)
    onCents(readAmount(typed).cents ?? ZERO)
  }
  return <AmountField label={label} field={field} value={text} onChange={type} onEnter={onNext} />
}

function Quantity({ line, name, item, onChange, onNext }: Omit<CatalogLineProps, 'onRemove' | 'fresh'>) {
  const [text, setText] = useState(String(line.quantity))
  const valid = /^\d{1,5}$/.test(text) && Number.parseInt(text, 10) > 0
  const label = item.unitLabel === '' ? WINDOW.quantity : WINDOW.unitQuantity(item.unitLabel)
  return (
    <TextInput
      label={label}
      value={text}
      inputMode="numeric"
      maxLength={5}
      data-field={fieldName(name, 'quantity')}
      error={valid ? null : WINDOW.quantityProblem}
      onFocus={event => event.currentTarget.select()}
      onChange={event => {
        const typed = event.currentTarget.value.trim()
        setText(typed)
        // Zero pieces come to nothing, which cannot be posted.
        onChange({ ...line, quantity: /^\d{1,5}$/.test(typed) ? Number.parseInt(typed, 10) : 0 })
      }}
      onKeyDown={event => {
        if (event.key !== 'Enter' && event.key !== '+') return
        event.preventDefault()
        onNext()
      }}
    />
  )
}

function Reference({ line, name, item, onChange, onNext }: Omit<CatalogLineProps, 'onRemove' | 'fresh'>) {
  const checked = checkText(line.reference, { maxLength: 80 })
  return (
    <TextInput
      label={item.referenceLabel}
      value={line.reference}
      maxLength={80}
      data-field={fieldName(name, 'reference')}
      error={checked.ok ? null : `${item.referenceLabel} ${TEXT_PROBLEMS[checked.reason]}`}
      onChange={event => onChange({ ...line, reference: event.currentTarget.value })}
      onKeyDown={event => {
        if (event.key !== 'Enter') return
        event.preventDefault()
        onNext()
      }}
    />
  )
}

/** One catalog item in the basket, with what it needs to be priced. */
export function CatalogLine(props: CatalogLineProps) {
  const { line, name, item, fresh, onChange, onRemove, onNext } = props
  const asks = useRef<HTMLDivElement>(null)
  const asksFirst = fresh && (item.pricing !== 'fixed' || item.referenceLabel !== null)
  useEffect(() => {
    // The quantity of a fixed price is nearly always one: its reference is what must be typed.
    const fields = asks.current?.querySelectorAll('input') ?? []
    if (asksFirst) fields[item.pricing === 'fixed' ? 1 : 0]?.focus()
  }, [asksFirst, item.pricing])
  const cents = lineCents(line, [item])
  const [atFirst] = useState({ priceCents: item.priceCents, rateMillionths: item.rateMillionths })
  const was = lineCents(line, [{ ...item, ...atFirst }])
  const news = was === cents ? [] : [WINDOW.news.price(formatCents(cents), formatCents(was))]
  const each = item.priceCents === null ? '' : `${line.quantity} × ${formatCents(item.priceCents)}`
  const sub = [item.code, each, `GL ${item.glAccount}`].filter(part => part !== '').join(' · ')
  return (
    <div className="line">
      <div>
        <h3>{item.name}</h3>
        <div className="sub">{sub}</div>
      </div>
      <div className="amt fixed-amt">{formatCents(cents)}</div>
      <RemoveButton name={item.name} onRemove={onRemove} />
      <LineNews message={news} />
      <div className="asks" ref={asks}>
        {(item.pricing === 'per-unit' || item.pricing === 'fixed') && (
          <Quantity line={line} name={name} item={item} onChange={onChange} onNext={onNext} />
        )}
        {item.pricing === 'open' && (
          <LineAmount
            label={WINDOW.price}
            field={fieldName(name, 'price')}
            cents={line.priceCents ?? ZERO}
            onCents={priceCents => onChange({ ...line, priceCents })}
            onNext={onNext}
          />
        )}
        {item.pricing === 'percent' && (
          <LineAmount
            label={WINDOW.base(item.unitLabel)}
            field={fieldName(name, 'base')}
            cents={line.baseCents ?? ZERO}
            onCents={baseCents => onChange({ ...line, baseCents })}
            onNext={onNext}
          />
        )}
        {item.referenceLabel !== null && (
          <Reference line={line} name={name} item={item} onChange={onChange} onNext={onNext} />
        )}
      </div>
    </div>
  )
}

/** A catalog item of a suspended or voided basket that is not sold any more: it can only be taken out. */
export function GoneLine({ name, onRemove }: { name: string; onRemove: () => void }) {
  return (
    <div className="line">
      <h3>{WINDOW.goneItem}</h3>
      <span />
      <RemoveButton name={WINDOW.goneItem} field={fieldName(name, 'gone')} onRemove={onRemove} />
      <div className="whole">
        <ErrorNote>{WINDOW.goneItemLabels}</ErrorNote>
      </div>
    </div>
  )
}

import type { Ref } from 'react'
import type { Cents } from '../../../shared/money.ts'
import { closeText } from '../../text/session/close.ts'
import { readAmount, useAmount } from '../../ui/money/amount.ts'
import { AmountField } from '../../ui/money/amount-field.tsx'
import type { SheetTender } from './count-draft.ts'

interface SlipFieldProps {
  tender: SheetTender
  cents: Cents | null
  error: string | null
  onChange: (cents: Cents | null) => void
  onEnter: () => void
  ref?: Ref<HTMLInputElement>
}

/** The total of one tender's slips. */
export function SlipField({ tender, cents, error, onChange, onEnter, ref }: SlipFieldProps) {
  const amount = useAmount(cents)
  const change = (typed: string) => {
    amount.setText(typed)
    onChange(readAmount(typed).cents)
  }
  return (
    <AmountField
      {...(ref === undefined ? {} : { ref })}
      label={closeText.slips(tender.name)}
      value={amount.text}
      onChange={change}
      onEnter={onEnter}
      error={error}
    />
  )
}

import { NativeSelect, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useLocation, useParams } from 'wouter'
import { EVERYONE } from '../../../../shared/roles.ts'
import { orpc } from '../../../client.ts'
import type { ScreenSpec } from '../../../screen-spec.ts'
import { RECEIPTS } from '../../../text/receipt/receipts.ts'
import { sayError } from '../../../text/refusals/refusals.ts'
import { useTenderTypes } from '../../../till.ts'
import { DayRangeFields } from '../../../ui/day-range.tsx'
import { useWayBack } from '../../../ui/keys/way-back.ts'
import { AmountField } from '../../../ui/money/amount-field.tsx'
import { ErrorNote, Panel } from '../../../ui/parts.tsx'
import { Screen } from '../../../ui/screen.tsx'
import { ScrollRegion } from '../../../ui/table/scroll-region.tsx'
import { ReceiptDetail } from '../../slip/receipt-detail.tsx'
import { ReceiptList } from './receipt-list.tsx'
import { NO_SEARCH, type SearchFields, searchFrom } from './receipt-search.ts'
import { useReceiptActions } from './use-receipt-actions.tsx'
import './receipts.css'

interface SearchProps {
  fields: SearchFields
  onFields: (fields: SearchFields) => void
  onDown: () => void
}

function Search({ fields, onFields, onDown }: SearchProps) {
  const types = useTenderTypes()
  const put = (part: Partial<SearchFields>) => onFields({ ...fields, ...part })
  return (
    <search className="receipt-search">
      <TextInput
        label={RECEIPTS.find}
        value={fields.text}
        onChange={event => put({ text: event.currentTarget.value })}
        onKeyDown={event => {
          if (event.key !== 'ArrowDown' && event.key !== 'Enter') return
          event.preventDefault()
          onDown()
        }}
        maxLength={100}
        className="wide"
        data-autofocus
      />
      <NativeSelect
        label={RECEIPTS.tender}
        value={fields.tender}
        onChange={event => put({ tender: event.currentTarget.value })}
        data={[
          { value: '', label: RECEIPTS.anyTender },
          ...types.map(type => ({ value: type.tender, label: type.name })),
        ]}
      />
      <AmountField
        label={RECEIPTS.amount}
        value={fields.amount}
        onChange={amount => put({ amount })}
        onEnter={onDown}
      />
      <DayRangeFields days={fields} onDays={put} />
    </search>
  )
}

/** Find a receipt by what the customer has; look at it, print it again, void it. */
function ReceiptsScreen() {
  const { receiptId: asked } = useParams<{ receiptId?: string }>()
  const [, go] = useLocation()
  const wayBack = useWayBack()
  const [fields, setFields] = useState(NO_SEARCH)
  const [settled] = useDebouncedValue(fields, 80)
  const list = useRef<HTMLDivElement>(null)
  const search = useRef<HTMLDivElement>(null)
  const found = useQuery(
    orpc.receipt.find.queryOptions({ input: searchFrom(settled), placeholderData: keepPreviousData }),
  )
  const receipts = found.data ?? []
  const selectedId = asked ?? receipts[0]?.receiptId ?? null
  const detail = useQuery(
    orpc.receipt.get.queryOptions({
      input: { receiptId: selectedId ?? '' },
      enabled: selectedId !== null,
      placeholderData: keepPreviousData,
    }),
  )
  const shown = selectedId === null ? undefined : detail.data
  const actions = useReceiptActions(shown)
  const select = (receiptId: string) => go(`/receipts/${receiptId}`, { replace: true })
  const toFind = () => search.current?.querySelector<HTMLInputElement>('input')?.focus()
  const toList = () => list.current?.focus()
  return (
    <Screen
      title={RECEIPTS.title}
      fixed
      className="receipts"
      keys={[
        { key: 'F2', label: RECEIPTS.toFind, run: toFind },
        ...actions.keys,
        wayBack === null
          ? { key: 'Escape', label: RECEIPTS.toFind, run: toFind, quiet: true }
          : { key: 'Escape', label: RECEIPTS.back, run: wayBack },
      ]}
    >
      <Panel title={RECEIPTS.title} className="receipts-found">
        <div ref={search}>
          <Search
            fields={fields}
            onDown={toList}
            onFields={next => {
              setFields(next)
              if (asked !== undefined) go('/receipts', { replace: true })
            }}
          />
        </div>
        <ErrorNote>{found.error === null ? null : sayError(found.error)}</ErrorNote>
        {found.data !== undefined && receipts.length === 0 && <p role="status">{RECEIPTS.none}</p>}
        <ReceiptList ref={list} receipts={receipts} selectedId={selectedId} onSelect={select} />
      </Panel>
      <ScrollRegion className="panel receipt-detail" label={RECEIPTS.detail}>
        <p role="status" className={actions.said === '' ? 'hidden-words' : 'done-note'}>
          {actions.said}
        </p>
        <ErrorNote>{actions.problem ?? (detail.error === null ? null : sayError(detail.error))}</ErrorNote>
        {shown === undefined ? <p className="one">{RECEIPTS.one}</p> : <ReceiptDetail receipt={shown} />}
      </ScrollRegion>
      {actions.dialogs}
    </Screen>
  )
}

export const screen: ScreenSpec = {
  path: '/receipts/:receiptId?',
  title: 'Receipts',
  key: 'R',
  place: 20,
  roles: EVERYONE,
  component: ReceiptsScreen,
}

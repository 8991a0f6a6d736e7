import { type KeyboardEvent, type Ref, useEffect, useId } from 'react'
import type { Found } from '../../../shared/contract/account.ts'
import { formatCents } from '../../../shared/money.ts'
import { FIND } from '../../text/account/find.ts'
import { balanceLabels } from '../../text/session/balance.ts'
import { SHELL } from '../../text/shell.ts'
import { ErrorNote, Tag } from '../../ui/parts.tsx'
import { priceLabel } from './price-label.ts'
import type { Find } from './use-find.ts'
import './find-box.css'

function FoundLine({ found }: { found: Found }) {
  if (found.kind === 'catalog') {
    return (
      <>
        <span>
          <b>{found.name}</b> <Tag>{FIND.catalog}</Tag>
          <span className="sub">{found.code}</span>
        </span>
        <span className="amt">{priceLabel(found)}</span>
      </>
    )
  }
  if (found.kind === 'receipt') {
    return (
      <>
        <span>
          <b>{found.number}</b> <Tag>{FIND.receipt}</Tag>{' '}
          {found.voided && <Tag tone="bad">{FIND.voided}</Tag>}
        </span>
        {found.totalCents !== null && <span className="amt">{formatCents(found.totalCents)}</span>}
      </>
    )
  }
  return (
    <>
      <span>
        <b>{found.name}</b> {found.closed && <Tag tone="bad">{FIND.closed}</Tag>}
        {found.cashOnly && <Tag tone="warn">{FIND.cashOnly}</Tag>}
        <span className="sub">
          {found.number} · {found.address}
        </span>
      </span>
      <span className="amt">{balanceLabels(found.balanceCents)}</span>
    </>
  )
}

function keyOf(found: Found): string {
  if (found.kind === 'account') return found.accountId
  return found.kind === 'catalog' ? found.catalogItemId : found.receiptId
}

interface FindBoxProps {
  find: Find
  label: string
  ref?: Ref<HTMLInputElement>
  /** Enter while nothing is typed. */
  onEmptyEnter?: () => void
}

function FoundList({ find, id, open }: { find: Find; id: string; open: boolean }) {
  const { selected } = find
  // Whoever steps through the results sees what Enter would take.
  useEffect(() => {
    if (open) document.getElementById(`${id}-${selected}`)?.scrollIntoView({ block: 'nearest' })
  }, [id, selected, open])
  return (
    <div
      role="listbox"
      id={`${id}-list`}
      aria-label={FIND.results}
      className="found"
      hidden={!open || find.results.length === 0}
    >
      {find.results.map((found, i) => (
        <div
          key={keyOf(found)}
          id={`${id}-${i}`}
          role="option"
          tabIndex={-1}
          aria-selected={i === find.selected}
          onPointerDown={event => {
            event.preventDefault()
            find.take(i)
          }}
        >
          <FoundLine found={found} />
        </div>
      ))}
    </div>
  )
}

/** The box and its results; the box keeps the focus, arrows point at a result. */
export function FindBox({ find, label, ref, onEmptyEnter }: FindBoxProps) {
  const id = useId()
  const open = find.text.trim() !== ''
  const keyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const endsScan = find.isEndOfScan(event.key)
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (find.results.length === 0) return
      event.preventDefault()
      find.move(event.key === 'ArrowDown' ? 1 : -1)
    }
    if (event.key === 'Enter') {
      event.preventDefault()
      if (event.repeat || endsScan) return
      // What is typed next replaces what led nowhere.
      if (find.settled && find.results.length === 0) event.currentTarget.select()
      if (open) find.take()
      else onEmptyEnter?.()
    }
  }
  return (
    <div className="find-box">
      <input
        ref={ref}
        role="combobox"
        aria-label={label}
        placeholder={label}
        aria-expanded={open && find.results.length > 0}
        aria-controls={`${id}-list`}
        aria-activedescendant={open && find.results.length > 0 ? `${id}-${find.selected}` : undefined}
        aria-autocomplete="list"
        value={find.text}
        onChange={event => find.setText(event.currentTarget.value)}
        onKeyDown={keyDown}
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        data-autofocus
        data-looks-up
      />
      <span className="hidden-words" role="status">
        {open && find.settled ? SHELL.results(find.results.length, find.isCut) : ''}
      </span>
      <ErrorNote>{find.problem}</ErrorNote>
      <FoundList find={find} id={id} open={open} />
      {open && find.settled && find.isCut && <p className="nothing">{FIND.more(find.results.length)}</p>}
      {open && find.settled && find.results.length === 0 && find.problem === null && (
        <p className="nothing">{FIND.nothing(find.text.trim())}</p>
      )}
    </div>
  )
}

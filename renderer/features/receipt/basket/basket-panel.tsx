import { type KeyboardEvent, type Ref, useState } from 'react'
import type { AccountView } from '../../../../shared/contract/account.ts'
import type { SeenAccount } from '../../../../shared/contract/basket.ts'
import type { LineInput } from '../../../../shared/contract/receipt.ts'
import type { CatalogItem } from '../../../../shared/ledger/setup.ts'
import type { Settings } from '../../../../shared/settings/index.ts'
import { WINDOW } from '../../../text/receipt/window.ts'
import { ErrorNote } from '../../../ui/parts.tsx'
import { FindBox } from '../../find/find-box.tsx'
import type { Find } from '../../find/use-find.ts'
import { AccountLine } from './account-line.tsx'
import { type Draft, lineKey, type TypedItem } from './basket.ts'
import { CatalogLine, GoneLine } from './catalog-line.tsx'

interface BasketPanelProps {
  find: Find
  findRef: Ref<HTMLInputElement>
  draft: Draft
  settings: Settings
  catalog: readonly CatalogItem[]
  /** The line that was just put in: what it still needs gets the focus. */
  fresh: number | null
  problem: string | null
  /** Something to be told in passing. */
  said: string
  /** The line that keeps the basket from being posted, once that was said: its items are shown. */
  stoppedLine: number | null
  posting: boolean
  onLine: (index: number, line: LineInput) => void
  onSight: (account: AccountView, how: 'first' | 'read') => void
  onItemText: (accountId: string, typed: TypedItem) => void
  onRemove: (index: number) => void
  onEmptyEnter: () => void
}

/** The fields of the panel from top to bottom, the find box first. */
function fieldsIn(panel: HTMLElement): HTMLInputElement[] {
  return [...panel.querySelectorAll<HTMLInputElement>('input')]
}

/** Up and down go through the fields; Enter leaves an item's amount for the next one. */
function moveInside(event: KeyboardEvent<HTMLElement>): void {
  if (event.defaultPrevented || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return
  const fields = fieldsIn(event.currentTarget)
  const at = fields.findIndex(field => Object.is(field, event.target))
  const next = fields[at + (event.key === 'ArrowDown' ? 1 : -1)]
  if (at === -1 || next === undefined) return
  event.preventDefault()
  next.focus()
}

/** The field after the one with the focus within its line; without one, back to the find box. */
function focusNextAsked(panel: HTMLElement | null): void {
  const focused = document.activeElement
  const asked = [...(focused?.closest('.asks')?.querySelectorAll<HTMLInputElement>('input') ?? [])]
  const next = asked[asked.findIndex(field => Object.is(field, focused)) + 1]
  const first = panel === null ? undefined : fieldsIn(panel)[0]
  ;(next ?? first)?.focus()
}

/** The find box and everything that is in the basket. */
export function BasketPanel(props: BasketPanelProps) {
  const { find, findRef, draft, settings, catalog, problem, said, onLine, onRemove } = props
  const [panel, setPanel] = useState<HTMLElement | null>(null)
  const [touched, setTouched] = useState<number | null>(null)
  const active = touched !== null && touched < draft.lines.length ? touched : draft.lines.length - 1
  const toFind = () => (panel === null ? undefined : fieldsIn(panel)[0])?.focus()
  const finding = find.text.trim() !== ''

  const remove = (index: number) => {
    onRemove(index)
    toFind()
  }
  return (
    // The section itself is no control: it only passes arrow keys on between the fields inside it.
    <section className="panel basket" aria-label={WINDOW.basket} ref={setPanel} onKeyDown={moveInside}>
      <FindBox find={find} label={WINDOW.find} ref={findRef} onEmptyEnter={props.onEmptyEnter} />
      <ErrorNote>{problem}</ErrorNote>
      <p role="status" className={said === '' ? 'hidden-words' : 'said'}>
        {said}
      </p>
      {draft.lines.length === 0 && !finding && <p className="nothing-yet">{WINDOW.empty}</p>}
      <ul className="lines" hidden={finding}>
        {draft.lines.map((line, index) => (
          <li key={lineKey(draft, index)} onFocus={() => setTouched(index)}>
            <Line
              line={line}
              fresh={index === props.fresh}
              name={lineKey(draft, index)}
              open={index === active || index === props.stoppedLine || draft.lines.length < 3}
              posting={props.posting}
              typedItems={draft.typedItems}
              seen={draft.seen}
              onSight={props.onSight}
              settings={settings}
              catalog={catalog}
              onChange={changed => onLine(index, changed)}
              onItemText={props.onItemText}
              onRemove={() => remove(index)}
              onDone={toFind}
              onNext={() => focusNextAsked(panel)}
            />
          </li>
        ))}
      </ul>
    </section>
  )
}

interface LineProps {
  line: LineInput
  name: string
  fresh: boolean
  open: boolean
  posting: boolean
  typedItems: Draft['typedItems']
  seen: readonly SeenAccount[]
  onSight: BasketPanelProps['onSight']
  settings: Settings
  catalog: readonly CatalogItem[]
  onChange: (line: LineInput) => void
  onItemText: (accountId: string, typed: TypedItem) => void
  onRemove: () => void
  onDone: () => void
  onNext: () => void
}

function Line(props: LineProps) {
  const { line, name, fresh, open, settings, catalog, onChange, onRemove, onDone, onNext } = props
  if (line.kind === 'account') {
    return (
      <AccountLine
        line={line}
        settings={settings}
        fresh={fresh}
        open={open}
        posting={props.posting}
        typedItems={props.typedItems}
        seen={props.seen.find(({ accountId }) => accountId === line.accountId)}
        onSight={props.onSight}
        onChange={onChange}
        onItemText={typed => props.onItemText(line.accountId, typed)}
        onRemove={onRemove}
        onDone={onDone}
      />
    )
  }
  const item = catalog.find(c => c.catalogItemId === line.catalogItemId)
  return item === undefined ? (
    <GoneLine name={name} onRemove={onRemove} />
  ) : (
    <CatalogLine
      line={line}
      name={name}
      item={item}
      fresh={fresh}
      onChange={onChange}
      onRemove={onRemove}
      onNext={onNext}
    />
  )
}

import type { MovedCount } from '../../../shared/contract/movement.ts'
import { movementText } from '../../text/custody/movement.ts'
import { useTenderName } from '../../till.ts'
import { DenominationGrid } from '../../ui/money/denomination-grid.tsx'
import { ErrorNote, Panel } from '../../ui/parts.tsx'
import { isFound, withToggled } from './count-draft.ts'
import { InstrumentList } from './instrument-list.tsx'
import './count.css'
import type { MovementSheet } from './use-sheet.ts'

interface CountPanelsProps {
  title: string
  hint: string
  sheet: MovementSheet
  count: MovedCount
  problem: string | null
  onCount: (count: MovedCount) => void
  /** Enter in the last row of the cash, where there are no instruments to go on to. */
  onDone: () => void
}

/** One person's count: cash by denomination, instruments by tick. No amount of an instrument is shown: it is read off the instrument. */
export function CountPanels({ title, hint, sheet, count, problem, onCount, onDone }: CountPanelsProps) {
  const tenderName = useTenderName()
  const isOneKind = new Set(sheet.items.map(item => item.tender)).size <= 1
  const ticked = sheet.items.filter(item => isFound(count, item)).length
  const toInstruments = () => focusPart('.close-instruments')
  return (
    <div className="close-count">
      <Panel title={title} hint={hint} className="close-cash">
        <DenominationGrid
          denominations={sheet.denominations}
          value={count.pieces}
          onChange={pieces => onCount({ ...count, pieces })}
          totalLabel={movementText.cash}
          onDone={sheet.items.length === 0 ? onDone : toInstruments}
          autoFocus
        />
        <ErrorNote>{problem}</ErrorNote>
      </Panel>
      <Panel
        title={movementText.instrumentsTitle}
        hint={
          sheet.items.length === 0
            ? movementText.noInstruments
            : movementText.instrumentsIntro(ticked, sheet.items.length)
        }
        className="close-instruments"
      >
        <div className="scroll close-instrument-list">
          <InstrumentList
            items={sheet.items}
            draft={count}
            kindOf={item => (isOneKind ? null : tenderName(item.tender))}
            onToggle={item => onCount(withToggled(count, item))}
          />
        </div>
      </Panel>
    </div>
  )
}

/** Focuses the first field of a part of the screen: the marked one, else the first that Tab would reach. */
export function focusPart(part: string): void {
  const within = document.querySelector(part)
  const first =
    within?.querySelector<HTMLElement>('[data-autofocus]') ??
    within?.querySelector<HTMLElement>(':is(input, select, [role="listbox"]):not([tabindex="-1"])')
  first?.focus()
}

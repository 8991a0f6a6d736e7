import type { MovedCount } from '../../../shared/contract/movement.ts'
import { movementText } from '../../text/movement.ts'
import { TENDER_NAMES } from '../../text/tenders.ts'
import { DenominationGrid } from '../../ui/denomination-grid.tsx'
import { ErrorNote, Panel } from '../../ui/parts.tsx'
import { isFound, withToggled } from '../close/count-draft.ts'
import { PaperList } from '../close/paper-list.tsx'
import '../close/close.css'
import type { MovementSheet } from './use-sheet.ts'

interface CountPanelsProps {
  title: string
  hint: string
  sheet: MovementSheet
  count: MovedCount
  problem: string | null
  onCount: (count: MovedCount) => void
  /** Enter in the last row of the cash, where there are no papers to go on to. */
  onDone: () => void
}

/** One person's count: cash by denomination, papers by tick. No amount of a paper is shown: it is read off the paper. */
export function CountPanels({ title, hint, sheet, count, problem, onCount, onDone }: CountPanelsProps) {
  const ticked = sheet.items.filter(item => isFound(count, item)).length
  const toPapers = () => focusPart('.close-papers')
  return (
    <div className="close-count">
      <Panel title={title} hint={hint} className="close-cash">
        <DenominationGrid
          denominations={sheet.denominations}
          value={count.pieces}
          onChange={pieces => onCount({ ...count, pieces })}
          totalLabel={movementText.cash}
          onDone={sheet.items.length === 0 ? onDone : toPapers}
          autoFocus
        />
        <ErrorNote>{problem}</ErrorNote>
      </Panel>
      <Panel
        title={movementText.papersTitle}
        hint={
          sheet.items.length === 0
            ? movementText.noPapers
            : movementText.papersIntro(ticked, sheet.items.length)
        }
        className="close-papers"
      >
        <div className="scroll close-paper-list">
          <PaperList
            items={sheet.items}
            draft={count}
            kindOf={item => (item.tender === 'check' ? null : TENDER_NAMES[item.tender])}
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

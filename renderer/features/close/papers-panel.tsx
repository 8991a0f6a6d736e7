import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import type { CountSheet } from '../../../shared/contract/drawer.ts'
import { formatCents } from '../../../shared/money.ts'
import { closeText, listed } from '../../text/close.ts'
import { Panel } from '../../ui/parts.tsx'
import {
  type CountDraft,
  isFound,
  type SheetTender,
  slipOf,
  withoutExtra,
  withSlip,
  withToggled,
} from './count-draft.ts'
import { PaperList } from './paper-list.tsx'
import { SlipField } from './slip-field.tsx'

interface PapersPanelProps {
  sheet: CountSheet
  draft: CountDraft
  onDraft: (draft: CountDraft) => void
  /** Tenders whose slips were found without a total when the count was to be finished. */
  slipsMissing: readonly SheetTender[]
  /** What else there is to know before the count is finished. */
  note: ReactNode
  onExtra: () => void
  onLastField: () => void
}

/** What is counted beside cash: papers one by one, slips by their total. */
export function PapersPanel(props: PapersPanelProps) {
  const { sheet, draft, onDraft } = props
  const byPaper = sheet.tenders.filter(tender => tender.counted === 'items')
  const bySlips = sheet.tenders.filter(tender => tender.counted === 'slips')
  const nameOf = (tender: string) => sheet.tenders.find(t => t.tender === tender)?.name ?? tender
  const ticked = sheet.items.filter(item => isFound(draft, item)).length
  const title = listed(byPaper.map((tender, at) => papersName(tender.name, at))) || closeText.allPapers
  return (
    <Panel title={title} className="close-papers">
      {sheet.items.length === 0 ? (
        <p className="muted small">{closeText.noPapers}</p>
      ) : (
        <p className="muted small" role="status">
          {closeText.papersIntro(ticked, sheet.items.length)}
        </p>
      )}
      <div className="scroll close-paper-list">
        <PaperList
          items={sheet.items}
          draft={draft}
          kindOf={item => (byPaper.length > 1 && item.tender !== 'check' ? nameOf(item.tender) : null)}
          onToggle={item => onDraft(withToggled(draft, item))}
        />
      </div>
      <div className="close-foot">
        <ExtraList draft={draft} nameOf={nameOf} onDraft={onDraft} />
        {byPaper.length > 0 && (
          <Button variant="default" size="sm" onClick={props.onExtra}>
            {closeText.extraAdd}
          </Button>
        )}
        <Slips {...props} tenders={bySlips} />
        {props.note}
      </div>
    </Panel>
  )
}

/** "Checks and money orders": the plural of each, without a capital inside the phrase. */
function papersName(name: string, at: number): string {
  const plural = closeText.papers(name)
  return at === 0 ? plural : plural.charAt(0).toLowerCase() + plural.slice(1)
}

interface ExtraListProps {
  draft: CountDraft
  nameOf: (tender: string) => string
  onDraft: (draft: CountDraft) => void
}

function ExtraList({ draft, nameOf, onDraft }: ExtraListProps) {
  if (draft.extraItems.length === 0) return null
  return (
    <div className="close-extras">
      <p className="muted small">{closeText.extraTitle}</p>
      <ul className="papers" aria-label={closeText.extraTitle}>
        {draft.extraItems.map((extra, at) => {
          const what = `${nameOf(extra.tender)} ${extra.reference}`
          return (
            <li key={`${what} ${extra.cents}`} className="between">
              <span>{what}</span>
              <span className="close-extra">
                {formatCents(extra.cents)}
                <Button
                  variant="default"
                  size="compact-sm"
                  aria-label={closeText.extraRemove(what)}
                  onClick={() => onDraft(withoutExtra(draft, at))}
                >
                  {closeText.remove}
                </Button>
              </span>
            </li>
          )
        })}
      </ul>
    </div>
  )
}

type SlipsProps = PapersPanelProps & { tenders: readonly SheetTender[] }

function Slips({ tenders, draft, onDraft, slipsMissing, onLastField }: SlipsProps) {
  const focusNext = (at: number) => {
    const next = document.querySelectorAll<HTMLInputElement>('.close-slips input')[at + 1]
    if (next === undefined) onLastField()
    else next.focus()
  }
  return (
    <div className="close-slips">
      {tenders.map((tender, at) => (
        <SlipField
          key={tender.tender}
          tender={tender}
          cents={slipOf(draft, tender.tender)}
          error={slipsMissing.includes(tender) ? closeText.slipHint : null}
          onChange={cents => onDraft(withSlip(draft, tender.tender, cents))}
          onEnter={() => focusNext(at)}
        />
      ))}
    </div>
  )
}

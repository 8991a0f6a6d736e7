import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import type { CountSheet } from '../../../shared/contract/session-fields.ts'
import { formatCents } from '../../../shared/money.ts'
import { closeText } from '../../text/session/close.ts'
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
import { InstrumentList } from './instrument-list.tsx'
import { SlipField } from './slip-field.tsx'

interface InstrumentsPanelProps {
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

/** What is counted beside cash: instruments one by one, slips by their total. */
export function InstrumentsPanel(props: InstrumentsPanelProps) {
  const { sheet, draft, onDraft } = props
  const byInstrument = sheet.tenders.filter(tender => tender.counted === 'items')
  const bySlips = sheet.tenders.filter(tender => tender.counted === 'slips')
  const nameOf = (tender: string) => sheet.tenders.find(t => t.tender === tender)?.name ?? tender
  const ticked = sheet.items.filter(item => isFound(draft, item)).length
  return (
    <Panel title={closeText.allInstruments} className="close-instruments">
      {sheet.items.length === 0 ? (
        <p className="muted small">{closeText.noInstruments}</p>
      ) : (
        <p className="muted small" role="status">
          {closeText.instrumentsIntro(ticked, sheet.items.length)}
        </p>
      )}
      <div className="scroll close-instrument-list">
        <InstrumentList
          items={sheet.items}
          draft={draft}
          kindOf={item =>
            byInstrument.length > 1 && item.tender !== byInstrument[0]?.tender ? nameOf(item.tender) : null
          }
          onToggle={item => onDraft(withToggled(draft, item))}
        />
      </div>
      <div className="close-foot">
        <ExtraList draft={draft} nameOf={nameOf} onDraft={onDraft} />
        {byInstrument.length > 0 && (
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
      <ul className="instruments" aria-label={closeText.extraTitle}>
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

type SlipsProps = InstrumentsPanelProps & { tenders: readonly SheetTender[] }

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

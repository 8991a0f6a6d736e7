import type { KeyboardEvent } from 'react'
import { explainedText, type Likelihood } from '../../../text/session/explain.ts'
import { Kbd } from '../../../ui/keys/kbd.tsx'
import { Tag, type TagTone } from '../../../ui/parts.tsx'
import type { ListedCandidate } from './candidates.ts'

const TONES: Record<Likelihood, TagTone> = { likely: 'good', possible: 'plain', fits: 'plain' }

const STEPS: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowDown: (at, count) => Math.min(at + 1, count - 1),
  ArrowUp: at => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_, count) => count - 1,
}

/** Moves the focus from one candidate to another. */
function moveCandidate(event: KeyboardEvent<HTMLOListElement>): void {
  const step = STEPS[event.key]
  if (step === undefined || event.ctrlKey || event.altKey || event.metaKey) return
  const buttons = [...event.currentTarget.querySelectorAll('button')]
  const focused = document.activeElement
  if (!(focused instanceof HTMLButtonElement) || !buttons.includes(focused)) return
  const at = buttons.indexOf(focused)
  event.preventDefault()
  buttons[step(at, buttons.length)]?.focus()
}

interface CandidateListProps {
  candidates: readonly ListedCandidate[]
  /** The one that was reached last. */
  at: number
  onReach: (at: number) => void
  onOpen: (at: number) => void
}

/** What may explain the difference, the likeliest first: arrows go from one to the next, Enter or its number opens it. */
export function CandidateList({ candidates, at, onReach, onOpen }: CandidateListProps) {
  return (
    <ol className="candidates" onKeyDown={moveCandidate}>
      {candidates.map((candidate, i) => (
        <li key={candidate.no} className={i === 0 ? 'candidate first' : 'candidate'}>
          <CandidateButton
            candidate={candidate}
            tabStop={i === at}
            onReach={() => onReach(i)}
            onOpen={() => onOpen(i)}
          />
        </li>
      ))}
    </ol>
  )
}

interface CandidateButtonProps {
  candidate: ListedCandidate
  tabStop: boolean
  onReach: () => void
  onOpen: () => void
}

function CandidateButton({ candidate, tabStop, onReach, onOpen }: CandidateButtonProps) {
  const { no, labels, likelihood, ways } = candidate
  return (
    <button
      type="button"
      tabIndex={tabStop ? 0 : -1}
      onFocus={onReach}
      onClick={onOpen}
      aria-keyshortcuts={String(no)}
    >
      <span className="candidate-words">
        <strong>{labels.title}</strong>
        <span className="candidate-sum">
          <span>{labels.sum}</span>
          {ways !== null && <span>{ways}</span>}
        </span>
      </span>
      <Tag tone={TONES[likelihood]}>{explainedText.likelihood[likelihood]}</Tag>
      <Kbd>{String(no)}</Kbd>
    </button>
  )
}

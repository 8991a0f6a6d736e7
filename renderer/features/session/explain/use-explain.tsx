import { useQuery } from '@tanstack/react-query'
import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react'
import type { CountResult } from '../../../../shared/contract/session-fields.ts'
import { type Cents, formatCents } from '../../../../shared/money.ts'
import { orpc } from '../../../client.ts'
import { explainedText } from '../../../text/session/explain.ts'
import { useSettings, useTenderTypes } from '../../../till.ts'
import { Answer } from '../../../ui/dialog/answer.tsx'
import type { KeyDeclaration } from '../../../ui/keys/keys.ts'
import { Panel } from '../../../ui/parts.tsx'
import { differing, sizeOf } from '../../count/difference.ts'
import { CandidateDialog } from './candidate-dialog.tsx'
import { CandidateList } from './candidate-list.tsx'
import { type ListedCandidate, listedCandidates } from './candidates.ts'
import './explain.css'

interface ExplainOptions {
  sessionId: string
  /** What differs, for the title; papers alone may differ. */
  balances: readonly CountResult['balances'][number][]
  /** Takes a candidate's reason where one is being written. */
  onUse?: (reason: string) => void
  /** There is nothing to choose from: where the cursor goes instead. */
  onNothing?: () => void
}

interface Explaining {
  panel: ReactNode
  dialog: ReactNode
  /** For the strip of the screen, and the number keys that only the sheet lists. */
  keys: KeyDeclaration[]
  /** Puts the cursor on the candidate that was reached last. */
  toList: () => void
}

/** Nothing of an earlier session may be shown, and a void or a turn-in changes the answer. */
const FRESH = { gcTime: 0, staleTime: 0 }

function useCandidates(sessionId: string) {
  const settings = useSettings()
  const types = useTenderTypes()
  const enabled = sessionId !== ''
  const asked = useQuery({
    ...orpc.session.explain.queryOptions({ input: { sessionId }, enabled }),
    ...FRESH,
  })
  const { data } = asked
  const known = data !== undefined && settings !== null
  const candidates = known
    ? listedCandidates(data, { denominations: settings.denominations, types })
    : undefined
  return { candidates, asked: { data: candidates, error: asked.error, refetch: asked.refetch } }
}

/** `27.00`, or each of several differences: they are never netted. */
function amountsOf(balances: ExplainOptions['balances']): string {
  const sizes: Cents[] = differing(balances).map(({ overShortCents }) => sizeOf(overShortCents))
  return [...new Set(sizes)].map(formatCents).join(' and ')
}

/** The cursor waits at the panel until there is something to put it on; whoever moved it meanwhile keeps it. */
function useFocusWhenThere(
  place: RefObject<HTMLElement | null>,
  count: number | undefined,
  none: () => void,
) {
  const isEmpty = count === 0
  const latest = useRef(none)
  latest.current = none
  useEffect(() => {
    if (count === undefined || document.activeElement !== place.current) return
    if (isEmpty) latest.current()
    else place.current?.querySelector('button')?.focus()
  }, [place, count, isEmpty])
}

function numberKeysFor(candidates: readonly ListedCandidate[], open: (at: number) => void): KeyDeclaration[] {
  return candidates.map(({ no, labels }, at) => ({
    key: String(no),
    label: labels.title,
    run: () => open(at),
    quiet: true,
  }))
}

/** What may explain a session's difference: a panel, what one key opens, and the keys for it. */
export function useExplain({ sessionId, balances, onUse, onNothing }: ExplainOptions): Explaining {
  const place = useRef<HTMLDivElement>(null)
  const [at, setAt] = useState(0)
  const [opened, setOpened] = useState<number | null>(null)
  const { candidates, asked } = useCandidates(sessionId)
  useFocusWhenThere(place, candidates?.length, () => onNothing?.())
  const listed = candidates ?? []
  const open = (index: number) => {
    setAt(index)
    setOpened(index)
  }
  const use =
    onUse &&
    ((reason: string) => {
      setOpened(null)
      onUse(reason)
    })
  const reached = listed[at]
  const shown = opened === null ? undefined : listed[opened]
  const numberKeys = numberKeysFor(listed, open)
  const { keys } = explainedText
  return {
    panel: (
      <div ref={place} tabIndex={-1} data-autofocus className="explain">
        <Panel title={explainedText.title(amountsOf(balances))} className="stack">
          <Answer asked={asked} loading={explainedText.loading}>
            {found =>
              found.length === 0 ? (
                <p role="status">{explainedText.none}</p>
              ) : (
                <CandidateList candidates={found} at={at} onReach={setAt} onOpen={open} />
              )
            }
          </Answer>
          <p className="muted small">{explainedText.advice}</p>
        </Panel>
      </div>
    ),
    dialog: shown && (
      <CandidateDialog
        key={shown.no}
        candidate={shown}
        numberKeys={numberKeys}
        {...(use === undefined ? {} : { onUse: use })}
        onClose={() => setOpened(null)}
      />
    ),
    keys: [
      ...(listed.length === 0
        ? []
        : [{ key: listed.length === 1 ? '1' : `1–${listed.length}`, label: keys.open }]),
      ...numberKeys,
      ...(use === undefined || reached === undefined
        ? []
        : [{ key: 'U', label: keys.use, run: () => use(reached.labels.reason) }]),
    ],
    toList: () => place.current?.querySelector<HTMLElement>('button[tabindex="0"]')?.focus(),
  }
}

import { Button } from '@mantine/core'
import { useRef, useState } from 'react'
import { useLocation } from 'wouter'
import type { TillClient } from '../../../shared/contract/index.ts'
import { newId } from '../../../shared/id.ts'
import { formatCents } from '../../../shared/money.ts'
import { client } from '../../client.ts'
import { useSending } from '../../command.ts'
import { movementText, turnInText } from '../../text/custody/movement.ts'
import { refusalCode, sayError } from '../../text/refusals/refusals.ts'
import { usePerson } from '../../till.ts'
import { ConfirmDialog } from '../../ui/dialog/dialogs.tsx'
import type { Signatures } from '../../ui/dialog/signing-dialog.tsx'
import { useKeptDraft } from '../../ui/drafts/kept-draft.ts'
import { useFirstFocus } from '../../ui/keys/first-focus.ts'
import type { KeyDeclaration } from '../../ui/keys/keys.ts'
import { Panel } from '../../ui/parts.tsx'
import { Screen } from '../../ui/screen.tsx'
import { CountPanels, focusPart } from '../count/count-panels.tsx'
import { SignBoth } from '../count/sign-both.tsx'
import type { MovementSheet } from '../count/use-sheet.ts'
import {
  bothAgain,
  countInHand,
  emptyTurnIn,
  handedOn,
  isNothing,
  sentCount,
  type TurnInDraft,
  turnInDraftField,
  withCountInHand,
} from './turn-in-draft.ts'
import { DonePanel, WithSheet } from './work-frame.tsx'

type TurnedIn = Awaited<ReturnType<TillClient['movement']['turnIn']>>

/** A turn-in from the first count to the slip. */
export function TurnInWork() {
  const [done, setDone] = useState<TurnedIn | null>(null)
  if (done !== null)
    return (
      <DonePanel
        movement={done}
        title={turnInText.done(done.number)}
        message={turnInText.doneLabels}
        figures={[
          { label: turnInText.doneCash, value: formatCents(done.cashCents) },
          { label: turnInText.doneItems, value: formatCents(done.itemsCents) },
        ]}
      />
    )
  return (
    <WithSheet title={turnInText.title}>
      {sheet => <TurnInStage key={sheet.sessionId} sheet={sheet} onDone={setDone} />}
    </WithSheet>
  )
}

interface StageProps {
  sheet: MovementSheet
  onDone: (done: TurnedIn) => void
}

/** What both counted cannot be what they have in hand. */
const COUNT_ANEW: ReadonlySet<string | null> = new Set(['COUNTS_DIFFER', 'CASH_NOT_IN_DRAWER'])

/** The draft in its two hands, and its sending once both have signed. */
function useTurnIn({ sheet, onDone }: StageProps) {
  const kept = useKeptDraft<TurnInDraft>({
    key: `turn-in:${sheet.sessionId}`,
    schema: turnInDraftField,
    begin: () => emptyTurnIn(newId()),
  })
  const { draft, setDraft, forget } = kept
  const [problem, setProblem] = useState<string | null>(null)
  const sending = useSending<Signatures, TurnedIn>({
    send: signatures =>
      client.movement.turnIn({
        commandId: draft.commandId,
        given: sentCount(draft.given, sheet.items),
        taken: sentCount(draft.taken, sheet.items),
        ...signatures,
      }),
    done: done => {
      forget()
      onDone(done)
    },
    failed: error => {
      if (!COUNT_ANEW.has(refusalCode(error))) return
      setDraft(bothAgain(draft))
      setProblem(sayError(error))
    },
  })
  const put = (next: TurnInDraft) => {
    setProblem(null)
    setDraft(next)
  }
  const sign = () => {
    sending.clear()
    put({ ...draft, signing: true })
  }
  return { draft, put, problem, setProblem, sending, sign }
}

function TurnInStage(props: StageProps) {
  const turnIn = useTurnIn(props)
  const { draft, put, setProblem, sending } = turnIn
  const [asking, setAsking] = useState(false)
  const [taking, setTaking] = useState(false)
  const changingHands = draft.taken !== null && isNothing(draft.taken) && !taking
  const next = () => {
    if (isNothing(countInHand(draft))) setProblem(turnInText.nothing)
    else if (draft.taken !== null) turnIn.sign()
    else {
      setTaking(false)
      put(handedOn(draft))
    }
  }
  return (
    <>
      {draft.signing ? (
        <SignBoth
          title={turnInText.signTitle}
          otherLabel={turnInText.takenBy}
          pending={sending.pending}
          problem={sending.problem}
          onSign={sending.run}
          onCleared={sending.clear}
          onAgain={() => setAsking(true)}
        >
          <p>{turnInText.signed}</p>
        </SignBoth>
      ) : changingHands ? (
        <HandOn onTaken={() => setTaking(true)} onAgain={() => setAsking(true)} />
      ) : (
        <Counting
          key={draft.taken === null ? 'giver' : 'taker'}
          {...props}
          draft={draft}
          problem={turnIn.problem}
          onDraft={put}
          onNext={next}
          onAgain={() => setAsking(true)}
        />
      )}
      {asking && (
        <ConfirmDialog
          title={turnInText.againTitle}
          confirmLabel={turnInText.againConfirm}
          cancelLabel={turnInText.keepCounting}
          onConfirm={() => {
            setAsking(false)
            put(bothAgain(draft))
          }}
          onCancel={() => setAsking(false)}
        >
          {turnInText.again}
        </ConfirmDialog>
      )}
    </>
  )
}

interface CountingProps extends StageProps {
  draft: TurnInDraft
  problem: string | null
  onDraft: (draft: TurnInDraft) => void
  onNext: () => void
  onAgain: () => void
}

/** One of the two counts; of the other one nothing is on the screen. */
function Counting({ sheet, draft, problem, onDraft, onNext, onAgain }: CountingProps) {
  const [, go] = useLocation()
  const { name } = usePerson()
  const place = useRef<HTMLDivElement>(null)
  useFirstFocus(place)
  const taker = draft.taken !== null
  const title = taker ? turnInText.takerTitle : turnInText.giverTitle(name)
  const keys: KeyDeclaration[] = [
    { key: 'F2', label: movementText.keys.cash, run: () => focusPart('.close-cash') },
    {
      key: 'F3',
      label: movementText.keys.instruments,
      run: () => focusPart('.instruments'),
      disabled: sheet.items.length === 0,
    },
    { key: 'F10', label: taker ? movementText.keys.sign : movementText.keys.next, run: onNext },
    taker
      ? { key: 'Escape', label: movementText.keys.again, run: onAgain }
      : { key: 'Escape', label: movementText.keys.back, run: () => go('/drawer') },
  ]
  return (
    <Screen title={title} keys={keys} fixed>
      <div ref={place} className="movement-count">
        <CountPanels
          title={title}
          hint={taker ? turnInText.takerHint : turnInText.giverHint}
          sheet={sheet}
          count={countInHand(draft)}
          problem={problem}
          onCount={count => onDraft(withCountInHand(draft, count))}
          onDone={onNext}
        />
      </div>
    </Screen>
  )
}

/** Between the two counts: the keyboard changes hands, and no figure is to be seen. */
function HandOn({ onTaken, onAgain }: { onTaken: () => void; onAgain: () => void }) {
  const place = useRef<HTMLDivElement>(null)
  useFirstFocus(place)
  return (
    <Screen
      title={turnInText.handTitle}
      keys={[{ key: 'Escape', label: movementText.keys.again, run: onAgain }]}
    >
      <div ref={place}>
        <Panel title={turnInText.handTitle} className="stack movement-done">
          <p>{turnInText.hand}</p>
          <div>
            <Button size="lg" data-autofocus onClick={onTaken}>
              {turnInText.handDone}
            </Button>
          </div>
        </Panel>
      </div>
    </Screen>
  )
}

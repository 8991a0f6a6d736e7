import { useRef, useState } from 'react'
import { useLocation } from 'wouter'
import { commandField } from '../../../shared/contract/base.ts'
import { pieceCountField } from '../../../shared/fields.ts'
import { newId } from '../../../shared/id.ts'
import { type Cents, formatCents, ZERO } from '../../../shared/money.ts'
import type { PieceCount } from '../../../shared/rules/cash/denominations.ts'
import { client } from '../../client.ts'
import { useSending } from '../../command.ts'
import { exchangeText, movementText } from '../../text/custody/movement.ts'
import { type Signatures, SigningDialog } from '../../ui/dialog/signing-dialog.tsx'
import { useKeptDraft } from '../../ui/drafts/kept-draft.ts'
import { useFirstFocus } from '../../ui/keys/first-focus.ts'
import type { KeyDeclaration } from '../../ui/keys/keys.ts'
import { totalOf } from '../../ui/money/count.ts'
import { DenominationGrid } from '../../ui/money/denomination-grid.tsx'
import { ErrorNote, Panel } from '../../ui/parts.tsx'
import { Screen } from '../../ui/screen.tsx'
import { focusPart } from '../count/count-panels.tsx'
import type { MovementSheet } from '../count/use-sheet.ts'
import { type DoneMovement, DonePanel, WithSheet } from './work-frame.tsx'

const exchangeDraftField = commandField.extend({
  given: pieceCountField.array(),
  taken: pieceCountField.array(),
})

interface ExchangeDraft {
  commandId: string
  given: PieceCount[]
  taken: PieceCount[]
}

interface DoneExchange extends DoneMovement {
  cents: Cents
}

/** Pieces exchanged with the safe, from the count to the slip. */
export function ExchangeWork() {
  const [done, setDone] = useState<DoneExchange | null>(null)
  if (done !== null)
    return (
      <DonePanel
        movement={done}
        title={exchangeText.done(done.number)}
        message={exchangeText.doneLabels}
        figures={[{ label: exchangeText.worth, value: formatCents(done.cents) }]}
      />
    )
  return (
    <WithSheet title={exchangeText.title}>
      {sheet => <ExchangeStage key={sheet.sessionId} sheet={sheet} onDone={setDone} />}
    </WithSheet>
  )
}

interface StageProps {
  sheet: MovementSheet
  onDone: (done: DoneExchange) => void
}

const filled = (pieces: readonly PieceCount[]) => pieces.filter(row => row.pieces > 0 || row.bundles > 0)

function useExchange({ sheet, onDone }: StageProps) {
  const { draft, setDraft, forget } = useKeptDraft<ExchangeDraft>({
    key: `exchange:${sheet.sessionId}`,
    schema: exchangeDraftField,
    begin: () => ({ commandId: newId(), given: [], taken: [] }),
  })
  const [problem, setProblem] = useState<string | null>(null)
  const [signing, setSigning] = useState(false)
  const givenCents = totalOf(draft.given, sheet.denominations) ?? ZERO
  const takenCents = totalOf(draft.taken, sheet.denominations) ?? ZERO
  const sending = useSending<Signatures, DoneMovement>({
    send: signatures => {
      const { commandId, given, taken } = draft
      return client.movement.exchange({
        commandId,
        given: filled(given),
        taken: filled(taken),
        ...signatures,
      })
    },
    done: done => {
      forget()
      onDone({ ...done, cents: givenCents })
    },
  })
  const put = (patch: Partial<ExchangeDraft>) => {
    setProblem(null)
    setDraft({ ...draft, ...patch })
  }
  const sign = () => {
    sending.clear()
    if (givenCents === ZERO) {
      // Focused first: leaving a cell is a change, and a change takes the problem away.
      focusPart('.exchange-given')
      setProblem(exchangeText.nothing)
    } else if (givenCents !== takenCents) {
      focusPart('.exchange-taken')
      setProblem(exchangeText.unequal(formatCents(givenCents), formatCents(takenCents)))
    } else setSigning(true)
  }
  return { draft, put, problem, signing, setSigning, sending, givenCents, sign }
}

function ExchangeStage(props: StageProps) {
  const { sheet } = props
  const [, go] = useLocation()
  const place = useRef<HTMLDivElement>(null)
  useFirstFocus(place)
  const { draft, put, problem, signing, setSigning, sending, givenCents, sign } = useExchange(props)
  const keys: KeyDeclaration[] = [
    { key: 'F2', label: movementText.keys.given, run: () => focusPart('.exchange-given') },
    { key: 'F3', label: movementText.keys.taken, run: () => focusPart('.exchange-taken') },
    { key: 'F10', label: movementText.keys.sign, run: sign },
    { key: 'Escape', label: movementText.keys.back, run: () => go('/drawer') },
  ]
  return (
    <Screen title={exchangeText.title} keys={keys} fixed>
      <div ref={place} className="exchange">
        <Panel
          title={exchangeText.givenTitle}
          hint={exchangeText.givenHint}
          className="close-cash exchange-given"
        >
          <DenominationGrid
            denominations={sheet.denominations}
            value={draft.given}
            onChange={given => put({ given })}
            totalLabel={exchangeText.givenTotal}
            onDone={() => focusPart('.exchange-taken')}
            autoFocus
          />
        </Panel>
        <Panel
          title={exchangeText.takenTitle}
          hint={exchangeText.takenHint(formatCents(givenCents))}
          className="close-cash exchange-taken"
        >
          <DenominationGrid
            denominations={sheet.denominations}
            value={draft.taken}
            onChange={taken => put({ taken })}
            totalLabel={exchangeText.takenTotal}
            onDone={sign}
            autoFocus
          />
          <ErrorNote>{problem}</ErrorNote>
        </Panel>
      </div>
      {signing && (
        <SigningDialog
          title={exchangeText.signTitle}
          otherLabel={exchangeText.keeper}
          pending={sending.pending}
          problem={sending.problem}
          onSign={sending.run}
          onCancel={() => setSigning(false)}
        >
          <p>{exchangeText.signed(formatCents(givenCents))}</p>
        </SigningDialog>
      )}
    </Screen>
  )
}

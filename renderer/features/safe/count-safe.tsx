import { Button, TextInput } from '@mantine/core'
import { useRef, useState } from 'react'
import { commandField } from '../../../shared/contract/base.ts'
import { pieceCountField, typedTextField } from '../../../shared/fields.ts'
import { newId } from '../../../shared/id.ts'
import { formatCents, ZERO } from '../../../shared/money.ts'
import type { Denomination, PieceCount } from '../../../shared/rules/cash/denominations.ts'
import { client } from '../../client.ts'
import { useSending } from '../../command.ts'
import { safeText } from '../../text/custody/safe.ts'
import { type Signatures, SigningDialog } from '../../ui/dialog/signing-dialog.tsx'
import { useKeptDraft } from '../../ui/drafts/kept-draft.ts'
import { useFirstFocus } from '../../ui/keys/first-focus.ts'
import type { KeyDeclaration } from '../../ui/keys/keys.ts'
import { isEmptyCount, totalOf } from '../../ui/money/count.ts'
import { DenominationGrid } from '../../ui/money/denomination-grid.tsx'
import { ErrorNote, Panel } from '../../ui/parts.tsx'
import { Screen } from '../../ui/screen.tsx'
import { focusPart } from '../count/count-panels.tsx'
import '../count/count.css'

const countDraftField = commandField.extend({ pieces: pieceCountField.array(), reason: typedTextField })

interface SafeCountDraft {
  commandId: string
  pieces: PieceCount[]
  reason: string
}

interface CountSafeProps {
  denominations: readonly Denomination[]
  /** Told what came of it, in words. */
  onCounted: (message: string) => void
  onBack: () => void
}

/** The count as it is entered, and its sending once both have signed. */
function useSafeCount({ onCounted }: CountSafeProps) {
  const { draft, setDraft, forget } = useKeptDraft<SafeCountDraft>({
    key: 'safe-count',
    schema: countDraftField,
    begin: () => ({ commandId: newId(), pieces: [], reason: '' }),
  })
  const sending = useSending<Signatures, Awaited<ReturnType<typeof client.safe.count>>>({
    send: signatures => client.safe.count({ ...draft, ...signatures }),
    done: ({ cents, differenceCents }) => {
      forget()
      const amount = formatCents(cents)
      onCounted(
        differenceCents === 0
          ? safeText.agrees(amount)
          : safeText.differs(amount, formatCents(differenceCents)),
      )
    },
  })
  return { draft, setDraft, sending }
}

/** Two people count the safe; what the book says is not on the screen meanwhile. */
export function CountSafe(props: CountSafeProps) {
  const place = useRef<HTMLDivElement>(null)
  const { draft, setDraft, sending } = useSafeCount(props)
  const { denominations } = props
  const [signing, setSigning] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  useFirstFocus(place)
  const sign = () => {
    const empty = isEmptyCount(draft.pieces)
    setProblem(empty ? safeText.nothing : null)
    sending.clear()
    setSigning(!empty)
  }
  const keys: KeyDeclaration[] = [
    { key: 'F2', label: safeText.keys.cash, run: () => focusPart('.close-cash') },
    { key: 'F3', label: safeText.keys.reason, run: () => focusPart('.safe-reason') },
    { key: 'F10', label: safeText.keys.sign, run: sign },
    { key: 'Escape', label: safeText.keys.back, run: props.onBack },
  ]
  return (
    <Screen title={safeText.countTitle} keys={keys} fixed>
      <div ref={place} className="safe-count">
        <Panel title={safeText.countTitle} hint={safeText.countHint} className="close-cash">
          <DenominationGrid
            denominations={denominations}
            value={draft.pieces}
            onChange={pieces => setDraft({ ...draft, pieces })}
            totalLabel={safeText.counted}
            onDone={() => focusPart('.safe-reason')}
            autoFocus
          />
        </Panel>
        <Panel title={safeText.differTitle} hint={safeText.reasonHint} className="stack safe-why">
          <TextInput
            className="safe-reason"
            label={safeText.reason}
            value={draft.reason}
            maxLength={200}
            onChange={event => setDraft({ ...draft, reason: event.currentTarget.value })}
            onKeyDown={event => {
              if (event.key !== 'Enter') return
              event.preventDefault()
              if (!event.repeat) sign()
            }}
          />
          <ErrorNote>{problem}</ErrorNote>
          <div>
            <Button onClick={sign}>{safeText.keys.sign}</Button>
          </div>
        </Panel>
      </div>
      {signing && (
        <SigningDialog
          title={safeText.signTitle}
          otherLabel={safeText.witness}
          pending={sending.pending}
          problem={sending.problem}
          onSign={sending.run}
          onCancel={() => setSigning(false)}
        >
          <p>{safeText.signed(formatCents(totalOf(draft.pieces, denominations) ?? ZERO))}</p>
        </SigningDialog>
      )}
    </Screen>
  )
}

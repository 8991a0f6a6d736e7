import { type KeyboardEvent, useRef } from 'react'
import { noteFormField } from '../../../../shared/contract/noted.ts'
import { type Cents, formatCents } from '../../../../shared/money.ts'
import { type Denomination, denominationKey } from '../../../../shared/rules/cash/denominations.ts'
import type { NotedPiece } from '../../../../shared/rules/cash/noted-pieces.ts'
import { noteText } from '../../../text/session/noted.ts'
import { DialogButtons } from '../../../ui/dialog/dialog-buttons.tsx'
import { Dialog } from '../../../ui/dialog/dialogs.tsx'
import { useDialogDraft } from '../../../ui/drafts/drafts.ts'
import { readKeptDraft } from '../../../ui/drafts/kept-draft.ts'
import { ErrorNote } from '../../../ui/parts.tsx'
import { EMPTY_NOTE, type NoteForm, readNote, withPieces } from './noted.ts'
import './note-dialog.css'

interface NoteDialogProps {
  basketId: string
  /** Still to pay in cash. */
  payCents: Cents
  denominations: readonly Denomination[]
  onNoted: (noted: { cashCents: Cents; pieces: NotedPiece[] }) => void
  onClose: () => void
}

const SIDES = ['taken', 'given'] as const
type Side = (typeof SIDES)[number]

const STEPS: Readonly<Record<string, { rows: number; columns: number }>> = {
  Enter: { rows: 1, columns: 0 },
  '+': { rows: 1, columns: 0 },
  ArrowDown: { rows: 1, columns: 0 },
  ArrowUp: { rows: -1, columns: 0 },
  ArrowLeft: { rows: 0, columns: -1 },
  ArrowRight: { rows: 0, columns: 1 },
}

/** Leads from a cell to the one that the key means; true where there is none below. */
function moveCell(event: KeyboardEvent<HTMLInputElement>): boolean {
  const step = STEPS[event.key]
  if (step === undefined) return false
  event.preventDefault()
  const cells = [...(event.currentTarget.closest('table')?.querySelectorAll('input') ?? [])]
  const at = cells.indexOf(event.currentTarget)
  const column = (at % SIDES.length) + step.columns
  if (column < 0 || column >= SIDES.length) return false
  const next = cells[at + step.rows * SIDES.length + step.columns]
  next?.focus()
  return next === undefined && event.key === 'Enter' && !event.repeat
}

/** The pieces that the customer hands over, and those that go back: a small grid beside the amount, for who wants it. */
export function NoteDialog(props: NoteDialogProps) {
  const { basketId, payCents, denominations, onNoted, onClose } = props
  const draft = useDialogDraft(`noted ${basketId}`)
  const form: NoteForm = readKeptDraft(draft.text, noteFormField) ?? EMPTY_NOTE
  const reading = readNote(form, payCents, denominations)
  const tried = useRef(false)
  const touched = Object.values(form.taken).some(text => text !== '')
  const put = (side: Side, key: string, text: string) =>
    draft.setText(JSON.stringify(withPieces(form, { side, key, text, given: reading.given })))
  const done = () => {
    tried.current = true
    if (reading.pieces === null) return draft.setText(JSON.stringify(form))
    draft.forget()
    onNoted({ cashCents: reading.takenCents, pieces: reading.pieces })
  }
  const shown = { taken: form.taken, given: reading.given }
  return (
    <Dialog
      title={noteText.title}
      size="lg"
      onClose={onClose}
      keys={[{ key: 'F10', label: noteText.add, run: done }]}
    >
      <div className="stack">
        <p className="muted">{noteText.hint}</p>
        <div className="note-grid">
          <Grid denominations={denominations} shown={shown} put={put} onDone={done} />
        </div>
        <Sums reading={reading} payCents={payCents} />
        <ErrorNote>{touched || tried.current ? reading.problem : null}</ErrorNote>
        <DialogButtons action={noteText.add} onAction={done} actionKey="F10" onCancel={onClose} />
      </div>
    </Dialog>
  )
}

interface GridProps {
  denominations: readonly Denomination[]
  shown: Record<Side, NoteForm['taken']>
  put: (side: Side, key: string, text: string) => void
  onDone: () => void
}

const LABELS = { taken: noteText.takenOf, given: noteText.givenOf }

function Grid({ denominations, shown, put, onDone }: GridProps) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{noteText.denomination}</th>
          <th scope="col">{noteText.taken}</th>
          <th scope="col">{noteText.given}</th>
        </tr>
      </thead>
      <tbody>
        {denominations.map((of, row) => {
          const key = denominationKey(of)
          return (
            <tr key={key}>
              <th scope="row">{of.label}</th>
              {SIDES.map(side => (
                <td key={side}>
                  <input
                    aria-label={LABELS[side](of.label)}
                    value={shown[side][key] ?? ''}
                    onChange={event => put(side, key, event.currentTarget.value)}
                    onFocus={event => event.currentTarget.select()}
                    onKeyDown={event => moveCell(event) && onDone()}
                    data-autofocus={(row === 0 && side === 'taken') || undefined}
                    inputMode="numeric"
                    maxLength={5}
                    autoComplete="off"
                  />
                </td>
              ))}
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

function Sums({ reading, payCents }: { reading: ReturnType<typeof readNote>; payCents: Cents }) {
  const sums = [
    [noteText.toPay, payCents],
    [noteText.taken, reading.takenCents],
    [noteText.change, reading.changeCents],
  ] as const
  return (
    <div role="status">
      <dl className="note-sums">
        {sums.map(([name, amount]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{formatCents(amount)}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}

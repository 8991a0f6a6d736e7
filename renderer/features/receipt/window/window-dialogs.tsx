import { TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { Basket } from '../../../../shared/contract/basket.ts'
import type { CatalogItem } from '../../../../shared/ledger/setup.ts'
import { formatCents } from '../../../../shared/money.ts'
import type { Tender, TenderType } from '../../../../shared/tenders.ts'
import { formatInstant } from '../../../../shared/time.ts'
import { client, orpc } from '../../../client.ts'
import { useSending } from '../../../command.ts'
import { WINDOW } from '../../../text/receipt/window.ts'
import { UI } from '../../../text/ui.ts'
import { useTill } from '../../../till.ts'
import { type Choice, Choices } from '../../../ui/choices.tsx'
import { DialogButtons } from '../../../ui/dialog/dialog-buttons.tsx'
import { Dialog } from '../../../ui/dialog/dialogs.tsx'
import { useDialogDraft } from '../../../ui/drafts/drafts.ts'
import { ErrorNote } from '../../../ui/parts.tsx'
import { priceLabel } from '../../find/price-label.ts'

interface PickDialogProps {
  title: string
  choices: readonly Choice[]
  empty: string
  action: string
  pending?: boolean
  problem?: string | null
  onPick: (id: string) => void
  onClose: () => void
}

/** One out of a list: arrows or letters, then Enter. */
function PickDialog({
  title,
  choices,
  empty,
  action,
  pending = false,
  problem = null,
  onPick,
  onClose,
}: PickDialogProps) {
  const [id, setId] = useState<string | null>(null)
  const chosen = id ?? choices[0]?.id ?? null
  const pick = () => {
    if (chosen !== null && !pending) onPick(chosen)
  }
  return (
    <Dialog title={title} onClose={onClose}>
      <div className="stack">
        {choices.length === 0 ? (
          <p>{empty}</p>
        ) : (
          <Choices label={title} choices={choices} value={chosen} onChange={setId} onEnter={pick} autoFocus />
        )}
        <ErrorNote>{problem}</ErrorNote>
        <DialogButtons
          action={action}
          onAction={pick}
          pending={pending}
          disabled={chosen === null}
          onCancel={onClose}
        />
      </div>
    </Dialog>
  )
}

interface FeeDialogProps {
  catalog: readonly CatalogItem[]
  onPick: (item: CatalogItem) => void
  onClose: () => void
}

/** F11: everything that can be sold without an account. */
export function FeeDialog({ catalog, onPick, onClose }: FeeDialogProps) {
  const choices = [...catalog]
    .sort((a, b) => a.name.localeCompare(b.name))
    .map(item => ({
      id: item.catalogItemId,
      label: `${item.name} · ${item.code}`,
      detail: priceLabel(item),
    }))
  const pick = (id: string) => {
    const item = catalog.find(c => c.catalogItemId === id)
    if (item !== undefined) onPick(item)
  }
  return (
    <PickDialog
      title={WINDOW.feeTitle}
      choices={choices}
      empty=""
      action={WINDOW.feeAdd}
      onPick={pick}
      onClose={onClose}
    />
  )
}

interface MoreTendersProps {
  types: readonly TenderType[]
  onPick: (tender: Tender) => void
  onClose: () => void
}

/** F7: every kind of payment that is taken here. */
export function MoreTenders({ types, onPick, onClose }: MoreTendersProps) {
  const pick = (id: string) => {
    const type = types.find(t => t.tender === id)
    if (type !== undefined) onPick(type.tender)
  }
  return (
    <PickDialog
      title={WINDOW.moreTitle}
      choices={types.map(type => ({ id: type.tender, label: type.name }))}
      empty={WINDOW.notThere}
      action={WINDOW.moreChoose}
      onPick={pick}
      onClose={onClose}
    />
  )
}

interface SuspendDialogProps {
  basketId: string
  proposedName: string
  flush: () => Promise<unknown>
  onSuspended: () => void
  onClose: () => void
}

/** F8: puts the basket away under a name. */
export function SuspendDialog({ basketId, proposedName, flush, onSuspended, onClose }: SuspendDialogProps) {
  const name = useDialogDraft(`suspend ${basketId}`, proposedName)
  const suspending = useSending({
    send: async (as: string) => {
      // A basket that is not kept as it stands would come back as another one.
      const problem = await flush()
      if (problem !== null) throw problem
      return client.basket.suspend({ basketId, name: as })
    },
    done: onSuspended,
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    suspending.run(name.text)
  }
  return (
    <Dialog title={WINDOW.suspendTitle} onClose={onClose}>
      <form className="stack" onSubmit={submit}>
        <TextInput
          label={WINDOW.suspendName}
          value={name.text}
          onChange={event => name.setText(event.currentTarget.value)}
          onFocus={event => event.currentTarget.select()}
          maxLength={80}
          data-autofocus
        />
        <ErrorNote>{suspending.problem}</ErrorNote>
        <DialogButtons action={WINDOW.suspendNow} pending={suspending.pending} onCancel={onClose} />
      </form>
    </Dialog>
  )
}

interface ResumeDialogProps {
  onResumed: (basket: Basket) => void
  onClose: () => void
}

/** F9: takes up a suspended basket, whoever put it away. */
export function ResumeDialog({ onResumed, onClose }: ResumeDialogProps) {
  const { timeZone } = useTill()
  const asked = useQuery(orpc.basket.suspended.queryOptions({ staleTime: 0 }))
  const resuming = useSending({
    send: (basketId: string) => client.basket.resume({ basketId }),
    done: onResumed,
  })
  const choices = (asked.data ?? []).map(b => ({
    id: b.basketId,
    label: `${b.name} · ${formatCents(b.totalCents)} · ${WINDOW.suspendedLine(b.byName, formatInstant(b.suspendedAtMs, timeZone, 'time'), b.lineCount)}`,
  }))
  return (
    <PickDialog
      // The list is asked for when the dialog opens; its focus belongs to the list once it is there.
      key={asked.data === undefined ? 'asking' : 'asked'}
      title={WINDOW.resumeTitle}
      choices={choices}
      empty={asked.data === undefined ? UI.loading : WINDOW.noneSuspended}
      action={WINDOW.resume}
      pending={resuming.pending}
      problem={resuming.problem}
      onPick={resuming.run}
      onClose={onClose}
    />
  )
}

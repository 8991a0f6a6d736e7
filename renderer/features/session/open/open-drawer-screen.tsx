import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { type Cents, cents, formatCents, subtract } from '../../../../shared/money.ts'
import { denominationKey, type PieceCount } from '../../../../shared/rules/cash/denominations.ts'
import { client, orpc } from '../../../client.ts'
import { useCommand } from '../../../command.ts'
import { OPEN_DRAWER } from '../../../text/open-drawer.ts'
import { leftBeforeText } from '../../../text/parting.ts'
import { sayError } from '../../../text/refusals.ts'
import { useSettings } from '../../../till.ts'
import { Choices } from '../../../ui/choices.tsx'
import { isEmptyCount } from '../../../ui/count.ts'
import { COUNT_KEYS, DenominationGrid } from '../../../ui/denomination-grid.tsx'
import { ConfirmDialog } from '../../../ui/dialogs.tsx'
import { moveCursor } from '../../../ui/first-focus.ts'
import { BigFigure, ErrorNote, Panel } from '../../../ui/parts.tsx'
import { Screen } from '../../../ui/screen.tsx'
import './open-drawer.css'

type LeftBefore = NonNullable<Awaited<ReturnType<typeof client.session.open>>['leftBefore']>

export interface Opened {
  drawerName: string
  openingCents: Cents
  changeFundWantedCents: Cents
  leftBefore: LeftBefore | null
}

/** Other pieces than the session before left: told only now, after the count was given. */
function LeftBeforeNote({ leftCents, differences }: LeftBefore) {
  const denominations = useSettings()?.denominations ?? []
  const labels = new Map(denominations.map(of => [denominationKey(of), of.label]))
  return (
    <div>
      <p className="muted">{leftBeforeText.title(leftCents)}</p>
      <ul className="left-before">
        {differences.map(({ pieces, ...of }) => {
          const key = denominationKey(of)
          const label = labels.get(key) ?? formatCents(of.valueCents)
          const message =
            pieces > 0 ? leftBeforeText.more(pieces, label) : leftBeforeText.fewer(-pieces, label)
          return <li key={key}>{message}</li>
        })}
      </ul>
    </div>
  )
}

/** The difference between count and change fund: told only now, after the count was given. */
export function OpenedPanel({ opened, onBegin }: { opened: Opened; onBegin: () => void }) {
  const difference = subtract(opened.openingCents, opened.changeFundWantedCents)
  const way = difference > 0 ? OPEN_DRAWER.more : OPEN_DRAWER.less
  return (
    <Screen
      title={OPEN_DRAWER.opened(opened.drawerName)}
      heading
      keys={[{ key: 'Enter', label: OPEN_DRAWER.begin, run: onBegin }]}
    >
      <Panel className="stack opened">
        <BigFigure label={OPEN_DRAWER.counted} value={formatCents(opened.openingCents)} />
        <BigFigure label={OPEN_DRAWER.wanted} value={formatCents(opened.changeFundWantedCents)} medium />
        <p role="alert" className={difference === 0 ? '' : 'error-note'}>
          {difference === 0
            ? OPEN_DRAWER.agrees
            : OPEN_DRAWER.differs(formatCents(cents(Math.abs(difference))), way)}
        </p>
        {opened.leftBefore !== null && <LeftBeforeNote {...opened.leftBefore} />}
        <Button onClick={onBegin} size="lg">
          {OPEN_DRAWER.begin}
        </Button>
      </Panel>
    </Screen>
  )
}

/** Asked before a drawer is opened on nothing: a count that was forgotten looks the same. */
function EmptyQuestion({ onOpen, onStay }: { onOpen: () => void; onStay: () => void }) {
  return (
    <ConfirmDialog
      title={OPEN_DRAWER.emptyTitle}
      confirmLabel={OPEN_DRAWER.openEmpty}
      cancelLabel={OPEN_DRAWER.keepCounting}
      onConfirm={onOpen}
      onCancel={onStay}
    >
      {OPEN_DRAWER.emptyLabels}
    </ConfirmDialog>
  )
}

/** Onto the list once it is there. */
function useFocusOnceReady(list: RefObject<HTMLElement | null>, ready: boolean): void {
  useEffect(() => (ready ? moveCursor(() => list.current?.focus()) : undefined), [list, ready])
}

/** Choose a drawer, count its change fund blind, open. */
export function OpenDrawerScreen({ onOpened }: { onOpened: (opened: Opened) => void }) {
  const settings = useSettings()
  const drawers = useQuery(orpc.setup.drawers.queryOptions())
  const list = useRef<HTMLDivElement>(null)
  const grid = useRef<HTMLDivElement>(null)
  const active = (drawers.data ?? []).filter(d => d.active)
  const [chosenId, setChosenId] = useState<string | null>(null)
  const chosen = active.find(d => d.drawerId === chosenId) ?? active[0]
  const [askingEmpty, setAskingEmpty] = useState(false)
  const [pieces, setPieces] = useState<PieceCount[]>([])
  const opening = useCommand({
    send: (commandId, input: { drawerId: string; drawerName: string }) =>
      client.session.open({ commandId, drawerId: input.drawerId, pieces }),
    done: (answer, { drawerName }) => onOpened({ ...answer, drawerName }),
  })
  const ready = active.length > 0 && settings !== null
  useFocusOnceReady(list, ready)
  const toCount = () => grid.current?.querySelector<HTMLElement>('[data-autofocus]')?.focus()
  const open = () => {
    setAskingEmpty(false)
    if (chosen !== undefined) opening.run({ drawerId: chosen.drawerId, drawerName: chosen.name })
  }
  const finish = () => (isEmptyCount(pieces) ? setAskingEmpty(true) : open())
  return (
    <Screen
      title={OPEN_DRAWER.title}
      fixed
      className="open-drawer"
      keys={[{ key: 'F10', label: OPEN_DRAWER.open, run: finish, disabled: !ready }, ...COUNT_KEYS]}
    >
      <Panel title={OPEN_DRAWER.choose} hint={OPEN_DRAWER.chooseHint} className="stack">
        <ErrorNote>{drawers.error === null ? null : sayError(drawers.error)}</ErrorNote>
        {drawers.data !== undefined && active.length === 0 ? (
          <p>{OPEN_DRAWER.none}</p>
        ) : (
          <Choices
            ref={list}
            label={OPEN_DRAWER.choose}
            choices={active.map(d => ({ id: d.drawerId, label: d.name }))}
            value={chosen?.drawerId ?? null}
            onChange={setChosenId}
            onEnter={toCount}
            autoFocus={ready}
          />
        )}
        <ErrorNote>{opening.problem}</ErrorNote>
        <Button size="lg" onClick={finish} loading={opening.pending} disabled={!ready} className="post">
          {OPEN_DRAWER.open}
        </Button>
      </Panel>
      <Panel title={OPEN_DRAWER.count} hint={OPEN_DRAWER.countHint} className="count-panel">
        <div ref={grid} className="count-place">
          {settings !== null && (
            <DenominationGrid
              denominations={settings.denominations}
              value={pieces}
              onChange={setPieces}
              totalLabel={OPEN_DRAWER.total}
              onDone={finish}
              autoFocus
            />
          )}
        </div>
      </Panel>
      {askingEmpty && <EmptyQuestion onOpen={open} onStay={() => setAskingEmpty(false)} />}
    </Screen>
  )
}

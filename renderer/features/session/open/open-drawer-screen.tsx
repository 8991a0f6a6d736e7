import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { type Cents, cents, formatCents, subtract } from '../../../../shared/money.ts'
import { denominationKey, type PieceCount } from '../../../../shared/rules/cash/denominations.ts'
import { client, orpc } from '../../../client.ts'
import { useCommand } from '../../../command.ts'
import { OPEN_DRAWER } from '../../../text/open-drawer.ts'
import { leftBeforeText } from '../../../text/parting.ts'
import { refusalCode, sayError } from '../../../text/refusals.ts'
import { useSettings } from '../../../till.ts'
import { Choices } from '../../../ui/choices.tsx'
import { isEmptyCount } from '../../../ui/count.ts'
import { COUNT_KEYS, DenominationGrid } from '../../../ui/denomination-grid.tsx'
import { type Approval, ConfirmDialog } from '../../../ui/dialogs.tsx'
import { moveCursor } from '../../../ui/first-focus.ts'
import { BigFigure, ErrorNote, Panel } from '../../../ui/parts.tsx'
import { Screen } from '../../../ui/screen.tsx'
import { DifferenceDialog, DifferencePanel, useOpenDifferent } from './opening-difference.tsx'
import './open-drawer.css'

type LeftBefore = NonNullable<Awaited<ReturnType<typeof client.session.openDifferent>>['leftBefore']>

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

const ANOTHER_DRAWER: ReadonlySet<string> = new Set(['DRAWER_IN_USE', 'UNKNOWN_DRAWER'])

/** The drawer that is chosen, what is counted in it, and how far its opening has come. */
function useOpening(onOpened: (opened: Opened) => void) {
  const settings = useSettings()
  const asked = useQuery(orpc.session.openings.queryOptions())
  const drawers = asked.data ?? []
  const [chosenId, setChosenId] = useState<string | null>(null)
  const free = drawers.find(d => d.heldByName === null)
  const chosen = drawers.find(d => d.drawerId === chosenId) ?? free ?? drawers[0]
  const [pieces, setPieces] = useState<PieceCount[]>([])
  const { round = 1, difference = null } = chosen ?? {}
  const counting = useCommand({
    send: (commandId, input: { drawerId: string; drawerName: string }) =>
      client.session.open({ commandId, drawerId: input.drawerId, pieces }),
    done: ({ opened }, { drawerName }) => {
      // This count is on record; one that is asked for once more begins with an empty sheet.
      setPieces([])
      if (opened !== null) onOpened({ ...opened, drawerName })
    },
  })
  const different = useOpenDifferent((opened, drawerName) => onOpened({ ...opened, drawerName }))
  const named = chosen && { drawerId: chosen.drawerId, drawerName: chosen.name }
  return {
    ...{ settings, drawers, chosen, pieces, setPieces, round, difference, different },
    choose: (drawerId: string) => {
      counting.clear()
      setChosenId(drawerId)
    },
    none: asked.data !== undefined && drawers.length === 0,
    loadProblem: asked.error === null ? null : sayError(asked.error),
    problem: counting.problem,
    /** Another drawer has to be chosen first. */
    isRefused: ANOTHER_DRAWER.has(refusalCode(counting.error) ?? ''),
    pending: counting.pending,
    ready: drawers.length > 0 && settings !== null,
    open: () => named && counting.run(named),
    openDifferent: (approval: Approval, reason: string) =>
      named && different.run({ ...named, approval, reason }),
  }
}
type Opening = ReturnType<typeof useOpening>

/** Which drawer it is, and the way to open it. */
function ChoicePanel({
  opening,
  onFinish,
  toCount,
}: {
  opening: Opening
  onFinish: () => void
  toCount: () => void
}) {
  const { drawers, chosen, ready, difference, isRefused } = opening
  const list = useRef<HTMLDivElement>(null)
  useFocusOnceReady(list, ready)
  useFocusOnceReady(list, isRefused)
  return (
    <Panel title={OPEN_DRAWER.choose} hint={OPEN_DRAWER.chooseHint} className="stack">
      <ErrorNote>{opening.loadProblem}</ErrorNote>
      {opening.none ? (
        <p>{OPEN_DRAWER.none}</p>
      ) : (
        <Choices
          ref={list}
          label={OPEN_DRAWER.choose}
          choices={drawers.map(d => ({
            id: d.drawerId,
            label: d.name,
            ...(d.heldByName !== null && { detail: OPEN_DRAWER.heldBy(d.heldByName) }),
          }))}
          value={chosen?.drawerId ?? null}
          onChange={opening.choose}
          onEnter={toCount}
          autoFocus={ready}
        />
      )}
      <ErrorNote>{opening.problem}</ErrorNote>
      {difference === null && (
        <Button size="lg" onClick={onFinish} loading={opening.pending} disabled={!ready} className="post">
          {OPEN_DRAWER.open}
        </Button>
      )}
    </Panel>
  )
}

/** The blind count; the second one begins with an empty sheet. */
function CountPanel({ opening, onFinish }: { opening: Opening; onFinish: () => void }) {
  const { settings, round, pieces, setPieces } = opening
  return (
    <Panel
      title={round === 1 ? OPEN_DRAWER.count : OPEN_DRAWER.countAgain}
      hint={round === 1 ? OPEN_DRAWER.countHint : OPEN_DRAWER.countAgainHint}
      className="count-panel"
    >
      <div className="count-place">
        {settings !== null && (
          <DenominationGrid
            key={round}
            denominations={settings.denominations}
            value={pieces}
            onChange={setPieces}
            totalLabel={OPEN_DRAWER.total}
            onDone={onFinish}
            autoFocus
          />
        )}
      </div>
    </Panel>
  )
}

/** Choose a drawer, count its change fund blind, open; what is not what was left takes another person. */
export function OpenDrawerScreen({ onOpened }: { onOpened: (opened: Opened) => void }) {
  const opening = useOpening(onOpened)
  const { difference, different, pieces, ready, round } = opening
  const place = useRef<HTMLDivElement>(null)
  const [askingEmpty, setAskingEmpty] = useState(false)
  const toCount = () => place.current?.querySelector<HTMLElement>('[data-autofocus]')?.focus()
  // What is asked for next is where the next key belongs: the second count, then the way on.
  const isDifferent = difference !== null
  useEffect(() => {
    if (round > 1)
      return moveCursor(() => place.current?.querySelector<HTMLElement>('[data-autofocus]')?.focus())
  }, [round])
  const open = () => {
    setAskingEmpty(false)
    opening.open()
  }
  const count = () => (isEmptyCount(pieces) ? setAskingEmpty(true) : open())
  const finish = isDifferent ? different.ask : count
  const openKey = { key: 'F10', run: finish, disabled: !ready }
  return (
    <Screen
      title={OPEN_DRAWER.title}
      fixed
      className="open-drawer"
      keys={
        isDifferent
          ? [{ ...openKey, label: OPEN_DRAWER.openDifferent }]
          : [{ ...openKey, label: OPEN_DRAWER.open }, ...COUNT_KEYS]
      }
    >
      <ChoicePanel opening={opening} onFinish={finish} toCount={toCount} />
      <div ref={place} className="count-column">
        {isDifferent ? (
          <DifferencePanel difference={difference} onAsk={different.ask} />
        ) : (
          <CountPanel opening={opening} onFinish={finish} />
        )}
      </div>
      {isDifferent && different.asking && (
        <DifferenceDialog difference={difference} opening={different} onApprove={opening.openDifferent} />
      )}
      {askingEmpty && <EmptyQuestion onOpen={open} onStay={() => setAskingEmpty(false)} />}
    </Screen>
  )
}

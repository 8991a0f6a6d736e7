import { Button } from '@mantine/core'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { cents, formatCents, subtract } from '../../../../shared/money.ts'
import { denominationKey } from '../../../../shared/rules/cash/denominations.ts'
import { leftBeforeText } from '../../../text/custody/parting.ts'
import { OPEN_DRAWER } from '../../../text/session/open-drawer.ts'
import { useSettings } from '../../../till.ts'
import { Choices } from '../../../ui/choices.tsx'
import { ConfirmDialog } from '../../../ui/dialog/dialogs.tsx'
import { moveCursor } from '../../../ui/keys/first-focus.ts'
import { isEmptyCount } from '../../../ui/money/count.ts'
import { COUNT_KEYS, DenominationGrid } from '../../../ui/money/denomination-grid.tsx'
import { BigFigure, ErrorNote, Panel } from '../../../ui/parts.tsx'
import { Screen } from '../../../ui/screen.tsx'
import { DifferenceDialog, DifferencePanel } from './opening-difference.tsx'
import { type Opened, type OpenedSession, type Opening, useOpening } from './use-opening.ts'
import './open-drawer.css'

type LeftBefore = NonNullable<OpenedSession['leftBefore']>

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
        <p role="alert" className={difference === 0 || opened.approved ? '' : 'error-note'}>
          {opened.approved
            ? OPEN_DRAWER.approvedNote
            : difference === 0
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
  const { drawers, chosen, ready, difference } = opening
  const list = useRef<HTMLDivElement>(null)
  const isThere = drawers.length > 0
  useFocusOnceReady(list, isThere)
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
          onEnter={() => {
            opening.fix()
            toCount()
          }}
          autoFocus={isThere}
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
  const { settings, round, pieces, setPieces, chosen, taken } = opening
  return (
    <Panel
      title={round === 1 ? OPEN_DRAWER.count : OPEN_DRAWER.countAgain}
      hint={round === 1 ? OPEN_DRAWER.countHint : OPEN_DRAWER.countAgainHint}
      className="count-panel"
    >
      <div className="count-place">
        {settings !== null && (
          <DenominationGrid
            key={`${chosen?.drawerId} ${taken.count}`}
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
  const { difference, pieces, ready, taken } = opening
  const place = useRef<HTMLDivElement>(null)
  const [asking, setAsking] = useState<'empty' | 'difference' | null>(null)
  const toCount = () => place.current?.querySelector<HTMLElement>('[data-autofocus]')?.focus()
  const isDifferent = difference !== null
  // After a count of one's own the next key belongs to what is asked for now: the second count, or the way on.
  const step = taken.goesOn ? `${taken.count} ${isDifferent}` : null
  useEffect(() => {
    if (step === null) return undefined
    return moveCursor(() => place.current?.querySelector<HTMLElement>('[data-autofocus]')?.focus())
  }, [step])
  const open = () => {
    setAsking(null)
    opening.open()
  }
  const count = () => (isEmptyCount(pieces) ? setAsking('empty') : open())
  const ask = () => {
    opening.fix()
    setAsking('difference')
  }
  const finish = isDifferent ? ask : count
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
          <DifferencePanel difference={difference} onAsk={ask} />
        ) : (
          <CountPanel opening={opening} onFinish={finish} />
        )}
      </div>
      {asking === 'difference' && (
        <DifferenceDialog
          opening={opening}
          onClose={() => {
            setAsking(null)
            opening.different.clear()
          }}
        />
      )}
      {asking === 'empty' && <EmptyQuestion onOpen={open} onStay={() => setAsking(null)} />}
    </Screen>
  )
}

import { UnstyledButton } from '@mantine/core'
import type { TillState } from '../../shared/contract/till.ts'
import { formatBusinessDate } from '../../shared/time.ts'
import { levelLabels, SHELL } from '../text/shell.ts'
import { connectionLabel } from '../text/sync.ts'
import { useTill } from '../till.ts'
import './shell.css'

/** How full the drawer is. From the city's share of its limit on the words are seen, not only heard. */
function Level({ level }: { level: NonNullable<TillState['session']>['level'] }) {
  const shown = Math.min(level.tenths, 10)
  return (
    <span className="level">
      {SHELL.cash}
      <meter className="hidden-words" aria-label={SHELL.cash} min={0} max={10} value={shown} />
      <span className="meter" aria-hidden="true">
        <i style={{ width: `${shown * 10}%` }} />
        <u />
      </span>
      <span className={level.state === 'fine' ? 'hidden-words' : 'near'}>{levelLabels(level)}</span>
    </span>
  )
}

interface HeaderProps {
  onMenu: () => void
  onLock: () => void
}

/** Always there: who, which drawer, business date, drawer level, sync state, and the lock. */
export function Header({ onMenu, onLock }: HeaderProps) {
  const till = useTill()
  const { session, person } = till
  return (
    <header className="head">
      <UnstyledButton
        className="product"
        onClick={onMenu}
        disabled={person === null}
        aria-label={SHELL.productMenu}
      >
        {SHELL.product}
      </UnstyledButton>
      <span className="dim utility">{till.utilityName}</span>
      {till.phase !== 'unavailable' && (
        <>
          <span>{session === null ? SHELL.noDrawer : session.drawerName}</span>
          <span className="dim">
            {SHELL.businessDay(formatBusinessDate(session?.businessDate ?? till.businessDate, 'long'))}
          </span>
        </>
      )}
      {session !== null && <Level level={session.level} />}
      <span className="grow" />
      {till.sample && <span className="chip plain">{SHELL.sample}</span>}
      <span className="chip" data-line={till.sync.connection} title={SHELL.heldHint}>
        {connectionLabel(till.sync)}
      </span>
      {person !== null && (
        <>
          <span className="who">{person.name}</span>
          <UnstyledButton className="lock" onClick={onLock}>
            {SHELL.lock} <kbd>Ctrl L</kbd>
          </UnstyledButton>
        </>
      )}
    </header>
  )
}

import { Button, Progress } from '@mantine/core'
import type { BoardDrawer } from '../../../../shared/contract/session.ts'
import type { Connection } from '../../../../shared/contract/sync.ts'
import { type Cents, formatCents } from '../../../../shared/money.ts'
import { levelState } from '../../../../shared/rules/session/cash-limit.ts'
import { formatBusinessDate, formatInstant } from '../../../../shared/time.ts'
import { boardText } from '../../../text/session/board.ts'
import { Tag } from '../../../ui/parts.tsx'
import type { BoardAction, BoardSession } from './board-actions.ts'

export interface Look {
  timeZone: string
  /** How the line to the billing system stands. */
  line: Connection
  businessDate: string
  warnPercent: number
}

interface DrawerCardProps {
  drawer: BoardDrawer
  look: Look
  actions: readonly BoardAction[]
  /** Where the arrow keys lead to, and the first Tab stop. */
  isFirst: boolean
  onAction: (action: BoardAction, session: BoardSession) => void
}

/** One drawer as it stands: who has it, how full it is, what was taken, and what can be done about it. */
export function DrawerCard({ drawer, look, actions, isFirst, onAction }: DrawerCardProps) {
  const { session, drawerName } = drawer
  return (
    <article className="panel padded board-card" data-drawer={drawer.drawerId} aria-label={drawerName}>
      <div className="between">
        <h2>{drawerName}</h2>
        <span className="row tight">
          {session === null ? (
            <Tag>{boardText.notOpen}</Tag>
          ) : (
            <Tag tone={session.state === 'open' ? 'good' : 'warn'}>{boardText.states[session.state]}</Tag>
          )}
          {session?.tooOld && <Tag tone="bad">{boardText.tooOld}</Tag>}
        </span>
      </div>
      {session !== null && <OpenDrawer drawer={drawer} session={session} look={look} />}
      <ClosedToday drawer={drawer} look={look} />
      {session !== null && actions.length > 0 && (
        <div className="row board-actions">
          {actions.map((action, at) => (
            <Button
              key={action}
              variant="default"
              size="compact-sm"
              aria-label={boardText.actionOf(boardText.actions[action], drawerName)}
              data-autofocus={(isFirst && at === 0) || undefined}
              onClick={() => onAction(action, session)}
            >
              {boardText.actions[action]}
            </Button>
          ))}
        </div>
      )}
    </article>
  )
}

interface OpenDrawerProps {
  drawer: BoardDrawer
  session: BoardSession
  look: Look
}

function OpenDrawer({ drawer, session, look }: OpenDrawerProps) {
  const { timeZone, businessDate } = look
  // A session of another day says the day too: a time alone would look like today's.
  const style = session.businessDate === businessDate ? 'time' : 'date-time'
  const at = (ms: number) => formatInstant(ms, timeZone, style)
  return (
    <>
      <div>
        <strong className="board-cashier">{session.cashierName}</strong>
        <p className="muted small">
          {boardText.since(at(session.openedAtMs))} · {boardText.lastActivity(at(session.lastActivityMs))}
          {session.businessDate !== businessDate &&
            ` · ${boardText.otherDay(formatBusinessDate(session.businessDate, 'long'))}`}
        </p>
      </div>
      {session.level === null ? (
        <p className="muted">{boardText.blind}</p>
      ) : (
        <Level level={session.level} limitCents={drawer.limitCents} warnPercent={look.warnPercent} />
      )}
      {session.tenders.length > 0 && <Tenders drawerName={drawer.drawerName} session={session} />}
      {session.runningLow.length > 0 && (
        <p className="board-low">
          <strong>{boardText.runningLow}:</strong>{' '}
          {session.runningLow.map(({ label, pieces }) => boardText.low(label, pieces)).join(', ')}
        </p>
      )}
      <p className="muted small">
        {boardText.receipts(session.receiptCount)} · {boardText.held(session.heldCount, look.line)}
      </p>
    </>
  )
}

interface LevelProps {
  level: NonNullable<BoardSession['level']>
  limitCents: Cents
  warnPercent: number
}

const LEVEL_COLOURS = { fine: 'var(--good)', warn: 'var(--warn)', full: 'var(--bad)' } as const

/** The level as a bar with its figures; the figures carry it, bar and colour only help. */
function Level({ level: { cashCents, percent }, limitCents, warnPercent }: LevelProps) {
  const cash = formatCents(cashCents)
  const message =
    percent === null
      ? boardText.levelNoLimit(cash)
      : boardText.levelOf(cash, formatCents(limitCents), percent)
  return (
    <div>
      <div className="between small">
        <span className="muted">{boardText.level}</span>
        <strong>{message}</strong>
      </div>
      {percent !== null && (
        <Progress
          value={Math.min(Math.max(percent, 0), 100)}
          color={LEVEL_COLOURS[levelState(cashCents, limitCents, warnPercent)]}
          size="lg"
          aria-label={`${boardText.level}: ${message}`}
        />
      )}
    </div>
  )
}

function Tenders({ drawerName, session }: { drawerName: string; session: BoardSession }) {
  const { columns } = boardText
  return (
    <table className="list board-tenders" aria-label={boardText.tendersOf(drawerName)}>
      <thead>
        <tr>
          <th scope="col">{columns.tender}</th>
          <th scope="col" className="number">
            {columns.items}
          </th>
          <th scope="col" className="number">
            {columns.taken}
          </th>
          <th scope="col" className="number">
            {columns.inDrawer}
          </th>
        </tr>
      </thead>
      <tbody>
        {session.tenders.map(tender => (
          <tr key={tender.tender}>
            <th scope="row">{tender.name}</th>
            <td className="number">{tender.itemCount}</td>
            <td className="number">{formatCents(tender.tenderedCents)}</td>
            <td className="number">{formatCents(tender.expectedCents)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function ClosedToday({ drawer, look: { timeZone, line } }: { drawer: BoardDrawer; look: Look }) {
  if (drawer.closedToday.length === 0) return null
  return (
    <div className="board-closed">
      <p className="muted small">{boardText.closedToday}</p>
      <ul>
        {drawer.closedToday.map(closed => (
          <li key={closed.sessionId}>
            {boardText.closedLine(
              closed.zNumber ?? closed.number,
              closed.cashierName,
              formatInstant(closed.closedAtMs ?? closed.openedAtMs, timeZone, 'time'),
            )}
            {closed.heldCount > 0 && boardText.closedHeld(boardText.held(closed.heldCount, line))}
          </li>
        ))}
      </ul>
    </div>
  )
}

import { Button } from '@mantine/core'
import type { TillState } from '../../../../shared/contract/till.ts'
import { formatCents } from '../../../../shared/money.ts'
import { formatBusinessDate, formatInstant } from '../../../../shared/time.ts'
import { drawerText } from '../../../text/session/drawer.ts'
import { levelLabels } from '../../../text/shell.ts'
import { Facts } from '../../../ui/facts.tsx'
import { Panel, Tag } from '../../../ui/parts.tsx'

interface OwnDrawerProps {
  till: TillState
  onOpen: () => void
  onClose: () => void
}

/** The session of the person signed in; what it should hold is never among its facts. */
export function OwnDrawer({ till, onOpen, onClose }: OwnDrawerProps) {
  const { session } = till
  if (session === null) {
    return (
      <Panel title={drawerText.noneTitle} hint={drawerText.none} className="drawer-own">
        <div>
          <Button data-autofocus onClick={onOpen}>
            {drawerText.openDrawer}
          </Button>
        </div>
      </Panel>
    )
  }
  const { facts } = drawerText
  return (
    <Panel title={drawerText.yoursTitle} hint={drawerText.blind} className="drawer-own">
      <Facts
        facts={[
          [facts.drawer, session.drawerName],
          [facts.session, session.number],
          [facts.businessDate, formatBusinessDate(session.businessDate, 'long')],
          [facts.openedAt, formatInstant(session.openedAtMs, till.timeZone, 'date-time')],
          [facts.state, drawerText.states[session.state]],
          [facts.level, levelLabels(session.level)],
          [facts.limit, formatCents(session.level.limitCents)],
        ]}
      />
      <div className="row">
        <Button data-autofocus onClick={onClose}>
          {drawerText.closeDrawer}
        </Button>
        {session.tooOld && <Tag tone="warn">{drawerText.tooOld}</Tag>}
      </div>
    </Panel>
  )
}

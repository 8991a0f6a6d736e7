import { useQuery } from '@tanstack/react-query'
import { newId } from '../../../shared/id.ts'
import type { Drawer } from '../../../shared/ledger/facts.ts'
import { formatCents } from '../../../shared/money.ts'
import { client, orpc } from '../../client.ts'
import { adminText, drawersText } from '../../text/admin.ts'
import type { AdminPlace } from './admin-frame.tsx'
import { type DrawerDraft, drawerDraft, drawerProblem, toDrawer } from './drafts.ts'
import { MoneyField, SwitchField, TextField, toNextField } from './field.tsx'
import { InUse } from './in-use.tsx'
import type { FieldsProps } from './record-form.tsx'
import { RecordTab } from './record-tab.tsx'

const { columns } = drawersText

/** The physical tills, with the change they open with and the cash they may hold. */
export function DrawersTab(place: AdminPlace) {
  const drawers = useQuery(orpc.setup.drawers.queryOptions())
  return (
    <RecordTab<Drawer, DrawerDraft>
      {...place}
      title={adminText.tabs.drawers}
      asked={drawers}
      keyOf={drawer => drawer.drawerId}
      nameOf={draft => draft.name}
      columns={[
        { title: columns.name, cell: drawer => drawer.name },
        { title: columns.float, number: true, cell: drawer => formatCents(drawer.floatCents) },
        { title: columns.limit, number: true, cell: drawer => formatCents(drawer.limitCents) },
        { title: columns.state, cell: drawer => <InUse active={drawer.active} /> },
      ]}
      edit={{
        draftOf: drawerDraft,
        blank: () => ({ drawerId: newId(), name: '', active: true, float: '', limit: '' }),
        newTitle: drawersText.newTitle,
        problemOf: drawerProblem,
        save: (commandId, draft) => client.setup.saveDrawer({ commandId, drawer: toDrawer(draft) }),
        fields: DrawerFields,
      }}
    />
  )
}

function DrawerFields({ draft, change, errorAt }: FieldsProps<DrawerDraft>) {
  return (
    <>
      <TextField
        name="name"
        label={drawersText.name}
        value={draft.name}
        onChange={name => change({ ...draft, name })}
        error={errorAt('name')}
        start
      />
      <MoneyField
        name="float"
        label={drawersText.float}
        hint={drawersText.floatHint}
        value={draft.float}
        onChange={float => change({ ...draft, float })}
        onEnter={toNextField}
        error={errorAt('float')}
      />
      <MoneyField
        name="limit"
        label={drawersText.limit}
        hint={drawersText.limitHint}
        value={draft.limit}
        onChange={limit => change({ ...draft, limit })}
        onEnter={toNextField}
        error={errorAt('limit')}
      />
      <SwitchField
        label={adminText.active}
        checked={draft.active}
        onChange={active => change({ ...draft, active })}
      />
    </>
  )
}

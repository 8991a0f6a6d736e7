import { useQuery } from '@tanstack/react-query'
import { newId } from '../../../shared/id.ts'
import type { Drawer } from '../../../shared/ledger/setup.ts'
import { formatCents } from '../../../shared/money.ts'
import { client, orpc } from '../../client.ts'
import { adminText, drawersText } from '../../text/setup/admin.ts'
import type { AdminPlace } from '../forms/admin-frame.tsx'
import { MoneyField, SwitchField, TextField, toNextField } from '../forms/field.tsx'
import { InUse } from '../forms/in-use.tsx'
import type { FieldsProps } from '../forms/record-form.tsx'
import { RecordTab } from '../forms/record-tab.tsx'
import { type DrawerDraft, drawerDraft, drawerProblem, toDrawer } from './drafts.ts'

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
        { title: columns.changeFund, number: true, cell: drawer => formatCents(drawer.changeFundCents) },
        { title: columns.limit, number: true, cell: drawer => formatCents(drawer.limitCents) },
        { title: columns.state, cell: drawer => <InUse active={drawer.active} /> },
      ]}
      edit={{
        draftOf: drawerDraft,
        blank: () => ({ drawerId: newId(), name: '', active: true, changeFund: '', limit: '' }),
        newTitle: drawersText.newTitle,
        problemOf: drawerProblem,
        save: (commandId, draft, before) =>
          client.setup.saveDrawer({ commandId, before, drawer: toDrawer(draft) }),
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
        name="changeFund"
        label={drawersText.changeFund}
        hint={drawersText.changeFundHint}
        value={draft.changeFund}
        onChange={changeFund => change({ ...draft, changeFund })}
        onEnter={toNextField}
        error={errorAt('changeFund')}
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

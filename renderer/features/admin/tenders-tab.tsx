import { NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { TenderType } from '../../../shared/ledger/facts.ts'
import { client, orpc } from '../../client.ts'
import { adminText, tendersText } from '../../text/admin.ts'
import type { AdminPlace } from './admin-frame.tsx'
import { tenderProblem } from './drafts.ts'
import { Field, SwitchField, TextField } from './field.tsx'
import { InUse } from './in-use.tsx'
import type { FieldsProps } from './record-form.tsx'
import { RecordTab } from './record-tab.tsx'

const { columns, counteds } = tendersText
const COUNTEDS = ['items', 'slips'] as const

function yesNo(is: boolean): string {
  return is ? adminText.yes : adminText.no
}

/** The ways to pay, and how each is counted and banked. */
export function TendersTab(place: AdminPlace) {
  const tenders = useQuery(orpc.setup.tenders.queryOptions())
  return (
    <RecordTab<TenderType, TenderType>
      {...place}
      title={adminText.tabs.tenders}
      asked={tenders}
      keyOf={tender => tender.tender}
      nameOf={tender => tender.name}
      columns={[
        { title: columns.name, cell: tender => tender.name },
        { title: columns.counted, cell: tender => counteds[tender.counted] },
        { title: columns.change, wideOnly: true, cell: tender => yesNo(tender.changeAllowed) },
        { title: columns.banked, wideOnly: true, cell: tender => yesNo(tender.banked) },
        { title: columns.gl, wideOnly: true, cell: tender => tender.glAccount },
        { title: columns.state, cell: tender => <InUse active={tender.active} /> },
      ]}
      edit={{
        draftOf: tender => tender,
        blank: null,
        newTitle: '',
        problemOf: tenderProblem,
        save: (commandId, tender) =>
          client.setup.saveTender({
            commandId,
            tender: { ...tender, name: tender.name.trim(), glAccount: tender.glAccount.trim() },
          }),
        fields: TenderFields,
      }}
    />
  )
}

function TenderFields({ draft, change, errorAt }: FieldsProps<TenderType>) {
  const switches = [
    ['opensDrawer', tendersText.opensDrawer],
    ['changeAllowed', tendersText.changeAllowed],
    ['referenceRequired', tendersText.referenceRequired],
    ['banked', tendersText.banked],
    ['active', adminText.active],
  ] as const
  return (
    <>
      <TextField
        name="name"
        label={tendersText.name}
        value={draft.name}
        onChange={name => change({ ...draft, name })}
        error={errorAt('name')}
        start
      />
      <TextField
        name="glAccount"
        label={tendersText.glAccount}
        value={draft.glAccount}
        onChange={glAccount => change({ ...draft, glAccount })}
        error={errorAt('glAccount')}
        maxLength={40}
      />
      {draft.counted !== 'pieces' && (
        <Field name="counted">
          <NativeSelect
            label={tendersText.counted}
            value={draft.counted}
            data={COUNTEDS.map(value => ({ value, label: counteds[value] }))}
            onChange={event => {
              const counted = COUNTEDS.find(candidate => candidate === event.currentTarget.value)
              if (counted !== undefined) change({ ...draft, counted })
            }}
          />
        </Field>
      )}
      {switches.map(([name, label]) => (
        <SwitchField
          key={name}
          label={label}
          checked={draft[name]}
          onChange={checked => change({ ...draft, [name]: checked })}
        />
      ))}
    </>
  )
}

import { NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { tenderKeyFor } from '../../../shared/rules/setup/tender-key.ts'
import { CASH, isStandard, type TenderType, tenderKind } from '../../../shared/tenders.ts'
import { client, orpc } from '../../client.ts'
import { adminText, tendersText } from '../../text/setup/admin.ts'
import type { AdminPlace } from '../forms/admin-frame.tsx'
import { Field, SwitchField, TextField } from '../forms/field.tsx'
import { InUse } from '../forms/in-use.tsx'
import type { FieldsProps } from '../forms/record-form.tsx'
import { RecordTab } from '../forms/record-tab.tsx'
import { FURTHER_KINDS, newTender, tenderProblem } from './drafts.ts'

const { columns, counteds } = tendersText
const COUNTEDS = ['items', 'slips'] as const

function yesNo(is: boolean): string {
  return is ? adminText.yes : adminText.no
}

/** The ways to pay, and how each is counted and banked. */
export function TendersTab(place: AdminPlace) {
  const tenders = useQuery(orpc.setup.tenders.queryOptions())
  const types = tenders.data ?? []
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
        { title: columns.gl, wideOnly: true, fixed: true, cell: tender => tender.glAccount },
        { title: columns.state, cell: tender => <InUse active={tender.active} /> },
      ]}
      edit={{
        draftOf: tender => tender,
        blank: () => newTender(FURTHER_KINDS[0]?.value ?? CASH, types),
        newTitle: tendersText.newTitle,
        problemOf: tenderProblem,
        save: (commandId, tender, before) =>
          client.setup.saveTender({
            commandId,
            before,
            tender: {
              ...tender,
              name: tender.name.trim(),
              nameEs: tender.nameEs.trim(),
              glAccount: tender.glAccount.trim(),
            },
          }),
        fields: props => <TenderFields {...props} types={types} />,
      }}
    />
  )
}

interface TenderFieldsProps extends FieldsProps<TenderType> {
  types: readonly TenderType[]
}

/** What it is called, and of which kind a new one is. */
function NamesAndKind({ draft, change, errorAt, types }: TenderFieldsProps) {
  const isNew = !types.some(({ tender }) => tender === draft.tender)
  const named = (name: string) =>
    change({ ...draft, name, ...(isNew && { tender: tenderKeyFor(name, types) }) })
  return (
    <>
      <TextField
        name="name"
        label={tendersText.name}
        value={draft.name}
        onChange={named}
        error={errorAt('name')}
        start
      />
      {isNew && (
        <Field name="kind">
          <NativeSelect
            label={tendersText.kind}
            description={tendersText.kindHint}
            value={draft.kind}
            data={FURTHER_KINDS}
            onChange={event => {
              const { name, nameEs, tender } = draft
              change({ ...newTender(event.currentTarget.value, types), name, nameEs, tender })
            }}
          />
        </Field>
      )}
      <TextField
        name="nameEs"
        label={tendersText.nameEs}
        hint={tendersText.nameEsHint(isStandard(draft) ? tenderKind(draft).name.es : null)}
        value={draft.nameEs}
        onChange={nameEs => change({ ...draft, nameEs })}
        error={null}
      />
    </>
  )
}

function TenderFields(props: TenderFieldsProps) {
  const { draft, change, errorAt } = props
  // What is a bank's paper by its kind is listed in the deposit one by one, and there is nothing to choose.
  const isBankPaper = tenderKind(draft).banked
  const switches = [
    ['opensDrawer', tendersText.opensDrawer],
    ['changeAllowed', tendersText.changeAllowed],
    ['referenceRequired', tendersText.referenceRequired],
    ...(isBankPaper ? [] : [['banked', tendersText.banked] as const]),
    ['active', adminText.active],
  ] as const
  return (
    <>
      <NamesAndKind {...props} />
      <TextField
        name="glAccount"
        label={tendersText.glAccount}
        value={draft.glAccount}
        onChange={glAccount => change({ ...draft, glAccount })}
        error={errorAt('glAccount')}
        maxLength={40}
      />
      {!isBankPaper && (
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

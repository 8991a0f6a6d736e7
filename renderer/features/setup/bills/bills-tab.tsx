import { useQuery, useQueryClient } from '@tanstack/react-query'
import { client, orpc } from '../../../client.ts'
import { billsText } from '../../../text/account/bills.ts'
import type { AdminPlace } from '../../forms/admin-frame.tsx'
import type { FieldsProps } from '../../forms/record-form.tsx'
import { RecordTab } from '../../forms/record-tab.tsx'
import {
  type BillDraft,
  type BillLayout,
  billDraft,
  billProblem,
  MOST_LAYOUTS,
  newBill,
  withLayout,
  withoutLayout,
} from './bill-draft.ts'
import { BillFields } from './bill-fields.tsx'

const { columns } = billsText

/** Saves the city's settings with other layouts of bills. */
async function saveLayouts(commandId: string, next: (layouts: readonly BillLayout[]) => BillLayout[]) {
  const before = await client.setup.settings()
  const settings = { ...before, scanTemplates: next(before.scanTemplates) }
  return client.setup.saveSettings({ commandId, before, settings })
}

function places({ start, end }: { start: number; end: number }): string {
  return billsText.between(start + 1, end)
}

/** Which bills can be scanned: the layout of each kind of line. */
export function BillsTab(place: AdminPlace) {
  const queries = useQueryClient()
  const settings = useQuery(orpc.setup.settings.queryOptions())
  const layouts = settings.data?.scanTemplates
  const askAgain = () => queries.invalidateQueries({ queryKey: orpc.setup.settings.key() })
  return (
    <RecordTab<BillLayout, BillDraft>
      {...place}
      title={billsText.title}
      hint={billsText.hint}
      asked={{ data: layouts, error: settings.error, refetch: settings.refetch }}
      keyOf={layout => layout.name}
      nameOf={draft => draft.name}
      columns={[
        { title: columns.name, cell: layout => layout.name },
        { title: columns.length, number: true, cell: layout => layout.length },
        { title: columns.account, cell: layout => places(layout.account) },
        {
          title: columns.amount,
          cell: layout => (layout.amount === undefined ? billsText.noAmount : places(layout.amount)),
        },
        { title: columns.digit, number: true, cell: layout => layout.checkDigit.position + 1 },
      ]}
      edit={{
        draftOf: billDraft,
        blank: (layouts?.length ?? 0) < MOST_LAYOUTS ? () => newBill() : null,
        newTitle: billsText.newTitle,
        problemOf: draft =>
          billProblem(
            draft,
            (layouts ?? []).map(({ name }) => name).filter(name => name !== draft.was),
          ),
        save: (commandId, draft) => saveLayouts(commandId, all => withLayout(all, draft)).then(askAgain),
        fields: Fields,
        remove: {
          label: billsText.remove,
          title: draft => billsText.removeTitle(draft.name),
          question: billsText.removeQuestion,
          done: draft => billsText.removed(draft.name),
          send: (commandId, draft) => saveLayouts(commandId, all => withoutLayout(all, draft)).then(askAgain),
        },
      }}
    />
  )
}

function Fields(props: FieldsProps<BillDraft>) {
  const { countHint, exampleHint } = billsText
  const hint = props.draft.was === null ? `${exampleHint} ${countHint}` : countHint
  return <BillFields {...props} hint={hint} />
}

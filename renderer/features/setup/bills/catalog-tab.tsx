import { NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { newId } from '../../../../shared/id.ts'
import type { CatalogItem } from '../../../../shared/ledger/setup.ts'
import { client, orpc } from '../../../client.ts'
import { adminText, catalogText } from '../../../text/setup/admin.ts'
import { priceLabel } from '../../find/price-label.ts'
import type { AdminPlace } from '../../forms/admin-frame.tsx'
import { Field, MoneyField, SwitchField, TextField, toNextField } from '../../forms/field.tsx'
import { InUse } from '../../forms/in-use.tsx'
import type { FieldsProps } from '../../forms/record-form.tsx'
import { RecordTab } from '../../forms/record-tab.tsx'
import { type CatalogDraft, catalogDraft, catalogProblem, newCatalogItem, toCatalogItem } from '../drafts.ts'

const { columns, pricings } = catalogText
const PRICINGS = ['fixed', 'per-unit', 'percent', 'open'] as const

/** What is sold without an account. */
export function CatalogTab(place: AdminPlace) {
  const catalog = useQuery(orpc.setup.catalog.queryOptions())
  return (
    <RecordTab<CatalogItem, CatalogDraft>
      {...place}
      title={adminText.tabs.catalog}
      asked={catalog}
      keyOf={item => item.catalogItemId}
      nameOf={draft => draft.name}
      columns={[
        { title: columns.name, cell: item => item.name },
        { title: columns.code, wideOnly: true, cell: item => item.code },
        { title: columns.price, number: true, cell: priceLabel },
        { title: columns.gl, wideOnly: true, fixed: true, cell: item => item.glAccount },
        { title: columns.state, cell: item => <InUse active={item.active} /> },
      ]}
      edit={{
        draftOf: catalogDraft,
        blank: () => newCatalogItem(newId()),
        newTitle: catalogText.newTitle,
        problemOf: catalogProblem,
        save: (commandId, draft, before) =>
          client.setup.saveCatalogItem({ commandId, before, item: toCatalogItem(draft) }),
        fields: CatalogFields,
      }}
    />
  )
}

function CatalogFields(props: FieldsProps<CatalogDraft>) {
  const { draft, change, errorAt } = props
  return (
    <>
      <TextField
        name="name"
        label={catalogText.name}
        value={draft.name}
        onChange={name => change({ ...draft, name })}
        error={errorAt('name')}
        start
      />
      <TextField
        name="code"
        label={catalogText.code}
        value={draft.code}
        onChange={code => change({ ...draft, code })}
        error={errorAt('code')}
        maxLength={20}
      />
      <PriceFields {...props} />
      <TextField
        name="glAccount"
        label={catalogText.glAccount}
        value={draft.glAccount}
        onChange={glAccount => change({ ...draft, glAccount })}
        error={errorAt('glAccount')}
        maxLength={40}
      />
      <TextField
        name="referenceLabel"
        label={catalogText.referenceLabel}
        hint={catalogText.referenceHint}
        value={draft.referenceLabel}
        onChange={referenceLabel => change({ ...draft, referenceLabel })}
        error={null}
      />
      <SwitchField
        label={catalogText.isDeposit}
        checked={draft.isDeposit}
        onChange={isDeposit => change({ ...draft, isDeposit })}
      />
      <SwitchField
        label={adminText.active}
        checked={draft.active}
        onChange={active => change({ ...draft, active })}
      />
    </>
  )
}

/** The kind of pricing, and only the fields that it needs. */
function PriceFields({ draft, change, errorAt }: FieldsProps<CatalogDraft>) {
  const perUnit = draft.pricing === 'per-unit'
  return (
    <>
      <Field name="pricing">
        <NativeSelect
          label={catalogText.pricing}
          value={draft.pricing}
          data={PRICINGS.map(value => ({ value, label: pricings[value] }))}
          onChange={event => {
            const pricing = PRICINGS.find(candidate => candidate === event.currentTarget.value)
            if (pricing !== undefined) change({ ...draft, pricing })
          }}
        />
      </Field>
      {(perUnit || draft.pricing === 'fixed') && (
        <MoneyField
          name="price"
          label={perUnit ? catalogText.unitPrice : catalogText.price}
          value={draft.price}
          onChange={price => change({ ...draft, price })}
          onEnter={toNextField}
          error={errorAt('price')}
        />
      )}
      {perUnit && (
        <TextField
          name="unitLabel"
          label={catalogText.unitLabel}
          hint={catalogText.unitHint}
          value={draft.unitLabel}
          onChange={unitLabel => change({ ...draft, unitLabel })}
          error={null}
        />
      )}
      {draft.pricing === 'percent' && (
        <TextField
          name="rate"
          label={catalogText.rate}
          hint={catalogText.rateHint}
          value={draft.rate}
          onChange={rate => change({ ...draft, rate })}
          error={errorAt('rate')}
          maxLength={10}
        />
      )}
    </>
  )
}

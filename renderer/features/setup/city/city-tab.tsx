import { cityText } from '../../../text/setup/admin.ts'
import type { AdminPlace } from '../../forms/admin-frame.tsx'
import { type SettingsEdit, SettingsTab } from '../../forms/settings-form.tsx'
import { type CityDraft, cityDraft, cityProblem, toSettings } from './city-draft.ts'
import { MoneySection, ReceiptSection, RulesSection, UtilitySection } from './city-fields.tsx'

const EDIT: SettingsEdit<CityDraft> = {
  draftOf: cityDraft,
  problemOf: cityProblem,
  apply: toSettings,
  savedLabels: cityText.saved,
  fields: props => (
    <div className="admin-city-sections">
      <UtilitySection {...props} />
      <ReceiptSection {...props} />
      <RulesSection {...props} />
      <MoneySection {...props} />
    </div>
  ),
}

/** What the city sets for itself. */
export function CityTab(place: AdminPlace) {
  return <SettingsTab place={place} edit={EDIT} />
}

import { policyText } from '../../../text/setup/policies.ts'
import type { AdminPlace } from '../../forms/admin-frame.tsx'
import { type SettingsEdit, SettingsTab } from '../../forms/settings-form.tsx'
import { type PolicyDraft, policyDraft, policyProblem, withPolicy } from './policy-draft.ts'
import { BanksSection, CategoriesSection, DeadlineSection, DrawerSection } from './policy-fields.tsx'
import { PiecesSection } from './policy-pieces.tsx'
import './policies.css'

const EDIT: SettingsEdit<PolicyDraft> = {
  draftOf: policyDraft,
  problemOf: policyProblem,
  apply: withPolicy,
  savedLabels: policyText.saved,
  fields: props => (
    <div className="policy-sections">
      <div className="stack">
        <DrawerSection {...props} />
        <PiecesSection {...props} />
      </div>
      <div className="stack">
        <CategoriesSection {...props} />
        <BanksSection {...props} />
        <DeadlineSection {...props} />
      </div>
    </div>
  ),
}

/** How drawers, safe and deposits are controlled. */
export function PoliciesTab(place: AdminPlace) {
  return <SettingsTab place={place} edit={EDIT} />
}

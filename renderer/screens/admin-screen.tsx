import { type ComponentType, useState } from 'react'
import { ADMINISTRATORS, SUPERVISORS } from '../../shared/roles.ts'
import { ADMIN_TABS, type AdminPlace, type AdminTab } from '../features/forms/admin-frame.tsx'
import { PeopleTab } from '../features/person/people-tab.tsx'
import { BillsTab } from '../features/setup/bills/bills-tab.tsx'
import { CatalogTab } from '../features/setup/bills/catalog-tab.tsx'
import { BanksTab } from '../features/setup/city/banks-tab.tsx'
import { CityTab } from '../features/setup/city/city-tab.tsx'
import { DrawersTab } from '../features/setup/drawers-tab.tsx'
import { PoliciesTab } from '../features/setup/policies/policies-tab.tsx'
import { TendersTab } from '../features/setup/tenders-tab.tsx'
import type { ScreenSpec } from '../screen-spec.ts'
import { usePerson } from '../till.ts'
import '../features/forms/admin.css'

const TABS: Record<AdminTab, ComponentType<AdminPlace>> = {
  people: PeopleTab,
  drawers: DrawersTab,
  catalog: CatalogTab,
  tenders: TendersTab,
  banks: BanksTab,
  city: CityTab,
  bills: BillsTab,
  policies: PoliciesTab,
}

/** What an administrator sets up; a supervisor only releases people who are locked out. */
function AdminScreen() {
  const { role } = usePerson()
  const [tab, setTab] = useState<AdminTab>('people')
  const tabs: readonly AdminTab[] = ADMINISTRATORS.includes(role) ? ADMIN_TABS : ['people']
  const Tab = TABS[tab]
  return <Tab key={tab} tab={tab} tabs={tabs} onTab={setTab} />
}

export const screen: ScreenSpec = {
  path: '/admin',
  title: 'Administration',
  key: 'M',
  place: 130,
  roles: [...SUPERVISORS, ...ADMINISTRATORS],
  component: AdminScreen,
}

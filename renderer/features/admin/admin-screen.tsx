import { type ComponentType, useState } from 'react'
import { ADMINISTRATORS } from '../../../shared/roles.ts'
import { usePerson } from '../../till.ts'
import { ADMIN_TABS, type AdminPlace, type AdminTab } from './admin-frame.tsx'
import { BanksTab } from './banks-tab.tsx'
import { BillsTab } from './bills-tab.tsx'
import { CatalogTab } from './catalog-tab.tsx'
import { CityTab } from './city-tab.tsx'
import { DrawersTab } from './drawers-tab.tsx'
import { PeopleTab } from './people-tab.tsx'
import { PoliciesTab } from './policies-tab.tsx'
import { TendersTab } from './tenders-tab.tsx'
import './admin.css'

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
export default function AdminScreen() {
  const { role } = usePerson()
  const [tab, setTab] = useState<AdminTab>('people')
  const tabs: readonly AdminTab[] = ADMINISTRATORS.includes(role) ? ADMIN_TABS : ['people']
  const Tab = TABS[tab]
  return <Tab key={tab} tab={tab} tabs={tabs} onTab={setTab} />
}

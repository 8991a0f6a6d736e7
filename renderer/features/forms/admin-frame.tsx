import { Tabs } from '@mantine/core'
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react'
import { adminText } from '../../text/setup/admin.ts'
import type { KeyDeclaration } from '../../ui/keys/keys.ts'
import { Screen } from '../../ui/screen.tsx'

export const ADMIN_TABS = [
  'people',
  'drawers',
  'catalog',
  'tenders',
  'banks',
  'city',
  'bills',
  'policies',
] as const
export type AdminTab = (typeof ADMIN_TABS)[number]

const TAB_KEYS: Record<AdminTab, string> = {
  people: 'F2',
  drawers: 'F3',
  catalog: 'F4',
  tenders: 'F6',
  banks: 'F7',
  city: 'F8',
  bills: 'F11',
  policies: 'F12',
}

/** Where the administration is, and how it goes elsewhere. */
export interface AdminPlace {
  tab: AdminTab
  tabs: readonly AdminTab[]
  /** Leads to another tab, after asking where something would be lost. */
  onTab: (tab: AdminTab) => void
}

interface AdminFrameProps extends AdminPlace {
  keys: readonly KeyDeclaration[]
  children: ReactNode
}

/** Arrow down leads from the tabs into what they show. */
function intoPanel(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'ArrowDown') return
  const panel = event.currentTarget.closest('.admin-tabs')?.querySelector('.admin-panel')
  const first =
    panel?.querySelector<HTMLElement>('button.row-button[tabindex="0"]') ??
    panel?.querySelector<HTMLElement>('input, textarea')
  if (first === null || first === undefined) return
  event.preventDefault()
  first.focus()
}

/** The tabs above, the keys below, and one tab's content between. */
export function AdminFrame({ tab, tabs, onTab, keys, children }: AdminFrameProps) {
  const go = (name: string | null) => {
    const wanted = tabs.find(candidate => candidate === name)
    if (wanted !== undefined) onTab(wanted)
  }
  const tabKeys =
    tabs.length < 2
      ? []
      : tabs.map(name => ({ key: TAB_KEYS[name], label: adminText.tabs[name], run: () => onTab(name) }))
  const place = useRef<HTMLDivElement>(null)
  // Each tab brings its own keys and so its own frame; the tab that was chosen has the focus again.
  useEffect(
    () => place.current?.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]')?.focus(),
    [],
  )
  return (
    <Screen title={`${adminText.title}: ${adminText.tabs[tab]}`} keys={[...tabKeys, ...keys]} fixed>
      <Tabs
        ref={place}
        value={tab}
        onChange={go}
        activateTabWithKeyboard
        className="admin-tabs"
        keepMounted={false}
      >
        <Tabs.List aria-label={adminText.title} onKeyDown={intoPanel}>
          {tabs.map(name => (
            <Tabs.Tab key={name} value={name}>
              {adminText.tabs[name]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={tab} className="admin-panel" tabIndex={-1}>
          {children}
        </Tabs.Panel>
      </Tabs>
    </Screen>
  )
}

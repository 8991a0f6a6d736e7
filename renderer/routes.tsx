/** Every screen: where it is, what it is called, the key that opens it from the menu, and whose work it is. */
import { type ComponentType, lazy } from 'react'
import {
  ADMINISTRATORS,
  CASHIERS,
  EVERYONE,
  OVERSEERS,
  READERS_OF_ALL,
  type Role,
  SUPERVISORS,
} from '../shared/roles.ts'
import { SCREENS } from './text/shell.ts'

export interface ScreenRoute {
  path: string
  title: string
  key: string
  roles: readonly Role[]
  component: ComponentType
}

export const routes: readonly ScreenRoute[] = [
  {
    path: '/',
    title: SCREENS.window,
    key: 'W',
    roles: CASHIERS,
    component: lazy(() => import('./features/window/window-screen.tsx')),
  },
  {
    path: '/receipts/:receiptId?',
    title: SCREENS.receipts,
    key: 'R',
    roles: EVERYONE,
    component: lazy(() => import('./features/receipts/receipts-screen.tsx')),
  },
  {
    path: '/accounts/:accountId?',
    title: SCREENS.accounts,
    key: 'A',
    roles: EVERYONE,
    component: lazy(() => import('./features/accounts/account-screen.tsx')),
  },
  {
    path: '/drawer/:work?',
    title: SCREENS.drawer,
    key: 'D',
    roles: EVERYONE,
    component: lazy(() => import('./features/drawer/drawer-screen.tsx')),
  },
  {
    path: '/close',
    title: SCREENS.close,
    key: 'C',
    roles: CASHIERS,
    component: lazy(() => import('./features/close/close-screen.tsx')),
  },
  {
    path: '/hand-over',
    title: SCREENS.handOver,
    key: 'H',
    roles: CASHIERS,
    component: lazy(() => import('./features/hand-over/hand-over-screen.tsx')),
  },
  {
    path: '/board',
    title: SCREENS.board,
    key: 'O',
    roles: OVERSEERS,
    component: lazy(() => import('./features/board/board-screen.tsx')),
  },
  {
    path: '/deposits',
    title: SCREENS.deposits,
    key: 'B',
    roles: EVERYONE,
    component: lazy(() => import('./features/deposit/deposit-screen.tsx')),
  },
  {
    path: '/safe',
    title: SCREENS.safe,
    key: 'S',
    roles: OVERSEERS,
    component: lazy(() => import('./features/safe/safe-screen.tsx')),
  },
  {
    path: '/reports',
    title: SCREENS.reports,
    key: 'E',
    roles: READERS_OF_ALL,
    component: lazy(() => import('./features/reports/reports-screen.tsx')),
  },
  {
    path: '/over-short',
    title: SCREENS.overShort,
    key: 'V',
    roles: EVERYONE,
    component: lazy(() => import('./features/over-short/over-short-screen.tsx')),
  },
  {
    path: '/import',
    title: SCREENS.import,
    key: 'I',
    roles: [...SUPERVISORS, ...ADMINISTRATORS],
    component: lazy(() => import('./features/accounts/import-screen.tsx')),
  },
  {
    path: '/admin',
    title: SCREENS.admin,
    key: 'M',
    roles: [...SUPERVISORS, ...ADMINISTRATORS],
    component: lazy(() => import('./features/admin/admin-screen.tsx')),
  },
  {
    path: '/audit',
    title: SCREENS.audit,
    key: 'U',
    roles: READERS_OF_ALL,
    component: lazy(() => import('./features/audit/audit-screen.tsx')),
  },
  {
    path: '/sync',
    title: SCREENS.sync,
    key: 'Y',
    roles: EVERYONE,
    component: lazy(() => import('./features/sync/sync-screen.tsx')),
  },
]

export const FirstRun = lazy(() => import('./features/first-run/first-run-screen.tsx'))

/** The screens that belong to a role's work. */
export function routesFor(role: Role): ScreenRoute[] {
  return routes.filter(route => route.roles.includes(role))
}

/** The address of a screen without its optional part. */
export function pathOf(route: ScreenRoute): string {
  return route.path.replace(/\/:.*$/, '')
}

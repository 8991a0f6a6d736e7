import {
  CASH,
  TENDER_KINDS,
  type Tender,
  type TenderKindSpec,
  type TenderType,
} from '../../../../shared/tenders.ts'
import { WINDOW } from '../../../text/receipt/window.ts'
import { noteText } from '../../../text/session/noted.ts'
import type { KeyDeclaration } from '../../../ui/keys/keys.ts'

export interface WindowActions {
  tender: (tender: Tender) => void
  more: () => void
  suspend: () => void
  resume: () => void
  post: () => void
  postByEnter: () => void
  nextCustomer: () => void
  fee: () => void
  drawer: () => void
  find: () => void
  removeLine: () => void
  back: () => void
}

interface WindowState {
  types: readonly TenderType[]
  empty: boolean
  /** Cash is being entered: the same key leads on to its pieces. */
  enteringCash: boolean
  /** The basket was posted from another tab: only the next customer is left to begin. */
  postedElsewhere: boolean
  suspendedCount: number
}

/** Each kind's own key begins a payment of the first type that the city has of it. */
function tenderKeys(types: readonly TenderType[], enteringCash: boolean) {
  return Object.entries<TenderKindSpec>(TENDER_KINDS).flatMap(([kind, { key, name }]) => {
    if (key === null) return []
    const type = types.find(candidate => candidate.kind === kind)
    const label = kind === CASH && enteringCash ? noteText.key : (type?.name ?? name.en)
    return { key, label, tender: type?.tender ?? kind }
  })
}

/** The keys of the Window, as desk and strip name them. */
export function windowKeys(
  actions: WindowActions,
  { types, empty, enteringCash, postedElsewhere, suspendedCount }: WindowState,
): KeyDeclaration[] {
  const next: KeyDeclaration = { key: 'Ctrl+Enter', label: WINDOW.nextCustomer, run: actions.nextCustomer }
  return [
    ...(postedElsewhere ? [next] : []),
    ...tenderKeys(types, enteringCash).map(({ tender, ...key }) => ({
      ...key,
      run: () => actions.tender(tender),
    })),
    { key: 'F7', label: WINDOW.more, run: actions.more },
    { key: 'F8', label: WINDOW.suspend, run: actions.suspend, disabled: empty },
    { key: 'F9', label: WINDOW.suspended(suspendedCount), run: actions.resume },
    { key: 'F10', label: WINDOW.postKey, run: actions.post, disabled: empty },
    { key: 'F11', label: WINDOW.fee, run: actions.fee },
    { key: 'F12', label: WINDOW.drawer, run: actions.drawer },
    { key: 'Ctrl+K', label: WINDOW.findKey, run: actions.find, quiet: true },
    { key: 'Enter', label: WINDOW.postKey, run: actions.postByEnter, disabled: empty, quiet: true },
    { key: 'Ctrl+Delete', label: WINDOW.removeKey, run: actions.removeLine, quiet: true },
    { key: '↑ ↓', label: WINDOW.upDown, quiet: true },
    { key: 'Escape', label: WINDOW.back, run: actions.back, quiet: true },
  ]
}

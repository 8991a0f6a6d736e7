import type { Tender } from '../../../shared/ledger/facts.ts'
import { noteText } from '../../text/noted.ts'
import { WINDOW } from '../../text/window.ts'
import type { KeyDeclaration } from '../../ui/keys.ts'

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
  empty: boolean
  /** Cash is being entered: the same key leads on to its pieces. */
  enteringCash: boolean
  /** The basket was posted from another tab: only the next customer is left to begin. */
  postedElsewhere: boolean
  suspendedCount: number
}

/** The keys of the Window, as desk and strip name them. */
export function windowKeys(
  actions: WindowActions,
  { empty, enteringCash, postedElsewhere, suspendedCount }: WindowState,
): KeyDeclaration[] {
  const next: KeyDeclaration = { key: 'Ctrl+Enter', label: WINDOW.nextCustomer, run: actions.nextCustomer }
  return [
    ...(postedElsewhere ? [next] : []),
    { key: 'F2', label: enteringCash ? noteText.key : WINDOW.cash, run: () => actions.tender('cash') },
    { key: 'F3', label: WINDOW.check, run: () => actions.tender('check') },
    { key: 'F4', label: WINDOW.card, run: () => actions.tender('card') },
    { key: 'F6', label: WINDOW.moneyOrder, run: () => actions.tender('money-order') },
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

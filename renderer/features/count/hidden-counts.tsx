import type { ReactNode } from 'react'
import { twoCountsText } from '../../text/session/two-counts.ts'
import { Panel } from '../../ui/parts.tsx'
import { Screen } from '../../ui/screen.tsx'

/** While two people sign for what they counted apart: neither sheet is to be seen beside the keyboard. */
export function HiddenCounts({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Screen title={title} keys={[]}>
      <Panel title={title} className="two-counts-panel">
        <p>{twoCountsText.hidden}</p>
      </Panel>
      {children}
    </Screen>
  )
}

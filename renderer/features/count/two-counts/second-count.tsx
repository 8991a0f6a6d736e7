import { Button } from '@mantine/core'
import { useRef } from 'react'
import type { CountSheet } from '../../../../shared/contract/session-fields.ts'
import type { PieceCount } from '../../../../shared/rules/cash/denominations.ts'
import { twoCountsText } from '../../../text/session/two-counts.ts'
import { useFirstFocus } from '../../../ui/keys/first-focus.ts'
import { COUNT_KEYS, DenominationGrid } from '../../../ui/money/denomination-grid.tsx'
import { Panel } from '../../../ui/parts.tsx'
import { Screen } from '../../../ui/screen.tsx'

interface PassStageProps {
  name: string
  onTaken: () => void
  onAgain: () => void
}

/** Between the two counts: neither sees what the other has entered. */
export function PassStage({ name, onTaken, onAgain }: PassStageProps) {
  const place = useRef<HTMLDivElement>(null)
  useFirstFocus(place)
  const title = twoCountsText.passTitle(name)
  return (
    <Screen
      title={title}
      keys={[
        { key: 'Enter', label: twoCountsText.keys.pass, run: onTaken },
        { key: 'Escape', label: twoCountsText.keys.again, run: onAgain },
      ]}
    >
      <div ref={place}>
        <Panel title={title} hint={twoCountsText.passHint(name)} className="stack two-counts-panel">
          <div>
            <Button data-autofocus size="lg" onClick={onTaken}>
              {twoCountsText.passButton(name)}
            </Button>
          </div>
        </Panel>
      </div>
    </Screen>
  )
}

interface SecondCountProps {
  sheet: CountSheet
  name: string
  pieces: PieceCount[]
  onPieces: (pieces: PieceCount[]) => void
  onFinish: () => void
  onAgain: () => void
}

/** The same cash once more, by the other person, from an empty sheet. */
export function SecondCount(props: SecondCountProps) {
  const { sheet, name, pieces, onPieces, onFinish, onAgain } = props
  const place = useRef<HTMLDivElement>(null)
  useFirstFocus(place)
  return (
    <Screen
      title={twoCountsText.secondTitle(name)}
      keys={[
        { key: 'F10', label: twoCountsText.keys.sign, run: onFinish },
        { key: 'Escape', label: twoCountsText.keys.again, run: onAgain },
        ...COUNT_KEYS,
      ]}
      fixed
    >
      <div ref={place} className="two-counts">
        <Panel title={twoCountsText.secondTitle(name)} hint={twoCountsText.secondHint} className="close-cash">
          <DenominationGrid
            denominations={sheet.denominations}
            value={pieces}
            onChange={onPieces}
            totalLabel={twoCountsText.cash}
            onDone={onFinish}
            autoFocus
          />
        </Panel>
      </div>
    </Screen>
  )
}

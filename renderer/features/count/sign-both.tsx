import { Button } from '@mantine/core'
import { type ComponentProps, useState } from 'react'
import { twoCountsText } from '../../text/session/two-counts.ts'
import { SigningDialog } from '../../ui/dialog/signing-dialog.tsx'
import { Panel } from '../../ui/parts.tsx'
import { Screen } from '../../ui/screen.tsx'

interface SignBothProps extends Omit<ComponentProps<typeof SigningDialog>, 'onCancel'> {
  /** The refusal that was told is looked at no more. */
  onCleared: () => void
  onAgain: () => void
}

/**
 * Two people sign for what they counted apart. Neither sheet is to be seen beside the keyboard, which both have now: from
 * here it goes on, or to two empty sheets.
 */
export function SignBoth({ onCleared, onAgain, ...dialog }: SignBothProps) {
  const [signing, setSigning] = useState(true)
  const sign = () => setSigning(true)
  return (
    <Screen
      title={dialog.title}
      keys={
        signing
          ? []
          : [
              { key: 'F10', label: twoCountsText.keys.sign, run: sign },
              { key: 'Escape', label: twoCountsText.keys.again, run: onAgain },
            ]
      }
    >
      <Panel title={dialog.title} className="stack two-counts-panel">
        <p>{twoCountsText.hidden}</p>
        {!signing && (
          <div>
            <Button size="lg" autoFocus onClick={sign}>
              {twoCountsText.keys.sign}
            </Button>
          </div>
        )}
      </Panel>
      {signing && (
        <SigningDialog
          {...dialog}
          onCancel={() => {
            setSigning(false)
            onCleared()
          }}
        />
      )}
    </Screen>
  )
}

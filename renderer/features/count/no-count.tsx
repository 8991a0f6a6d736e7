import { Button } from '@mantine/core'
import { useRef } from 'react'
import { useLocation } from 'wouter'
import { sayError } from '../../text/refusals/refusals.ts'
import { closeText } from '../../text/session/close.ts'
import { UI } from '../../text/ui.ts'
import { useFirstFocus } from '../../ui/keys/first-focus.ts'
import { ErrorNote, Panel } from '../../ui/parts.tsx'
import { Screen } from '../../ui/screen.tsx'

/** The count sheet is on its way, or what went wrong and a second try. */
export function Waiting({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  return (
    <Screen title={closeText.titles[1]}>
      <Panel className="stack">
        {error === null ? (
          <p role="status">{closeText.loading}</p>
        ) : (
          <>
            <ErrorNote>{sayError(error)}</ErrorNote>
            <div>
              <Button onClick={onRetry}>{UI.retry}</Button>
            </div>
          </>
        )}
      </Panel>
    </Screen>
  )
}

/** There is nothing to count. */
export function NoSession() {
  const [, go] = useLocation()
  const place = useRef<HTMLDivElement>(null)
  useFirstFocus(place)
  return (
    <Screen
      title={closeText.titles[1]}
      keys={[{ key: 'Escape', label: closeText.keys.window, run: () => go('/') }]}
    >
      <div ref={place}>
        <Panel title={closeText.noSessionTitle} hint={closeText.noSession} className="stack">
          <div>
            <Button data-autofocus onClick={() => go('/drawer')}>
              {closeText.toDrawer}
            </Button>
          </div>
        </Panel>
      </div>
    </Screen>
  )
}

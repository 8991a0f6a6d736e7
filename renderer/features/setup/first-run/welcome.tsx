import { Button } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { SAMPLE_PHASES, setupText } from '../../../text/setup/first-run.ts'
import { focusFirst, moveCursor, useFirstFocus } from '../../../ui/keys/first-focus.ts'
import type { KeyDeclaration } from '../../../ui/keys/keys.ts'
import type { LongWorkState } from '../../../ui/long-work.ts'
import { ErrorNote, Panel, ProgressPanel } from '../../../ui/parts.tsx'
import { Screen } from '../../../ui/screen.tsx'

interface WelcomeProps {
  state: LongWorkState<unknown>
  onSample: () => void
  onCancel: () => void
  onOwn: () => void
}

/** Two ways to begin. */
export function Welcome({ state, onSample, onCancel, onOwn }: WelcomeProps) {
  const place = useRef<HTMLDivElement>(null)
  useFirstFocus(place)
  const running = state.kind === 'running'
  const wasRunning = useRef(running)
  useEffect(() => {
    // The button that was pressed makes room for the one that cancels, and the other way round.
    if (wasRunning.current === running) return undefined
    wasRunning.current = running
    return moveCursor(() => focusFirst(place.current))
  }, [running])
  const keys: KeyDeclaration[] = running
    ? [{ key: 'Escape', label: setupText.keys.cancel, run: onCancel }]
    : [
        { key: 'F2', label: setupText.sampleKey, run: onSample },
        { key: 'F3', label: setupText.ownKey, run: onOwn },
      ]
  return (
    <Screen title={setupText.title} keys={keys}>
      <div className="first-run" ref={place}>
        <div>
          <p className="first-run-title" aria-hidden="true">
            {setupText.title}
          </p>
          <p className="muted">{setupText.intro}</p>
        </div>
        <div className="first-run-ways">
          <Panel title={setupText.sampleTitle} className="first-run-way">
            <p className="muted">{setupText.sampleIntro}</p>
            {running ? (
              <>
                <ProgressPanel
                  label={SAMPLE_PHASES[state.progress?.phase ?? ''] ?? setupText.making}
                  done={state.progress?.done ?? 0}
                  total={state.progress?.total ?? 0}
                />
                <Button data-autofocus variant="default" onClick={onCancel}>
                  {setupText.cancel}
                </Button>
              </>
            ) : (
              <Button data-autofocus onClick={onSample} disabled={state.kind === 'done'}>
                {setupText.sampleKey}
              </Button>
            )}
          </Panel>
          <Panel title={setupText.ownTitle} className="first-run-way">
            <p className="muted">{setupText.ownIntro}</p>
            <Button variant="default" onClick={onOwn} disabled={running}>
              {setupText.ownKey}
            </Button>
          </Panel>
        </div>
        {state.kind === 'failed' && <ErrorNote>{state.problem}</ErrorNote>}
        <div role="status">{state.kind === 'cancelled' ? setupText.cancelled : ''}</div>
      </div>
    </Screen>
  )
}

import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { client } from '../../../client.ts'
import { useCommand } from '../../../command.ts'
import { setupText } from '../../../text/setup/first-run.ts'
import { focusFirst } from '../../../ui/keys/first-focus.ts'
import type { KeyDeclaration } from '../../../ui/keys/keys.ts'
import { ErrorNote, Panel } from '../../../ui/parts.tsx'
import { Screen } from '../../../ui/screen.tsx'
import type { FoundProblem } from '../../forms/found-problem.ts'
import { focusField } from '../../forms/record-form.tsx'
import { problemOfStep, type SetupForm, STEPS, toSetUpInput } from './setup-form.ts'
import { StepFields } from './wizard-steps.tsx'

interface WizardProps {
  form: SetupForm
  onForm: (form: SetupForm) => void
  /** Place of the step in `STEPS`. */
  at: number
  onAt: (at: number) => void
  onLeave: () => void
  /** The till is set up. */
  onDone: () => void
}

/** Setting up in seven steps. Going back loses nothing: the answers live above the steps. */
export function Wizard({ form, onForm, at, onAt, onLeave, onDone }: WizardProps) {
  const queries = useQueryClient()
  const place = useRef<HTMLFormElement>(null)
  const [problem, setProblem] = useState<FoundProblem | null>(null)
  const command = useCommand<SetupForm, unknown>({
    send: (commandId, input) => client.setup.setUp(toSetUpInput(input, commandId)),
    done: () => {
      onDone()
      void queries.invalidateQueries()
    },
  })
  const step = STEPS[at] ?? 'utility'
  const isLast = at === STEPS.length - 1
  const next = () => {
    const found = problemOfStep(step, form)
    setProblem(found)
    if (found !== null) focusField(place.current, found.field)
    else if (isLast) command.run(form)
    else onAt(at + 1)
  }
  const back = () => {
    setProblem(null)
    command.clear()
    if (at === 0) onLeave()
    else onAt(at - 1)
  }
  const change = (draft: SetupForm) => {
    setProblem(null)
    onForm(draft)
  }
  const forward = isLast ? setupText.finish : setupText.next
  const title = setupText.step(at + 1, STEPS.length, setupText.steps[step])
  const keys: KeyDeclaration[] = [
    { key: 'F10', label: forward, run: next, disabled: command.pending },
    { key: 'Escape', label: setupText.keys.back, run: back },
  ]
  const errorAt = (field: string) => (problem?.field === field ? problem.message : null)
  return (
    <Screen title={setupText.wizardTitle} keys={keys}>
      <div className="wizard">
        <StepList at={at} />
        <Panel title={title} hint={setupText.hints[step]} className="stack">
          <form
            ref={place}
            className="stack"
            onSubmit={event => {
              event.preventDefault()
              next()
            }}
          >
            <StepPlace key={step}>
              <StepFields step={step} draft={form} change={change} errorAt={errorAt} />
            </StepPlace>
            <ErrorNote>{command.problem}</ErrorNote>
            <div className="row">
              <Button type="submit" loading={command.pending}>
                {forward}
              </Button>
              <Button variant="default" onClick={back}>
                {setupText.back}
              </Button>
            </div>
          </form>
        </Panel>
      </div>
    </Screen>
  )
}

/** One step's fields; the cursor goes into the first of them when the step appears. */
function StepPlace({ children }: { children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => focusFirst(place.current), [])
  return (
    <div ref={place} className="stack">
      {children}
    </div>
  )
}

function StepList({ at }: { at: number }) {
  return (
    <ol className="wizard-steps">
      {STEPS.map((step, i) => (
        <li key={step} aria-current={i === at ? 'step' : undefined} className={i < at ? 'done' : undefined}>
          <span aria-hidden="true">{i < at ? '✓' : i + 1}</span> {setupText.steps[step]}
        </li>
      ))}
    </ol>
  )
}

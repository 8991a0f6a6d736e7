import { Button } from '@mantine/core'
import { type ReactNode, useRef } from 'react'
import { useLocation } from 'wouter'
import { client } from '../../client.ts'
import { movementText, slipsText } from '../../text/custody/movement.ts'
import { Answer } from '../../ui/dialog/answer.tsx'
import { useFirstFocus } from '../../ui/keys/first-focus.ts'
import type { KeyDeclaration } from '../../ui/keys/keys.ts'
import { usePaper } from '../../ui/paper.tsx'
import { BigFigure, Panel } from '../../ui/parts.tsx'
import { Screen } from '../../ui/screen.tsx'
import './movement.css'
import { type MovementSheet, useSheet } from '../count/use-sheet.ts'

/** Work at an open drawer: shown once its sheet has come, and said why not where there is none. */
export function WithSheet({
  title,
  children,
}: {
  title: string
  children: (sheet: MovementSheet) => ReactNode
}) {
  const [, go] = useLocation()
  const sheet = useSheet()
  if (sheet.data !== undefined) return children(sheet.data)
  return (
    <Screen title={title} keys={[{ key: 'Escape', label: movementText.keys.back, run: () => go('/drawer') }]}>
      <Panel title={title}>
        <Answer asked={sheet} loading={movementText.loading}>
          {() => null}
        </Answer>
      </Panel>
    </Screen>
  )
}

export interface DoneMovement {
  movementId: string
  number: string
}

interface DoneProps {
  movement: DoneMovement
  title: string
  message: string
  figures: readonly { label: string; value: string }[]
}

/** It is done: its number, what moved, and the slip to print. */
export function DonePanel({ movement, title, message, figures }: DoneProps) {
  const [, go] = useLocation()
  const place = useRef<HTMLDivElement>(null)
  const paper = usePaper()
  useFirstFocus(place)
  const { movementId, number } = movement
  const print = () => paper.show(slipsText.title1(number), () => client.movement.document({ movementId }))
  const keys: KeyDeclaration[] = [
    { key: 'Ctrl+P', label: movementText.keys.print, run: print },
    { key: 'F12', label: movementText.toDrawer, run: () => go('/drawer') },
    { key: 'Escape', label: movementText.keys.window, run: () => go('/') },
  ]
  return (
    <Screen title={title} keys={keys}>
      <div ref={place}>
        <Panel className="stack movement-done">
          <div role="status">
            <h2>{title}</h2>
            <p className="muted">{message}</p>
          </div>
          <div className="movement-figures">
            {figures.map(figure => (
              <BigFigure key={figure.label} label={figure.label} value={figure.value} medium />
            ))}
          </div>
          <div className="row">
            <Button data-autofocus onClick={print}>
              {movementText.keys.print}
            </Button>
            <Button variant="default" onClick={() => go('/')}>
              {movementText.keys.window}
            </Button>
          </div>
        </Panel>
      </div>
      {paper.dialog}
    </Screen>
  )
}

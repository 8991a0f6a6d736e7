import { Button, Textarea } from '@mantine/core'
import { type FormEvent, useRef, useState } from 'react'
import type { Role } from '../../../../shared/roles.ts'
import { twoCountsText } from '../../../text/session/two-counts.ts'
import { Choices } from '../../../ui/choices.tsx'
import { useFirstFocus } from '../../../ui/keys/first-focus.ts'
import { ErrorNote, Panel } from '../../../ui/parts.tsx'
import { Screen } from '../../../ui/screen.tsx'

export interface OtherPerson {
  personId: string
  name: string
  role: Role
  /** The drawer that they have open, where that is in the way. */
  drawerName: string | null
}

interface ChooseSecondProps {
  title: string
  question: string
  hint: string
  people: readonly OtherPerson[]
  /** Asks for a reason too, under this label, and says this where it is missing. */
  reason: { label: string; missing: string } | null
  onChosen: (secondId: string, reason: string) => void
  onBack: () => void
}

/** Who counts with whoever is signed in, and where it must be said, why. */
export function ChooseSecond({ title, question, hint, people, reason, onChosen, onBack }: ChooseSecondProps) {
  const place = useRef<HTMLFormElement>(null)
  const [chosen, setChosen] = useState<string | null>(null)
  const [text, setText] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  useFirstFocus(place)
  const person = people.find(({ personId }) => personId === chosen) ?? people[0]
  const begin = () => {
    if (person === undefined) return
    if (person.drawerName !== null) setProblem(twoCountsText.hasDrawer(person.name, person.drawerName))
    else if (reason !== null && text.trim() === '') {
      setProblem(reason.missing)
      place.current?.querySelector('textarea')?.focus()
    } else onChosen(person.personId, text.trim())
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    begin()
  }
  return (
    <Screen
      title={title}
      keys={[
        { key: 'F10', label: twoCountsText.keys.begin, run: begin, disabled: person === undefined },
        { key: 'Escape', label: twoCountsText.keys.back, run: onBack },
      ]}
    >
      <Panel title={question} hint={hint} className="stack two-counts-panel">
        <form className="stack" ref={place} onSubmit={submit}>
          {people.length === 0 && <p role="status">{twoCountsText.nobody}</p>}
          <Choices
            label={twoCountsText.person}
            choices={people.map(({ personId, name, role }) => ({ id: personId, label: `${name} · ${role}` }))}
            value={person?.personId ?? null}
            onChange={id => {
              setChosen(id)
              setProblem(null)
            }}
            onEnter={reason === null ? begin : () => place.current?.querySelector('textarea')?.focus()}
            autoFocus
          />
          {reason !== null && (
            <Textarea
              label={reason.label}
              value={text}
              onChange={event => setText(event.currentTarget.value)}
              maxLength={80}
              autosize
              minRows={2}
            />
          )}
          <ErrorNote>{problem}</ErrorNote>
          <div>
            <Button type="submit" disabled={person === undefined}>
              {twoCountsText.begin}
            </Button>
          </div>
        </form>
      </Panel>
    </Screen>
  )
}

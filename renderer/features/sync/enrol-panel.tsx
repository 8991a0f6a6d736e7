import { Button, TextInput } from '@mantine/core'
import { type FormEvent, type KeyboardEvent, useRef, useState } from 'react'
import { client } from '../../client.ts'
import { useSending } from '../../command.ts'
import { syncText } from '../../text/sync.ts'
import { ErrorNote, Panel } from '../../ui/parts.tsx'

interface EnrolPanelProps {
  /** True where this till is connected already, and would be connected anew. */
  isAgain: boolean
  onEnrolled: (utilityName: string) => void
}

/** Address and code; the code works once, so it is cleared when it has. */
export function EnrolPanel({ isAgain, onEnrolled }: EnrolPanelProps) {
  const [address, setAddress] = useState('')
  const [code, setCode] = useState('')
  const codeField = useRef<HTMLInputElement>(null)
  const enrolling = useSending({
    send: (input: { address: string; code: string }) => client.sync.enrol(input),
    done: ({ utilityName }) => {
      setAddress('')
      setCode('')
      onEnrolled(utilityName)
    },
  })
  const toCode = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || code !== '') return
    event.preventDefault()
    codeField.current?.focus()
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    enrolling.run({ address, code })
  }
  return (
    <Panel
      title={isAgain ? syncText.enrolAgainTitle : syncText.enrolTitle}
      hint={syncText.enrolHint}
      className="stack"
    >
      <form className="stack sync-enrol" onSubmit={submit}>
        <div className="sync-fields">
          <TextInput
            label={syncText.address}
            placeholder={syncText.addressExample}
            value={address}
            onChange={event => setAddress(event.currentTarget.value)}
            onKeyDown={toCode}
            maxLength={200}
            spellCheck={false}
            autoComplete="off"
            required
          />
          <TextInput
            ref={codeField}
            label={syncText.code}
            value={code}
            onChange={event => setCode(event.currentTarget.value)}
            maxLength={60}
            spellCheck={false}
            autoComplete="off"
            required
          />
        </div>
        <ErrorNote>{enrolling.problem}</ErrorNote>
        <div>
          <Button type="submit" loading={enrolling.pending}>
            {syncText.enrol}
          </Button>
        </div>
      </form>
    </Panel>
  )
}

/** Puts the cursor into the address. */
export function focusEnrolment(): void {
  document.querySelector<HTMLElement>('.sync-enrol input')?.focus()
}

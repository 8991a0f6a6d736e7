import { Button, TextInput } from '@mantine/core'
import { type FormEvent, type KeyboardEvent, useRef, useState } from 'react'
import { centralAddress } from '../../../shared/rules/sync/central-address.ts'
import { client } from '../../client.ts'
import { useSending } from '../../command.ts'
import { syncText } from '../../text/sync.ts'
import { usePerson } from '../../till.ts'
import { ApprovalDialog } from '../../ui/dialog/dialogs.tsx'
import { useApproving } from '../../ui/dialog/use-approving.ts'
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
  const { personId } = usePerson()
  const enrolling = useSending({
    send: (input: Parameters<typeof client.sync.enrol>[0]) => client.sync.enrol(input),
    done: ({ utilityName }) => {
      setAddress('')
      setCode('')
      onEnrolled(utilityName)
    },
  })
  const approving = useApproving(enrolling)
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
        <EnrolFields {...{ address, setAddress, code, setCode }} />
        <ErrorNote>{approving.asking ? null : approving.problem}</ErrorNote>
        <div>
          <Button type="submit" loading={enrolling.pending}>
            {syncText.enrol}
          </Button>
        </div>
      </form>
      {approving.asking && (
        <ApprovalDialog
          title={syncText.approveTitle}
          ofPersonId={personId}
          pending={enrolling.pending}
          problem={approving.problem}
          onApprove={approval => enrolling.run({ address, code, approval })}
          onCancel={approving.stop}
        >
          <p>{syncText.approve(centralAddress(address) ?? address)}</p>
        </ApprovalDialog>
      )}
    </Panel>
  )
}

interface EnrolFieldsProps {
  address: string
  setAddress: (address: string) => void
  code: string
  setCode: (code: string) => void
}

function EnrolFields({ address, setAddress, code, setCode }: EnrolFieldsProps) {
  const codeField = useRef<HTMLInputElement>(null)
  const toCode = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || code !== '') return
    event.preventDefault()
    codeField.current?.focus()
  }
  return (
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
  )
}

/** Puts the cursor into the address. */
export function focusEnrolment(): void {
  document.querySelector<HTMLElement>('.sync-enrol input')?.focus()
}

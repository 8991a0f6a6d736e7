import { Button, PasswordInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { client, orpc, setSignIn } from '../../client.ts'
import { sayError } from '../../text/refusals/refusals.ts'
import { SIGN_IN } from '../../text/sign-in.ts'
import { UI } from '../../text/ui.ts'
import { Choices } from '../../ui/choices.tsx'
import { ErrorNote, Panel } from '../../ui/parts.tsx'
import { Screen } from '../../ui/screen.tsx'

function useSignIn() {
  const queries = useQueryClient()
  const [pending, setPending] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const signIn = async (personId: string, pin: string) => {
    setPending(true)
    setError(null)
    try {
      const { signInToken } = await client.person.signIn({ personId, pin })
      setSignIn(signInToken)
      await queries.invalidateQueries()
    } catch (reason) {
      setError(reason)
    } finally {
      setPending(false)
    }
  }
  return { signIn, pending, error }
}

/** Name by arrow keys or letters, Enter, PIN, Enter. */
export default function SignInScreen() {
  const names = useQuery(orpc.person.names.queryOptions())
  const { signIn, pending, error } = useSignIn()
  const [personId, setPersonId] = useState<string | null>(null)
  const [pin, setPin] = useState('')
  const pinField = useRef<HTMLInputElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const people = names.data ?? []
  const chosen = personId ?? people[0]?.personId ?? null
  const ready = people.length > 0
  useEffect(() => {
    if (ready) list.current?.focus()
  }, [ready])
  useEffect(() => {
    // A wrong PIN is typed again: the field is empty and has the focus once more.
    if (error !== null) pinField.current?.focus()
  }, [error])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (chosen === null || pin === '' || pending) return
    void signIn(chosen, pin)
    setPin('')
  }
  return (
    <Screen title={SIGN_IN.title} keys={[]}>
      <form className="sign-in" onSubmit={submit}>
        <Panel title={SIGN_IN.title} hint={SIGN_IN.hint} className="stack">
          <ErrorNote>{names.error === null ? null : sayError(names.error)}</ErrorNote>
          {ready && (
            <Choices
              ref={list}
              label={SIGN_IN.name}
              choices={people.map(p => ({ id: p.personId, label: p.name }))}
              value={chosen}
              onChange={setPersonId}
              onEnter={() => pinField.current?.focus()}
            />
          )}
          <PasswordInput
            ref={pinField}
            label={UI.pin}
            value={pin}
            onChange={event => setPin(event.currentTarget.value)}
            inputMode="numeric"
            maxLength={20}
          />
          <ErrorNote>{error === null ? null : sayError(error)}</ErrorNote>
          <Button type="submit" loading={pending} disabled={chosen === null || pin === ''} size="lg">
            {SIGN_IN.enter}
          </Button>
        </Panel>
      </form>
    </Screen>
  )
}

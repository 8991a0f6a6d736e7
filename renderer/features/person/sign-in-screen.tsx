import { Button, PasswordInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { client, orpc, setSignIn } from '../../client.ts'
import { refusalCode, sayError } from '../../text/refusals/refusals.ts'
import { SIGN_IN } from '../../text/sign-in.ts'
import { UI } from '../../text/ui.ts'
import { Choices } from '../../ui/choices.tsx'
import { ErrorNote, Panel } from '../../ui/parts.tsx'
import { Screen } from '../../ui/screen.tsx'
import { ChoosePin } from './choose-pin.tsx'

/** A PIN that was right and that somebody else had set. */
interface Given {
  personId: string
  pin: string
}

function useSignIn() {
  const queries = useQueryClient()
  const [pending, setPending] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const [given, setGiven] = useState<Given | null>(null)
  const signIn = async (personId: string, pin: string, newPin?: string) => {
    setPending(true)
    setError(null)
    try {
      const chosen = newPin === undefined ? {} : { newPin }
      const { signInToken } = await client.person.signIn({ personId, pin, ...chosen })
      setSignIn(signInToken)
      await queries.invalidateQueries()
    } catch (reason) {
      const isToChoose = newPin === undefined && refusalCode(reason) === 'PIN_TO_BE_CHOSEN'
      if (isToChoose) setGiven({ personId, pin })
      else setError(reason)
    } finally {
      setPending(false)
    }
  }
  const back = () => {
    setGiven(null)
    setError(null)
  }
  return { signIn, pending, error, given, back }
}

type SignIn = ReturnType<typeof useSignIn>

/** Name by arrow keys or letters, Enter, PIN, Enter; and another PIN in the place of one that somebody else set. */
export default function SignInScreen() {
  const signing = useSignIn()
  const { signIn, pending, error, given, back } = signing
  if (given === null) return <NameAndPin {...signing} />
  return (
    <Screen title={SIGN_IN.chooseTitle} keys={[{ key: 'Escape', label: UI.back, run: back }]}>
      <ChoosePin
        pin={given.pin}
        pending={pending}
        problem={error === null ? null : sayError(error)}
        onChoose={newPin => void signIn(given.personId, given.pin, newPin)}
        onBack={back}
      />
    </Screen>
  )
}

function NameAndPin({ signIn, pending, error }: Pick<SignIn, 'signIn' | 'pending' | 'error'>) {
  const names = useQuery(orpc.person.names.queryOptions())
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

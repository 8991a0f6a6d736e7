import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { newId } from '../../../shared/id.ts'
import { client } from '../../client.ts'
import { useLongWork } from '../../ui/long-work.ts'
import { newSetup } from './setup-form.ts'
import { Welcome } from './welcome.tsx'
import { Wizard } from './wizard.tsx'
import './first-run.css'

const SAMPLE_ACCOUNTS = 50_000

/** A till without a ledger: the sample city by one key, or the wizard. Both end at the sign-in. */
export default function FirstRunScreen() {
  const queries = useQueryClient()
  const [setup, setSetup] = useState(() =>
    newSetup(
      { bankAccountId: newId(), drawerId: newId(), personId: newId() },
      Intl.DateTimeFormat().resolvedOptions().timeZone,
    ),
  )
  const [inWizard, setInWizard] = useState(false)
  const sample = useLongWork<unknown>()
  const openSample = () =>
    sample.start(async signal => {
      const events = await client.till.openSample({ accounts: SAMPLE_ACCOUNTS }, { signal })
      return thenAskAgain(events, () => void queries.invalidateQueries())
    })
  if (!inWizard) {
    return (
      <Welcome
        state={sample.state}
        onSample={openSample}
        onCancel={sample.cancel}
        onOwn={() => setInWizard(true)}
      />
    )
  }
  return <Wizard form={setup} onForm={setSetup} onLeave={() => setInWizard(false)} />
}

/** The same events; when they have ended the till is another one, and everything is asked again. */
async function* thenAskAgain<T>(
  events: AsyncIterable<T>,
  askAgain: () => void,
): AsyncGenerator<T, void, void> {
  yield* events
  askAgain()
}

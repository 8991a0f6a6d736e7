import { useQueryClient } from '@tanstack/react-query'
import { client } from '../../../client.ts'
import { useLongWork } from '../../../ui/long-work.ts'
import { useKeptSetup } from './use-kept-setup.ts'
import { Welcome } from './welcome.tsx'
import { Wizard } from './wizard.tsx'
import './first-run.css'

const SAMPLE_ACCOUNTS = 50_000

/** A till without a ledger: the sample city by one key, or the wizard. Both end at the sign-in. */
export function FirstRunScreen() {
  const queries = useQueryClient()
  const { kept, change, forget } = useKeptSetup()
  const sample = useLongWork<unknown>()
  const openSample = () =>
    sample.start(async signal => {
      const events = await client.setup.openSample({ accounts: SAMPLE_ACCOUNTS }, { signal })
      return thenAskAgain(events, () => void queries.invalidateQueries())
    })
  if (kept.at === null) {
    return (
      <Welcome
        state={sample.state}
        onSample={openSample}
        onCancel={sample.cancel}
        onOwn={() => change({ at: 0 })}
      />
    )
  }
  return (
    <Wizard
      form={kept.form}
      onForm={form => change({ form })}
      at={kept.at}
      onAt={at => change({ at })}
      onLeave={() => change({ at: null })}
      onDone={forget}
    />
  )
}

/** The same events; when they have ended the till is another one, and everything is asked again. */
async function* thenAskAgain<T>(
  events: AsyncIterable<T>,
  askAgain: () => void,
): AsyncGenerator<T, void, void> {
  yield* events
  askAgain()
}

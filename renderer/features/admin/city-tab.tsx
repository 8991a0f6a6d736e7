import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useLocation } from 'wouter'
import type { Settings } from '../../../shared/settings.ts'
import { client, orpc } from '../../client.ts'
import { useCommand } from '../../command.ts'
import { adminText, cityText } from '../../text/admin.ts'
import { Answer } from '../../ui/answer.tsx'
import type { KeyDeclaration } from '../../ui/keys.ts'
import { ErrorNote } from '../../ui/parts.tsx'
import { AdminFrame, type AdminPlace, type AdminTab } from './admin-frame.tsx'
import { type CityDraft, cityDraft, cityProblem, toSettings } from './city-draft.ts'
import { MoneySection, ReceiptSection, RulesSection, UtilitySection } from './city-fields.tsx'
import type { FoundProblem } from './found-problem.ts'
import { focusField } from './record-form.tsx'
import { LeaveQuestion } from './record-tab.tsx'

/** What the city sets for itself. */
export function CityTab(place: AdminPlace) {
  const [, go] = useLocation()
  const settings = useQuery(orpc.till.settings.queryOptions())
  if (settings.data !== undefined) return <CityForm {...place} settings={settings.data} />
  const keys = [{ key: 'Escape', label: adminText.keys.back, run: () => go('/') }]
  return (
    <AdminFrame {...place} keys={keys}>
      <Answer asked={settings}>{() => null}</Answer>
    </AdminFrame>
  )
}

/** The draft over the settings it began with; saving makes what was saved the new beginning. */
function useCityForm(settings: Settings) {
  const [base, setBase] = useState(settings)
  const [draft, setDraft] = useState(() => cityDraft(settings))
  const [problem, setProblem] = useState<FoundProblem | null>(null)
  const [saved, setSaved] = useState(false)
  const command = useCommand<Settings, unknown>({
    send: (commandId, input) => client.till.saveSettings({ commandId, settings: input }),
    done: (_, input) => {
      setBase(input)
      setDraft(cityDraft(input))
      setSaved(true)
    },
  })
  const change = (next: CityDraft) => {
    setDraft(next)
    setProblem(null)
    setSaved(false)
  }
  const changed = JSON.stringify(draft) !== JSON.stringify(cityDraft(base))
  /** Sends what was typed; gives the field that has to be mended first. */
  const save = (): string | null => {
    const found = cityProblem(draft)
    setProblem(found)
    if (found === null) command.run(toSettings(base, draft))
    return found?.field ?? null
  }
  return { draft, change, changed, save, saved, problem, command }
}

function CityForm({ settings, ...place }: AdminPlace & { settings: Settings }) {
  const [, go] = useLocation()
  const form = useRef<HTMLFormElement>(null)
  const { draft, change, changed, save, saved, problem, command } = useCityForm(settings)
  const [leaving, setLeaving] = useState<(() => void) | null>(null)
  const careful = (then: () => void) => (changed ? setLeaving(() => then) : then())
  const submit = () => {
    const field = save()
    if (field !== null) focusField(form.current, field)
  }
  const keys: KeyDeclaration[] = [
    { key: 'F10', label: adminText.keys.save, run: submit, disabled: command.pending },
    { key: 'Escape', label: adminText.keys.back, run: () => careful(() => go('/')) },
  ]
  const toTab = (tab: AdminTab) => careful(() => place.onTab(tab))
  const fields = {
    draft,
    change,
    errorAt: (field: string) => (problem?.field === field ? problem.words : null),
  }
  return (
    <AdminFrame {...place} onTab={toTab} keys={keys}>
      <form
        ref={form}
        className="admin-city"
        onSubmit={event => {
          event.preventDefault()
          submit()
        }}
      >
        <div className="scroll">
          <div className="admin-city-sections">
            <UtilitySection {...fields} />
            <ReceiptSection {...fields} />
            <RulesSection {...fields} />
            <MoneySection {...fields} />
          </div>
        </div>
        <div className="row admin-city-foot">
          <Button type="submit" loading={command.pending}>
            {adminText.save}
          </Button>
          <span role="status">{saved ? cityText.saved : ''}</span>
          <ErrorNote>{problem?.words ?? command.problem}</ErrorNote>
        </div>
      </form>
      {leaving !== null && <LeaveQuestion onLeave={leaving} onStay={() => setLeaving(null)} />}
    </AdminFrame>
  )
}

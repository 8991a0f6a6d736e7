import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import type { Settings } from '../../../shared/settings/index.ts'
import { client, orpc } from '../../client.ts'
import { useCommand } from '../../command.ts'
import { adminText } from '../../text/setup/admin.ts'
import { Answer } from '../../ui/dialog/answer.tsx'
import type { KeyDeclaration } from '../../ui/keys/keys.ts'
import { ErrorNote } from '../../ui/parts.tsx'
import { AdminFrame, type AdminPlace, type AdminTab } from './admin-frame.tsx'
import type { FoundProblem } from './found-problem.ts'
import { type FieldsProps, focusField } from './record-form.tsx'
import { LeaveQuestion } from './record-tab.tsx'

/** A part of the city's settings as a form: how it is typed, checked and laid over the rest. */
export interface SettingsEdit<D> {
  draftOf: (settings: Settings) => D
  problemOf: (draft: D) => FoundProblem | null
  /** What was typed laid over the settings that the form does not show. */
  apply: (before: Settings, draft: D) => Settings
  savedLabels: string
  fields: (props: FieldsProps<D>) => ReactNode
}

/** A tab that changes part of the city's settings. */
export function SettingsTab<D>({ place, edit }: { place: AdminPlace; edit: SettingsEdit<D> }) {
  const [, go] = useLocation()
  const settings = useQuery(orpc.setup.settings.queryOptions())
  if (settings.data !== undefined) return <SettingsForm place={place} edit={edit} settings={settings.data} />
  const keys = [{ key: 'Escape', label: adminText.keys.back, run: () => go('/') }]
  return (
    <AdminFrame {...place} keys={keys}>
      <Answer asked={settings}>{() => null}</Answer>
    </AdminFrame>
  )
}

/** The draft over the settings it began with; saving makes what was saved the new beginning. */
function useSettingsForm<D>(settings: Settings, edit: SettingsEdit<D>) {
  const [base, setBase] = useState(settings)
  const [draft, setDraft] = useState(() => edit.draftOf(settings))
  const [problem, setProblem] = useState<FoundProblem | null>(null)
  const [saved, setSaved] = useState(false)
  const command = useCommand<Settings, unknown>({
    send: (commandId, input) => client.setup.saveSettings({ commandId, before: base, settings: input }),
    done: (_, input) => {
      setBase(input)
      setDraft(edit.draftOf(input))
      setSaved(true)
    },
  })
  const change = (next: D) => {
    setDraft(next)
    setProblem(null)
    setSaved(false)
  }
  const changed = JSON.stringify(draft) !== JSON.stringify(edit.draftOf(base))
  // What nobody has typed into follows what another screen saved.
  if (!changed && !command.pending && JSON.stringify(base) !== JSON.stringify(settings)) {
    setBase(settings)
    setDraft(edit.draftOf(settings))
  }
  /** Sends what was typed; gives the field that has to be mended first. */
  const save = (): string | null => {
    const found = edit.problemOf(draft)
    setProblem(found)
    if (found === null) command.run(edit.apply(base, draft))
    return found?.field ?? null
  }
  return { draft, change, changed, save, saved, problem, command }
}

interface SettingsFormProps<D> {
  place: AdminPlace
  edit: SettingsEdit<D>
  settings: Settings
}

function SettingsForm<D>({ place, edit, settings }: SettingsFormProps<D>) {
  const [, go] = useLocation()
  const form = useRef<HTMLFormElement>(null)
  const { draft, change, changed, save, saved, problem, command } = useSettingsForm(settings, edit)
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
  const errorAt = (field: string) => (problem?.field === field ? problem.message : null)
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
        <div className="scroll">{edit.fields({ draft, change, errorAt })}</div>
        <div className="row admin-city-foot">
          <Button type="submit" loading={command.pending}>
            {adminText.save}
          </Button>
          <span role="status">{saved ? edit.savedLabels : ''}</span>
          <ErrorNote>{problem?.message ?? command.problem}</ErrorNote>
        </div>
      </form>
      {leaving !== null && <LeaveQuestion onLeave={leaving} onStay={() => setLeaving(null)} />}
    </AdminFrame>
  )
}

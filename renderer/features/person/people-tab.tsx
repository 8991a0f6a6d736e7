import { Button, NativeSelect, PasswordInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { newId } from '../../../shared/id.ts'
import { ADMINISTRATORS, RELEASERS, ROLES } from '../../../shared/roles.ts'
import { client, orpc } from '../../client.ts'
import { useCommand } from '../../command.ts'
import { adminText, peopleText } from '../../text/setup/admin.ts'
import { usePerson } from '../../till.ts'
import type { Approval } from '../../ui/dialog/dialogs.tsx'
import { ErrorNote, Tag } from '../../ui/parts.tsx'
import type { AdminPlace } from '../forms/admin-frame.tsx'
import { Field, SwitchField, TextField } from '../forms/field.tsx'
import type { FieldsProps } from '../forms/record-form.tsx'
import { RecordTab } from '../forms/record-tab.tsx'
import { newPerson, type Person, type PersonDraft, personDraft, personProblem } from './person-draft.ts'

function savePerson(
  commandId: string,
  { personId, name, role, active, newPin }: PersonDraft,
  was: Person | null,
  approval?: Approval,
) {
  const pin = newPin === '' ? {} : { newPin }
  const before = was && { personId, name: was.name, role: was.role, active: was.active }
  return client.person.save({
    commandId,
    before,
    personId,
    name: name.trim(),
    role,
    active,
    ...pin,
    ...(approval && { approval }),
  })
}

/** Who works here, in which role; administrators change it, supervisors release lock-outs. */
export function PeopleTab(place: AdminPlace) {
  const { role } = usePerson()
  const people = useQuery(orpc.person.list.queryOptions())
  const [released, setReleased] = useState<string | null>(null)
  const mayEdit = ADMINISTRATORS.includes(role)
  return (
    <RecordTab<Person, PersonDraft>
      {...place}
      title={adminText.tabs.people}
      asked={people}
      notice={released === null ? null : peopleText.released(released)}
      keyOf={person => person.personId}
      nameOf={draft => draft.name}
      {...(mayEdit ? {} : { hint: peopleText.onlyRelease })}
      columns={[
        { title: peopleText.columns.name, cell: person => person.name },
        { title: peopleText.columns.role, cell: person => peopleText.roles[person.role] },
        {
          title: peopleText.columns.state,
          cell: person => (
            <PersonState person={person} onReleased={RELEASERS.includes(role) ? setReleased : null} />
          ),
        },
      ]}
      edit={
        mayEdit
          ? {
              draftOf: personDraft,
              blank: () => newPerson(newId()),
              newTitle: peopleText.newTitle,
              problemOf: personProblem,
              save: savePerson,
              fields: PersonFields,
              approve: {
                title: peopleText.approveTitle,
                ofPerson: ({ personId }) => personId,
                question: ({ name, role: willBe, active, newPin, isNew }, { name: was }) =>
                  [
                    ...(isNew || was === name.trim() ? [] : [peopleText.renamed(was, name.trim())]),
                    peopleText.approve(name, peopleText.roles[willBe], active, newPin !== ''),
                  ].join(' '),
              },
            }
          : null
      }
    />
  )
}

interface PersonStateProps {
  person: Person
  /** Null for people who may release nobody. */
  onReleased: ((name: string) => void) | null
}

function PersonState({ person, onReleased }: PersonStateProps) {
  const { states } = peopleText
  return (
    <span className="row tight">
      <Tag tone={person.active ? 'good' : 'plain'}>{person.active ? states.active : states.inactive}</Tag>
      {!person.hasPin && <Tag tone="warn">{states.noPin}</Tag>}
      {person.toChoose && <Tag tone="plain">{states.toChoose}</Tag>}
      {person.lockedOut && <Tag tone="bad">{states.lockedOut}</Tag>}
      {person.lockedOut && onReleased !== null && <ReleaseButton {...{ person, onReleased }} />}
    </span>
  )
}

/** Lets somebody who mistyped too often sign in again. */
function ReleaseButton({ person, onReleased }: { person: Person; onReleased: (name: string) => void }) {
  const command = useCommand<string, unknown>({
    send: (commandId, personId) => client.person.release({ commandId, personId }),
    done: () => {
      onReleased(person.name)
      // The button goes away with the lock-out; the focus must not go with it.
      document.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]')?.focus()
    },
  })
  return (
    <>
      <Button
        size="compact-sm"
        className="admin-release"
        aria-label={peopleText.releaseOf(person.name)}
        loading={command.pending}
        onClick={() => command.run(person.personId)}
      >
        {peopleText.release}
      </Button>
      <ErrorNote>{command.problem}</ErrorNote>
    </>
  )
}

function PersonFields({ draft, change, errorAt }: FieldsProps<PersonDraft>) {
  const again = draft.isNew || draft.newPin !== '' || draft.pinAgain !== ''
  const pinLabel = draft.isNew ? peopleText.pin : peopleText.newPin
  return (
    <>
      <TextField
        name="name"
        label={peopleText.name}
        value={draft.name}
        onChange={name => change({ ...draft, name })}
        error={errorAt('name')}
        start
      />
      <Field name="role">
        <NativeSelect
          label={peopleText.role}
          value={draft.role}
          data={ROLES.map(value => ({ value, label: peopleText.roles[value] }))}
          onChange={event => {
            const role = ROLES.find(candidate => candidate === event.currentTarget.value)
            if (role !== undefined) change({ ...draft, role })
          }}
        />
      </Field>
      <Field name="newPin">
        <PasswordInput
          label={pinLabel}
          description={draft.isNew ? peopleText.pinHint : peopleText.newPinHint}
          value={draft.newPin}
          onChange={event => change({ ...draft, newPin: event.currentTarget.value })}
          error={errorAt('newPin')}
          inputMode="numeric"
          maxLength={20}
        />
      </Field>
      {again && (
        <Field name="pinAgain">
          <PasswordInput
            label={peopleText.pinAgain}
            value={draft.pinAgain}
            onChange={event => change({ ...draft, pinAgain: event.currentTarget.value })}
            error={errorAt('pinAgain')}
            inputMode="numeric"
            maxLength={20}
          />
        </Field>
      )}
      <SwitchField
        label={peopleText.active}
        checked={draft.active}
        onChange={active => change({ ...draft, active })}
      />
    </>
  )
}

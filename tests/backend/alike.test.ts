import { expect, it } from 'vitest'
import { personById } from '../../db/queries/person.ts'
import { looksAlike } from '../../electron/backend/request/alike.ts'
import { ownCommand } from '../../electron/backend/request/pins.ts'
import { newId } from '../../shared/id.ts'
import { approvedPin } from '../support/office.ts'
import { refused } from '../support/refusals.ts'
import { clientOf } from '../support/screens.ts'
import { openTestTill } from '../support/till.ts'

it.each([
  ['R. Chen', 'r. chen'],
  ['Ian', 'ian'],
  ['R. Chen', 'R.\u00a0Chen'],
  ['R. Chen', 'R.  Chen'],
  ['R. Chen', 'R. Ch\u200ben'],
  ['R. Chen', 'R. Ch\u00aden'],
  ['M. Alvarez', '\u041c. \u0410lvarez'],
  ['D. Whitfield', 'D. Wh\u0456tf\u0456eld'],
  ['Window 1', 'Window l'],
  ['R. Chen', 'R. C\u034fhen'],
  ['R. Chen', 'R. Chen\u3164'],
  ['R. Chen', 'R. \u03f9hen'],
  ['Cory Dern', 'Cory Dem'],
  ['Anna Bell', '\u0430nna bell'],
  ['Ａlvarez', 'Alvarez'],
])('%s and %s are one name', (a, b) => {
  expect(looksAlike(a, b)).toBe(true)
})

it.each([
  ['R. Chen', 'R. Chan'],
  ['Window 1', 'Window 2'],
  ['José', 'Jose'],
  ['Ana', 'Anna'],
  ['I. Lopez', 'L. Lopez'],
  ['P1', 'PL'],
  ['PERMIT-1', 'PERMIT-L'],
])('%s and %s are two', (a, b) => {
  expect(looksAlike(a, b)).toBe(false)
})

const PIN = { newPin: '8305', ...approvedPin() }

it('nobody is saved under a name that looks like another one’s', async () => {
  const till = await openTestTill()
  const administrator = await clientOf(till, 'administrator')
  const person = { personId: newId(), role: 'cashier', active: true, before: null, ...PIN } as const
  for (const name of ['M.\u00a0Alvarez', 'М. Аlvarez', 'M. Alv\u200barez'])
    await refused(administrator.person.save({ commandId: newId(), ...person, name }), 'NAME_TAKEN')
  await administrator.person.save({ commandId: newId(), ...person, name: 'M. Alvares' })
})

it('two who look alike already can be let go and changed, and neither gets the other’s name', async () => {
  const till = await openTestTill()
  const administrator = await clientOf(till, 'administrator')
  const [one, other] = [newId(), newId()].map(personId => ({
    personId,
    role: 'cashier' as const,
    active: true,
  }))
  if (!one || !other) throw new Error('Two are wanted')
  const { ledger } = till.backend
  ownCommand(till.backend, 'till', 'two', tx => {
    tx.append('person.saved', { ...one, name: 'Cory Dern', approvedBy: null })
    tx.append('person.saved', { ...other, name: 'Cory Dem', approvedBy: null })
  })
  const before = { ...other, name: 'Cory Dem' }
  await refused(
    administrator.person.save({ commandId: newId(), before, ...before, name: 'Cory  Dern', ...PIN }),
    'NAME_TAKEN',
  )
  await administrator.person.save({ commandId: newId(), before, ...before, ...PIN })
  await administrator.person.save({ commandId: newId(), before, ...before, active: false, ...approvedPin() })
  expect(personById(ledger.reader, other.personId)?.active).toBe(false)
})

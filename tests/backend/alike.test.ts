import { expect, it } from 'vitest'
import { looksAlike } from '../../electron/backend/request/alike.ts'
import { newId } from '../../shared/id.ts'
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
  ['Ａlvarez', 'Alvarez'],
])('%s and %s are one name', (a, b) => {
  expect(looksAlike(a, b)).toBe(true)
})

it.each([
  ['R. Chen', 'R. Chan'],
  ['Window 1', 'Window 2'],
  ['José', 'Jose'],
  ['Ana', 'Anna'],
])('%s and %s are two', (a, b) => {
  expect(looksAlike(a, b)).toBe(false)
})

it('nobody is saved under a name that looks like another one’s', async () => {
  const till = await openTestTill()
  const administrator = await clientOf(till, 'administrator')
  const person = { personId: newId(), role: 'cashier', active: true, newPin: '8305', before: null } as const
  for (const name of ['M.\u00a0Alvarez', 'М. Аlvarez', 'M. Alv\u200barez'])
    await refused(administrator.person.save({ commandId: newId(), ...person, name }), 'NAME_TAKEN')
  await administrator.person.save({ commandId: newId(), ...person, name: 'M. Alvares' })
})

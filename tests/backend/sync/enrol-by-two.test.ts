import { expect, it } from 'vitest'
import { build } from '../../../db/ledger/statement.ts'
import { CODE } from '../../support/central/fake-central.ts'
import { ADDRESS, openLineTill } from '../../support/central/line.ts'
import { approvalBy } from '../../support/desk.ts'
import { savePerson } from '../../support/office.ts'
import { refused } from '../../support/refusals.ts'
import { clientOf } from '../../support/screens.ts'
import { samplePerson } from '../../support/template.ts'

it('Enrolling a till takes two people, who are asked again once central has answered: a central could send everybody else away', async () => {
  const line = await openLineTill({ enrolled: false })
  const administrator = await clientOf(line.till, 'administrator')
  const asked = { address: ADDRESS, code: CODE }
  await refused(administrator.sync.enrol(asked), 'APPROVAL_NEEDED')
  await refused(administrator.sync.enrol({ ...asked, approval: approvalBy('cashier') }), 'APPROVER_ROLE')
  expect(line.central.asked).toEqual([])
  const { personId, name } = samplePerson('lead')
  line.central.faults.push(async (_asked, answer) => {
    const lead = { personId, name, role: 'lead' as const, active: false }
    await savePerson(administrator, { ...lead, approval: approvalBy('supervisor') })
    return answer()
  })
  await refused(administrator.sync.enrol({ ...asked, approval: approvalBy('lead') }), 'APPROVER_ROLE')
  expect(line.sync().enrolment).toBeUndefined()
  await administrator.sync.enrol({ ...asked, approval: approvalBy('supervisor') })
  const [stated] = line.till.backend.ledger.reader.all(
    build.selectFrom('journal').select('body').where('kind', '=', 'till.enrolled'),
  )
  expect(stated?.body).toContain(`"approvedBy":"${samplePerson('supervisor').personId}"`)
})

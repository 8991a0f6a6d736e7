/** A session that goes on past midnight: whatever is written of it is of the day on which it began. */
import { expect, it } from 'vitest'
import { newId } from '../../../shared/id.ts'
import type { FactKind } from '../../../shared/ledger/facts.ts'
import { cents } from '../../../shared/money.ts'
import { HOUR_MS } from '../../support/clock.ts'
import { approvalBy, CHANGE_FUND, countDrawer, openDrawer, pay } from '../../support/desk.ts'
import { clientOf } from '../../support/screens.ts'
import { openTestTill } from '../../support/till.ts'
import { absentInput, countOfOther, handOverInput } from '../../support/two-counts.ts'

const LIMIT = cents(250_000)

it('what is counted, read, lifted and closed after midnight is of the evening before', async () => {
  const till = await openTestTill()
  const client = await clientOf(till, 'cashier')
  const { sessionId } = await openDrawer(client, 'Window 1', LIMIT)
  const other = await openDrawer(await clientOf(till, 'colleague'), 'Window 2')
  till.clock.advance(16 * HOUR_MS)
  const lead = await clientOf(till, 'lead')
  await lead.session.readX({ sessionId })
  const count = await countOfOther(lead, sessionId, LIMIT)
  await lead.session.surpriseCount({ commandId: newId(), sessionId, count })
  await client.session.liftLimit({ commandId: newId(), reason: 'Large', approval: approvalBy('lead') })
  await countDrawer(client, LIMIT)
  const absent = await absentInput(lead, other.sessionId, CHANGE_FUND)
  await lead.session.closeAbsent(absent)
  const { entries } = await (await clientOf(till, 'auditor')).till.journal({})
  const written = entries.filter(({ kind }) =>
    ['x-read', 'surprise-counted', 'limit-lifted', 'counted', 'closed'].includes(
      kind.replace('session.', ''),
    ),
  )
  expect(written.map(({ kind, businessDate }) => [kind, businessDate]).reverse()).toEqual(
    ['x-read', 'surprise-counted', 'limit-lifted', 'counted', 'closed', 'counted', 'closed'].map(kind => [
      `session.${kind}`,
      '2026-11-20',
    ]),
  )
})

it('a limit that goes over with a drawer stays lifted as of the evening, in a session of the new day', async () => {
  const till = await openTestTill()
  const client = await clientOf(till, 'cashier')
  await openDrawer(client, 'Window 1', LIMIT)
  await client.session.liftLimit({ commandId: newId(), reason: 'Large', approval: approvalBy('lead') })
  till.clock.advance(16 * HOUR_MS)
  await pay(client, cents(100))
  await client.session.handOver(await handOverInput(client, cents(LIMIT + 100)))
  const auditor = await clientOf(till, 'auditor')
  const datesOf = async (kind: FactKind) =>
    (await auditor.till.journal({ kind })).entries.map(({ businessDate }) => businessDate)
  expect(await datesOf('session.limit-lifted')).toEqual(['2026-11-20', '2026-11-20'])
  expect(await datesOf('session.opened')).toEqual(['2026-11-21', '2026-11-20'])
})

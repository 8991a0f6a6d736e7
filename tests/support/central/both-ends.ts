/** A till and the real receiver, in one process, with nothing between them but requests. */

import { randomBytes } from 'node:crypto'
import { makeCode } from '../../../central/city/enrolment-codes.ts'
import { makeApp } from '../../../central/http/app.ts'
import type { CentralDb } from '../../../db/central/connection.ts'
import { silentLog } from '../../../electron/backend/runtime/log.ts'
import type { Fetch } from '../../../electron/backend/sync/client.ts'
import { START_MS } from '../clock.ts'
import { approvalBy } from '../desk.ts'
import { clientOf } from '../screens.ts'
import { openTestTill } from '../till.ts'
import { ADDRESS, settleLine, TestScheduler } from './line.ts'
import { CENTRAL_OWN } from './till-journal.ts'

/** A till that can reach the receiver of a database, and that is not enrolled there yet. */
export async function openBothEnds(db: CentralDb) {
  const app = makeApp({ key: CENTRAL_OWN, db, clock: () => START_MS, log: silentLog() })
  const fetch: Fetch = (url, { signal, ...init }) => {
    signal.throwIfAborted()
    return app.fetch(new Request(url, init))
  }
  const scheduler = new TestScheduler()
  const till = await openTestTill({ line: { fetch, scheduler } })
  const administrator = await clientOf(till, 'administrator')
  return {
    till,
    scheduler,
    administrator,
    async enrol() {
      const code = await makeCode(db, { nowMs: START_MS, bytes: randomBytes(12), note: 'Window 1' })
      await administrator.sync.enrol({ address: ADDRESS, code, approval: approvalBy('supervisor') })
    },
    settle: () => settleLine(till.backend.sync, scheduler),
  }
}

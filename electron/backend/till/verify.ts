import { os } from '../request/guard.ts'
import { eventsOf } from '../runtime/events.ts'

export const verify = os.till.verify.handler(({ context, signal }) => {
  const { jobs, dataDir } = context.backend
  return eventsOf(onProgress => jobs.runAlone('verify', { dataDir }, { onProgress, signal }))
})

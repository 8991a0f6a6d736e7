import { onTestFinished } from 'vitest'
import { openTillFor } from '../../electron/backend/open-till.ts'

/** A data folder as the program opens it; closed when the test ends. */
export async function opened(dir: string) {
  const till = openTillFor(dir)
  onTestFinished(async () => void ('close' in till && (await till.close())))
  return till
}

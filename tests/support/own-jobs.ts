/** Long work in the test's own process: to start a thread for each page costs more than all else of a short day. */
import type { StateMark } from '../../db/accounts/mark.ts'
import { type JobOptions, Jobs } from '../../electron/backend/runtime/jobs.ts'
import { RUNNERS } from '../../electron/backend/runtime/runners.ts'
import type { TaskInput, TaskName, TaskOutput } from '../../electron/backend/runtime/tasks.ts'

const refused: StateMark = () => {
  throw new Error('Nobody states what was read')
}

export class OwnJobs extends Jobs {
  override runAccounts<T extends TaskName>(
    task: T,
    input: TaskInput<T>,
    state = refused,
  ): Promise<TaskOutput<T>> {
    return RUNNERS[task](input, { onProgress: () => undefined, state })
  }

  override restAccounts(): void {
    // There is no thread that could rest.
  }

  override runLong<T extends TaskName>(
    task: T,
    input: TaskInput<T>,
    { state = refused, onProgress = () => undefined }: JobOptions,
  ): Promise<TaskOutput<T>> {
    return RUNNERS[task](input, { onProgress, state })
  }
}

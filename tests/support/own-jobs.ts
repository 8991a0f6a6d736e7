/**
 * Long work in the test's own process: to start a thread for each page costs more than all else of a short day. What is given
 * and what comes back are copies, and what goes wrong comes as it comes from a thread.
 */
import { Cancelled } from '../../db/account-file/give-way.ts'
import type { StateMark } from '../../db/accounts/mark.ts'
import { JobFailed, type JobOptions, Jobs } from '../../electron/backend/runtime/jobs.ts'
import { RUNNERS } from '../../electron/backend/runtime/runners.ts'
import type { TaskInput, TaskName, TaskOutput } from '../../electron/backend/runtime/tasks.ts'

const refused: StateMark = () => {
  throw new Error('Nobody states what was read')
}

export class OwnJobs extends Jobs {
  readonly #atWork = new Set<Promise<unknown>>()
  #isEnding = false

  override run<T extends TaskName>(task: T, input: TaskInput<T>): Promise<TaskOutput<T>> {
    return this.runLong(task, input, {})
  }

  override runReport<T extends TaskName>(task: T, input: TaskInput<T>): Promise<TaskOutput<T>> {
    return this.runLong(task, input, {})
  }

  override runAccounts<T extends TaskName>(
    task: T,
    input: TaskInput<T>,
    state?: StateMark,
  ): Promise<TaskOutput<T>> {
    return this.runLong(task, input, { state })
  }

  override restAccounts(): void {
    // There is no thread that could rest.
  }

  override warm(): void {
    // Nor one that could be begun.
  }

  override runLong<T extends TaskName>(
    task: T,
    input: TaskInput<T>,
    options: JobOptions,
  ): Promise<TaskOutput<T>> {
    const work = this.#carryOut(task, structuredClone(input), options)
    this.#atWork.add(work)
    const over = (): void => void this.#atWork.delete(work)
    work.then(over, over)
    return work
  }

  async #carryOut<T extends TaskName>(
    task: T,
    input: TaskInput<T>,
    { signal, onProgress, state = refused }: JobOptions,
  ): Promise<TaskOutput<T>> {
    const goOn = (): void => {
      if (this.#isEnding || signal?.aborted) throw new Cancelled()
    }
    let unstated: unknown
    const stating: StateMark = mark => {
      try {
        state(mark)
      } catch (error) {
        unstated = error
        throw error
      }
    }
    try {
      // As with a thread, whoever asked goes on first.
      await Promise.resolve()
      goOn()
      return structuredClone(
        await RUNNERS[task](input, {
          onProgress(progress) {
            goOn()
            onProgress?.(progress)
          },
          state: stating,
        }),
      )
    } catch (thrown) {
      if (unstated !== undefined) throw unstated
      const {
        name,
        message,
        stack = '',
        ...more
      } = thrown instanceof Error ? thrown : new Error(String(thrown))
      const reason = 'reason' in more && typeof more.reason === 'string' ? more.reason : undefined
      throw new JobFailed({ name, message, stack, reason })
    }
  }

  override async close(): Promise<void> {
    this.#isEnding = true
    await Promise.allSettled(this.#atWork)
    this.#isEnding = false
  }
}

/** The entry of every worker thread: takes a task, says how far it is, and hands back what came of it. */
import { parentPort, workerData } from 'node:worker_threads'
import { Cancelled } from '../../../db/account-file/give-way.ts'
import type { ImportMark } from '../../../db/accounts/mark.ts'
import { MARK, STOP, type WorkerMessage, type WorkerStart } from './jobs.ts'
import { RUNNERS } from './runners.ts'
import type { TaskInput, TaskName } from './tasks.ts'

interface Job<T extends TaskName> {
  id: number
  task: T
  input: TaskInput<T>
}

const { stop, told }: WorkerStart = workerData
let atWork = 0

function say(message: WorkerMessage): void {
  parentPort?.postMessage(message)
}

function goOn(): void {
  if (Atomics.load(stop, 0) !== 0) throw new Cancelled()
}

/** Long enough for a slow disk; a program that has ended meanwhile states nothing. */
const STATING_MS = 60_000

/** Stands still until the program that owns the ledger has stated a mark. Throws where it has not. */
function haveStated(id: number, mark: ImportMark): void {
  Atomics.store(told, 0, MARK.waits)
  say({ id, mark })
  Atomics.wait(told, 0, MARK.waits, STATING_MS)
  if (Atomics.load(told, 0) !== MARK.isStated)
    throw new Error('What was read could not be stated in the journal')
}

async function carryOut<T extends TaskName>({ id, task, input }: Job<T>): Promise<void> {
  atWork += 1
  try {
    goOn()
    const result = await RUNNERS[task](input, {
      onProgress(progress) {
        goOn()
        say({ id, progress })
      },
      state: mark => haveStated(id, mark),
    })
    say({ id, result })
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown))
    const reason = 'reason' in error && typeof error.reason === 'string' ? error.reason : undefined
    say({ id, error: { name: error.name, message: error.message, stack: error.stack ?? '', reason } })
  } finally {
    atWork -= 1
    endWhenIdle()
  }
}

/** A thread without its port has nothing to wait for, and ends with its connections closed. */
function endWhenIdle(): void {
  if (Atomics.load(stop, 0) !== 0 && atWork === 0) parentPort?.close()
}

parentPort?.on('message', (message: Job<TaskName> | typeof STOP) => {
  if (message === STOP) endWhenIdle()
  else void carryOut(message)
})

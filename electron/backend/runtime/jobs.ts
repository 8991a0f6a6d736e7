/** Long work in worker threads, each on its own connections, so that the Window always gets its answer at once. */
import { setTimeout as pause } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { Cancelled } from '../../../db/account-file/give-way.ts'
import type { ImportMark, StateMark } from '../../../db/accounts/mark.ts'
import type { TaskInput, TaskName, TaskOutput, Tasks } from './tasks.ts'
import { Turns } from './turns.ts'

export interface Progress {
  phase: string
  done: number
  total: number
}

/**
 * What a worker thread is given: the data folder, a place that turns from 0 to 1 when it is to stop, and one where it is told
 * what became of a mark that it wants stated.
 */
export interface WorkerStart {
  dataDir: string
  stop: Int32Array
  told: Int32Array
}

/** What is told of a mark. */
export const MARK = { waits: 0, isStated: 1, isRefused: 2 } as const

/** What a worker thread says back. */
export type WorkerMessage =
  | { id: number; progress: Progress }
  /** The thread waits until this is stated in the journal, and commits then. */
  | { id: number; mark: ImportMark }
  | { id: number; result: unknown }
  | { id: number; error: { name: string; message: string; stack: string; reason: string | undefined } }

/** What went wrong in a worker thread, with the name and reason that it had there. */
export class JobFailed extends Error {
  readonly reason: string | undefined
  constructor(error: { name: string; message: string; stack: string; reason: string | undefined }) {
    super(error.message, { cause: error.stack })
    this.name = error.name
    this.reason = error.reason
  }
}

interface Waiting {
  resolve(result: unknown): void
  reject(error: Error): void
  hears: Hears
}

/** Who hears of work while it is under way. */
interface Hears {
  onProgress?: ((progress: Progress) => void) | undefined
  /** What it throws ends the work with nothing changed. */
  state?: StateMark | undefined
}

const WORKER = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url)

/** How long an ending waits for a thread that does not hear: on a disk that does not answer, say. */
const ENDING_MS = 10_000

/** What wakes a thread that has nothing to do, so that it sees that it is to stop. */
export const STOP = 'stop'

class Thread {
  readonly #worker: Worker
  readonly #stop = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
  readonly #told = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
  readonly #gone: Promise<void>
  readonly #waiting = new Map<number, Waiting>()
  #nextId = 1
  isGone = false

  constructor(dataDir: string) {
    const workerData: WorkerStart = { dataDir, stop: this.#stop, told: this.#told }
    this.#worker = new Worker(WORKER, { workerData })
    this.#worker.on('message', (message: WorkerMessage) => this.#take(message))
    this.#worker.on('error', error =>
      this.#failAll(error instanceof Error ? error : new Error(String(error))),
    )
    this.#gone = new Promise(resolve => {
      this.#worker.on('exit', () => {
        this.isGone = true
        this.#failAll(new Error('The worker thread ended'))
        resolve()
      })
    })
  }

  run<T>(task: string, input: object, hears: Hears = {}): Promise<T> {
    if (Atomics.load(this.#stop, 0) !== 0) return Promise.reject(new Cancelled())
    if (this.isGone) return Promise.reject(new Error('The worker thread ended'))
    const id = this.#nextId++
    return new Promise<T>((resolve, reject) => {
      // The task table gives each task its output type.
      this.#waiting.set(id, { resolve: result => resolve(result as T), reject, hears })
      this.#worker.postMessage({ id, task, input })
    })
  }

  /**
   * Asks the thread to stop at its next step, and waits until it is gone. It is never torn down: SQLite in the middle
   * of a statement that calls back into the thread would take the whole till with it.
   */
  async end(): Promise<void> {
    Atomics.store(this.#stop, 0, 1)
    this.#worker.postMessage(STOP)
    await Promise.race([this.#gone, pause(ENDING_MS, undefined, { ref: false })])
    this.#worker.unref()
  }

  #take(message: WorkerMessage): void {
    const waiting = this.#waiting.get(message.id)
    if (!waiting) return
    if ('progress' in message) {
      waiting.hears.onProgress?.(message.progress)
      return
    }
    if ('mark' in message) {
      this.#state(message.mark, waiting)
      return
    }
    this.#waiting.delete(message.id)
    if ('error' in message) waiting.reject(new JobFailed(message.error))
    else waiting.resolve(message.result)
  }

  /** The thread stands still meanwhile, with its transaction open. */
  #state(mark: ImportMark, { hears, reject }: Waiting): void {
    let told: number = MARK.isRefused
    try {
      if (!hears.state) throw new Error('Nobody states what was read')
      hears.state(mark)
      told = MARK.isStated
    } catch (error) {
      reject(error instanceof Error ? error : new Error(String(error)))
    }
    Atomics.store(this.#told, 0, told)
    Atomics.notify(this.#told, 0)
  }

  #failAll(error: Error): void {
    for (const waiting of this.#waiting.values()) waiting.reject(error)
    this.#waiting.clear()
  }
}

export interface JobOptions extends Hears {
  /** Ends the work at its next step: what it had not committed is gone, and nothing else is. */
  signal?: AbortSignal | undefined
}

/** Runs tasks: papers in one thread that is kept, reports in another, anything long in a thread of its own. */
export class Jobs {
  readonly #dataDir: string
  #papers: Thread | undefined
  #reports: Thread | undefined
  #accounts: Thread | undefined
  readonly #threads = new Set<Thread>()
  readonly #turns = new Turns()

  constructor(dataDir: string) {
    this.#dataDir = dataDir
  }

  run<T extends TaskName>(task: T, input: TaskInput<T>): Promise<TaskOutput<T>> {
    this.#papers = this.#kept(this.#papers)
    return this.#papers.run(task, input)
  }

  /** What may take seconds and comes often: kept apart, so that no receipt waits for it, and warm, so that none waits twice. */
  runReport<T extends TaskName>(task: T, input: TaskInput<T>): Promise<TaskOutput<T>> {
    this.#reports = this.#kept(this.#reports)
    return this.#reports.run(task, input)
  }

  /** Pages of accounts from central: one after the other, in a thread that is kept while they come. */
  runAccounts<T extends TaskName>(task: T, input: TaskInput<T>, state?: StateMark): Promise<TaskOutput<T>> {
    this.#accounts = this.#kept(this.#accounts)
    return this.#accounts.run(task, input, { state })
  }

  restAccounts(): void {
    void this.#accounts?.end()
    this.#accounts = undefined
  }

  async runLong<T extends TaskName>(
    task: T,
    input: Parameters<Tasks[T]>[0],
    { signal, ...hears }: JobOptions,
  ): Promise<TaskOutput<T>> {
    const thread = new Thread(this.#dataDir)
    this.#threads.add(thread)
    const cancel = (): void => void thread.end()
    signal?.addEventListener('abort', cancel)
    if (signal?.aborted) cancel()
    try {
      return await thread.run(task, input, hears)
    } finally {
      signal?.removeEventListener('abort', cancel)
      this.#threads.delete(thread)
      await thread.end()
    }
  }

  /** The same for what reads all that there is: one at a time, however many ask, each with an answer of its own. */
  runAlone<T extends TaskName>(
    task: T,
    input: Parameters<Tasks[T]>[0],
    options: JobOptions,
  ): Promise<TaskOutput<T>> {
    return this.#turns.take(task, () => this.runLong(task, input, options))
  }

  /** Starts the thread for papers, so that the first receipt does not wait for it. */
  warm(): void {
    this.#papers = this.#kept(this.#papers)
  }

  /** A thread that is kept, or another where that one came to an end by itself. */
  #kept(thread: Thread | undefined): Thread {
    return thread && !thread.isGone ? thread : new Thread(this.#dataDir)
  }

  async close(): Promise<void> {
    await Promise.all([
      this.#papers?.end(),
      this.#reports?.end(),
      this.#accounts?.end(),
      ...[...this.#threads].map(thread => thread.end()),
    ])
  }
}

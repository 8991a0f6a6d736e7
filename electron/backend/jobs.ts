/** Long work in worker threads, each on its own connections, so that the Window always gets its answer at once. */
import { Worker } from 'node:worker_threads'
import type { TaskInput, TaskName, TaskOutput, Tasks } from './tasks.ts'

export interface Progress {
  phase: string
  done: number
  total: number
}

/** What a worker thread says back. */
export type WorkerMessage =
  | { id: number; progress: Progress }
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
  onProgress: ((progress: Progress) => void) | undefined
}

const WORKER = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url)

class Thread {
  readonly #worker: Worker
  readonly #waiting = new Map<number, Waiting>()
  #nextId = 1

  constructor(dataDir: string) {
    this.#worker = new Worker(WORKER, { workerData: { dataDir } })
    this.#worker.on('message', (message: WorkerMessage) => this.#take(message))
    this.#worker.on('error', error =>
      this.#failAll(error instanceof Error ? error : new Error(String(error))),
    )
    this.#worker.on('exit', () => this.#failAll(new Error('The worker thread ended')))
  }

  run<T>(task: string, input: object, onProgress: ((progress: Progress) => void) | undefined): Promise<T> {
    const id = this.#nextId++
    return new Promise<T>((resolve, reject) => {
      // The task table gives each task its output type.
      this.#waiting.set(id, { resolve: result => resolve(result as T), reject, onProgress })
      this.#worker.postMessage({ id, task, input })
    })
  }

  async end(): Promise<void> {
    await this.#worker.terminate()
  }

  #take(message: WorkerMessage): void {
    const waiting = this.#waiting.get(message.id)
    if (!waiting) return
    if ('progress' in message) {
      waiting.onProgress?.(message.progress)
      return
    }
    this.#waiting.delete(message.id)
    if ('error' in message) waiting.reject(new JobFailed(message.error))
    else waiting.resolve(message.result)
  }

  #failAll(error: Error): void {
    for (const waiting of this.#waiting.values()) waiting.reject(error)
    this.#waiting.clear()
  }
}

export interface JobOptions {
  onProgress?: ((progress: Progress) => void) | undefined
  /** Ends the thread: what it had not committed is gone, and nothing else is. */
  signal?: AbortSignal | undefined
}

/** Runs tasks: papers in one thread that is kept, reports in another, anything long in a thread of its own. */
export class Jobs {
  readonly #dataDir: string
  #papers: Thread | undefined
  #reports: Thread | undefined
  #accounts: Thread | undefined
  readonly #threads = new Set<Thread>()

  constructor(dataDir: string) {
    this.#dataDir = dataDir
  }

  run<T extends TaskName>(task: T, input: TaskInput<T>): Promise<TaskOutput<T>> {
    this.#papers ??= new Thread(this.#dataDir)
    return this.#papers.run(task, input, undefined)
  }

  /** What may take seconds and comes often: kept apart, so that no receipt waits for it, and warm, so that none waits twice. */
  runReport<T extends TaskName>(task: T, input: TaskInput<T>): Promise<TaskOutput<T>> {
    this.#reports ??= new Thread(this.#dataDir)
    return this.#reports.run(task, input, undefined)
  }

  /** Pages of accounts from central: one after the other, in a thread that is kept while they come. */
  runAccounts<T extends TaskName>(task: T, input: TaskInput<T>): Promise<TaskOutput<T>> {
    this.#accounts ??= new Thread(this.#dataDir)
    return this.#accounts.run(task, input, undefined)
  }

  restAccounts(): void {
    void this.#accounts?.end()
    this.#accounts = undefined
  }

  async runLong<T extends TaskName>(
    task: T,
    input: Parameters<Tasks[T]>[0],
    { onProgress, signal }: JobOptions,
  ): Promise<TaskOutput<T>> {
    const thread = new Thread(this.#dataDir)
    this.#threads.add(thread)
    const cancel = (): void => void thread.end()
    signal?.addEventListener('abort', cancel)
    try {
      return await thread.run(task, input, onProgress)
    } finally {
      signal?.removeEventListener('abort', cancel)
      this.#threads.delete(thread)
      await thread.end()
    }
  }

  /** Starts the thread for papers, so that the first receipt does not wait for it. */
  warm(): void {
    this.#papers ??= new Thread(this.#dataDir)
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

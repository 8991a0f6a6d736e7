/** What processes take of the machine while something runs: the most memory they hold, and the time of its processors. */
import { existsSync, readFileSync } from 'node:fs'
import { type BenchRow, figure } from './measure.ts'

const KIB_PER_MIB = 1_024
/** Linux counts a process's time in hundredths of a second, whatever the machine. */
const MS_PER_TICK = 10

interface Taken {
  /** Resident memory. */
  mib: number
  cpuMs: number
}

/** Undefined where the system does not tell, or the process is gone. */
function takenBy(processId: number): Taken | undefined {
  const folder = `/proc/${processId}`
  if (!existsSync(folder)) return undefined
  const [, kib = '0'] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`${folder}/status`, 'utf8')) ?? []
  // A program's name may have spaces and brackets in it; what follows it has not.
  const fields = readFileSync(`${folder}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ')
  const ticks = [fields[11], fields[12]].map(field => Number.parseInt(field ?? '0', 10))
  return {
    mib: Number.parseInt(kib, 10) / KIB_PER_MIB,
    cpuMs: ticks.reduce((all, part) => all + part, 0) * MS_PER_TICK,
  }
}

/** Looked at now and then; what a process held in between, and what it did after the last look, is not seen. */
export class ProcessWatch {
  readonly #peaks = new Map<string, number>()
  readonly #first = new Map<number, number>()
  readonly #last = new Map<number, { name: string; cpuMs: number }>()

  look(name: string, processId: number): void {
    const taken = takenBy(processId)
    if (!taken) return
    this.#peaks.set(name, Math.max(taken.mib, this.#peaks.get(name) ?? 0))
    if (!this.#first.has(processId)) this.#first.set(processId, taken.cpuMs)
    this.#last.set(processId, { name, cpuMs: taken.cpuMs })
  }

  memoryRows(during: string): BenchRow[] {
    return [...this.#peaks].map(([name, mib]) => figure(`memory at most, ${name}, ${during}`, mib, 'MiB'))
  }

  /** Time of processors for each of so many receipts or accounts, by name; this hardly depends on what else runs. */
  cpuRows(during: string, { each, of }: { each: string; of: number }): BenchRow[] {
    return [...this.#peaks.keys()].map(name => {
      const ms = [...this.#last]
        .filter(([, last]) => last.name === name)
        .reduce((all, [processId, last]) => all + last.cpuMs - (this.#first.get(processId) ?? 0), 0)
      return figure(`processor time, ${name}, ${during}`, (ms * 1_000) / of, `µs/${each}`)
    })
  }
}
